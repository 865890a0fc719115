package io.ottla.protocol.record;

import io.ottla.protocol.ProtocolException;

/** Records hold something that the format they are to be written in has no place for. */
public final class UnsupportedRecordException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what has no place, where, and since when it would have one
   */
  public UnsupportedRecordException(String message) {
    super(message);
  }
}
