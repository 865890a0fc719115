package io.ottla.protocol.record;

import java.nio.ByteBuffer;

/**
 * Output of a size that nobody knows yet, in a pooled buffer that is exchanged for a larger one
 * when it is full.
 *
 * <p>Owns its buffer until {@link #take} hands it over or {@link #close} releases it. Always: grows
 * to no more than twice what was written or than what is asked for at once; beyond the limit no
 * output is handed over. Thread: one at a time. Units: bytes.
 */
final class GrowingBuffer implements AutoCloseable {
  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);
  private static final int MAX_CAPACITY = Integer.MAX_VALUE - Long.BYTES;

  private final BufferPool pool;
  private final int compressedBytes;
  private final int maxBytes;
  private ByteBuffer buffer;
  private boolean isOwned = true;

  /**
   * @param firstBytes the capacity to begin with
   * @param maxBytes the most that may be written
   * @param sourceBytes what the output is made from, for the error
   */
  GrowingBuffer(BufferPool pool, int firstBytes, int maxBytes, int sourceBytes) {
    this.pool = pool;
    this.maxBytes = maxBytes;
    this.compressedBytes = sourceBytes;
    this.buffer = pool.acquire(firstBytes);
  }

  /**
   * The buffer to write to, at its position, with at least so much room.
   *
   * @throws BatchTooLargeException if more than the limit has been written
   */
  ByteBuffer room(int bytes) {
    checkLimit();
    if (buffer.remaining() < bytes) {
      grow(bytes);
    }
    return buffer;
  }

  /** What has been written so far. */
  int size() {
    return buffer.position();
  }

  /**
   * Hands over the buffer: position 0, limit behind what was written.
   *
   * @throws BatchTooLargeException if more than the limit has been written
   */
  ByteBuffer take() {
    checkLimit();
    return handOver();
  }

  /** As {@link #take}, but exchanges a buffer of which less than half is used for a smaller one. */
  ByteBuffer takeTrimmed() {
    if (size() < buffer.capacity() / 2) {
      exchange(size());
    }
    return take();
  }

  /** Releases the buffer unless it was taken. */
  @Override
  public void close() {
    if (isOwned) {
      pool.release(handOver());
    }
  }

  private ByteBuffer handOver() {
    ByteBuffer former = buffer.flip();
    buffer = NOTHING;
    isOwned = false;
    return former;
  }

  private void grow(int bytes) {
    long needed = (long) buffer.position() + bytes;
    if (needed > MAX_CAPACITY) {
      throw new BatchTooLargeException(compressedBytes, maxBytes);
    }
    exchange((int) Math.max(needed, Math.min(maxBytes, 2L * buffer.capacity())));
  }

  private void exchange(int capacity) {
    ByteBuffer other = pool.acquire(capacity);
    ByteBuffer former = buffer;
    buffer = other.put(former.flip());
    pool.release(former);
  }

  private void checkLimit() {
    if (buffer.position() > maxBytes) {
      throw new BatchTooLargeException(compressedBytes, maxBytes);
    }
  }
}
