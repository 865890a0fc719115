package io.ottla.protocol.record;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A pool of direct buffers in size classes of powers of two, from 1 KiB to 64 MiB.
 *
 * <p>Owns the idle buffers. Thread: any; one lock per class, held for a push or a pop. Always: idle
 * bytes stay at or below the limit; a buffer beyond the largest class is never kept.
 */
final class SizeClassPool implements BufferPool {
  private static final int SMALLEST_SHIFT = 10;
  private static final int LARGEST_SHIFT = 26;

  private final long maxIdleBytes;
  private final AtomicLong idleBytes = new AtomicLong();
  private final SizeClass[] classes = new SizeClass[LARGEST_SHIFT - SMALLEST_SHIFT + 1];

  SizeClassPool(long maxIdleBytes) {
    if (maxIdleBytes < 0) {
      throw new IllegalArgumentException("maxIdleBytes is " + maxIdleBytes + ", not 0 or more");
    }
    this.maxIdleBytes = maxIdleBytes;
    for (int i = 0; i < classes.length; i++) {
      classes[i] = new SizeClass();
    }
  }

  @Override
  public ByteBuffer acquire(int minBytes) {
    int shift = shiftFor(minBytes);
    if (shift > LARGEST_SHIFT) {
      return ByteBuffer.allocateDirect(minBytes);
    }
    ByteBuffer idle = classes[shift - SMALLEST_SHIFT].pop();
    if (idle == null) {
      return ByteBuffer.allocateDirect(1 << shift);
    }
    idleBytes.addAndGet(-idle.capacity());
    return idle.clear();
  }

  @Override
  public void release(ByteBuffer buffer) {
    int capacity = buffer.capacity();
    int shift = shiftFor(capacity);
    if (shift > LARGEST_SHIFT || capacity != 1 << shift || !reserve(capacity)) {
      return;
    }
    classes[shift - SMALLEST_SHIFT].push(buffer);
  }

  /** The bytes that wait to be used again. */
  long idleBytes() {
    return idleBytes.get();
  }

  private boolean reserve(int bytes) {
    if (idleBytes.addAndGet(bytes) <= maxIdleBytes) {
      return true;
    }
    idleBytes.addAndGet(-bytes);
    return false;
  }

  private static int shiftFor(int bytes) {
    return Math.max(
        SMALLEST_SHIFT, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(bytes, 1) - 1));
  }

  private static final class SizeClass {
    private final ArrayDeque<ByteBuffer> idle = new ArrayDeque<>();

    synchronized @Nullable ByteBuffer pop() {
      return idle.pollLast();
    }

    synchronized void push(ByteBuffer buffer) {
      idle.addLast(buffer);
    }
  }
}
