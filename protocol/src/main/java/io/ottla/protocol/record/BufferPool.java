package io.ottla.protocol.record;

import java.nio.ByteBuffer;

/**
 * Memory that is used again: direct buffers for what goes to a socket or a codec, and arrays for
 * batches that are still open, because records are written faster there.
 *
 * <p>Each has one owner at a time: who acquires it releases it, once, or hands that duty over.
 * Thread: any.
 */
public interface BufferPool {
  /**
   * Hands out a buffer.
   *
   * @param minBytes the least capacity it must have
   * @return a direct big-endian buffer, cleared, its content undefined
   */
  ByteBuffer acquire(int minBytes);

  /**
   * Takes a buffer back.
   *
   * @param buffer the very object that {@link #acquire} returned
   */
  void release(ByteBuffer buffer);

  /**
   * Hands out an array.
   *
   * @param minBytes the least length it must have
   * @return an array with undefined content
   */
  byte[] acquireArray(int minBytes);

  /**
   * Takes an array back.
   *
   * @param array what {@link #acquireArray} returned
   */
  void releaseArray(byte[] array);

  /**
   * A pool that keeps both in classes, each twice the size of the one below it.
   *
   * @param maxIdleBytes how much it keeps for later; what comes back beyond that is left to the
   *     garbage collector
   */
  static BufferPool direct(long maxIdleBytes) {
    return new SizeClassPool(maxIdleBytes);
  }
}
