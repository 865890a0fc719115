package io.ottla.protocol.record;

import io.ottla.protocol.ProtocolException;

/**
 * Bytes that were said to be records are not: they were damaged, or somebody wrote them wrongly.
 */
public final class CorruptBatchException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was expected and what was found
   */
  public CorruptBatchException(String message) {
    super(message);
  }

  /**
   * @param message what was expected and what was found
   * @param cause what a codec's library said
   */
  public CorruptBatchException(String message, Throwable cause) {
    super(message, cause);
  }
}
