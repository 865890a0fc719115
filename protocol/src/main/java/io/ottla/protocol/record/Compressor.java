package io.ottla.protocol.record;

import java.nio.ByteBuffer;

/**
 * What a codec's library does for us. Each implementation is the only class that touches its
 * library, so that the others work without it. Thread: any.
 */
interface Compressor {
  /**
   * Compresses.
   *
   * @param source what lies between position and limit of a direct buffer; both stay
   * @param level as in {@link Compression}, already checked
   * @param target takes the result
   */
  void compress(ByteBuffer source, int level, GrowingBuffer target);

  /**
   * Decompresses what nobody has vouched for.
   *
   * @param source what lies between position and limit of a direct buffer; both stay
   * @param target takes the result, and refuses more than its limit
   * @throws CorruptBatchException if the source is not what this codec writes
   */
  void decompress(ByteBuffer source, GrowingBuffer target);
}
