package io.ottla.protocol.record;

import java.nio.ByteBuffer;

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

  /** Output begins at this multiple of the compressed bytes, whatever a header claims. */
  private static final int FIRST_RATIO = 4;

  private static final int LEAST_FIRST_BYTES = 1024;

  /** Checks the limit. */
  Decoding {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("a limit of " + maxBytes + " bytes");
    }
  }

  /**
   * Decompresses.
   *
   * @param compressed what lies between position and limit; both stay
   * @return a buffer of the pool, which the caller releases; its limit is behind the records
   */
  ByteBuffer decompress(Compressor compressor, ByteBuffer compressed) {
    return compressed.isDirect()
        ? decompressDirect(compressor, compressed)
        : decompressHeap(compressor, compressed);
  }

  private ByteBuffer decompressHeap(Compressor compressor, ByteBuffer compressed) {
    ByteBuffer direct = pool.acquire(compressed.remaining());
    try {
      return decompressDirect(compressor, direct.put(compressed.duplicate()).flip());
    } finally {
      pool.release(direct);
    }
  }

  private ByteBuffer decompressDirect(Compressor compressor, ByteBuffer compressed) {
    int bytes = compressed.remaining();
    int first = (int) Math.max(LEAST_FIRST_BYTES, Math.min(maxBytes, (long) FIRST_RATIO * bytes));
    try (GrowingBuffer target = new GrowingBuffer(pool, first, maxBytes, bytes)) {
      compressor.decompress(compressed, target);
      return target.take();
    }
  }
}
