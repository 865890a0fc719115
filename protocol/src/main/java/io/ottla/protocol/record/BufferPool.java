package io.ottla.protocol.record;

import java.nio.ByteBuffer;

/**
 * Direct buffers that are used again.
 *
 * <p>A buffer has one owner at a time: who acquires it releases it, once, or hands that duty over.
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
   * A pool that keeps buffers in classes, each twice the size of the one below it.
   *
   * @param maxIdleBytes how much it keeps for later; what comes back beyond that is left to the
   *     garbage collector
   */
  static BufferPool direct(long maxIdleBytes) {
    return new SizeClassPool(maxIdleBytes);
  }
}
