package io.ottla.protocol.record;

import io.ottla.protocol.ProtocolException;

/** A compressed batch holds more bytes than its reader is willing to give room to. */
public final class BatchTooLargeException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  private final int maxBytes;

  /**
   * @param compressedBytes the size of the batch as it came
   * @param maxBytes the limit that its records exceed
   */
  public BatchTooLargeException(int compressedBytes, int maxBytes) {
    super(
        compressedBytes
            + " compressed bytes of records become more than the "
            + maxBytes
            + " bytes that one batch may have; raise that limit if the batch can be trusted");
    this.maxBytes = maxBytes;
  }

  /** The limit, in bytes, that the records of the batch exceed. */
  public int maxBytes() {
    return maxBytes;
  }
}
