package io.ottla.protocol.record;


/**
 * Where decompressed records go, and how many bytes of them one batch may have.
 *
 * @param pool where buffers come from and go to
 * @param maxBytes the most that the records of one batch may take when decompressed
 */
record Decoding(BufferPool pool, int maxBytes) {
  private static final int DEFAULT_MAX_BYTES = 64 << 20;
  private static final long SHARED_IDLE_BYTES = 16 << 20;

  /** For callers who bring no pool; what it keeps is bounded. */
  static final Decoding SHARED =
      new Decoding(BufferPool.direct(SHARED_IDLE_BYTES), DEFAULT_MAX_BYTES);

  /** Checks the limit. */
  Decoding {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("a limit of " + maxBytes + " bytes");
    }
  }
}
