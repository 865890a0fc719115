package io.ottla.protocol.record;

import java.nio.ByteBuffer;

/**
 * Output of a size that nobody knows yet, in a pooled buffer that is exchanged for a larger one
 * when it is full.
 *
 * <p>Owns its buffer until {@link #take} hands it over or {@link #close} releases it. Always: never
 * acquires more than its limit, nor more than twice what has been written plus what was asked for.
 * Thread: one at a time. Units: bytes.
 */
final class GrowingBuffer implements AutoCloseable {
  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

  private final BufferPool pool;
  private final int compressedBytes;
  private final int maxBytes;
  private ByteBuffer buffer;

  /**
   * @param firstBytes the capacity to begin with
   * @param maxBytes the most that may be written
   * @param compressedBytes what the output is made from, for the error
   */
  GrowingBuffer(BufferPool pool, int firstBytes, int maxBytes, int compressedBytes) {
    this.pool = pool;
    this.maxBytes = maxBytes;
    this.compressedBytes = compressedBytes;
    this.buffer = pool.acquire(Math.min(firstBytes, maxBytes));
    limit();
  }

  /**
   * The buffer to write to, at its position, with at least so much room.
   *
   * @throws BatchTooLargeException if that would exceed the limit
   */
  ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      grow(bytes);
    }
    return buffer;
  }

  /** What has been written so far. */
  int size() {
    return buffer.position();
  }

  /** Hands over the buffer: position 0, limit behind what was written. */
  ByteBuffer take() {
    ByteBuffer taken = buffer.flip();
    buffer = NOTHING;
    return taken;
  }

  /** Releases the buffer unless it was taken. */
  @Override
  public void close() {
    if (buffer != NOTHING) {
      ByteBuffer released = buffer;
      buffer = NOTHING;
      pool.release(released);
    }
  }

  private void grow(int bytes) {
    long needed = (long) buffer.position() + bytes;
    if (needed > maxBytes) {
      throw new BatchTooLargeException(compressedBytes, maxBytes);
    }
    int capacity = (int) Math.min(maxBytes, Math.max(needed, 2L * buffer.capacity()));
    ByteBuffer larger = pool.acquire(capacity);
    ByteBuffer full = buffer;
    buffer = larger.put(full.flip());
    limit();
    pool.release(full);
  }

  private void limit() {
    if (buffer.capacity() > maxBytes) {
      buffer.limit(maxBytes);
    }
  }
}
