package io.ottla.protocol.record;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A pool in size classes of powers of two, from 1 KiB to 64 MiB.
 *
 * <p>Owns what lies idle. Thread: any; one lock per class, held for a push or a pop. Always: idle
 * bytes stay at or below the limit; what is beyond the largest class is never kept.
 */
final class SizeClassPool implements BufferPool {
  private static final int SMALLEST_SHIFT = 10;
  private static final int LARGEST_SHIFT = 26;

  private final long maxIdleBytes;
  private final AtomicLong idleBytes = new AtomicLong();
  private final SizeClasses<ByteBuffer> buffers = new SizeClasses<>();
  private final SizeClasses<byte[]> arrays = new SizeClasses<>();

  SizeClassPool(long maxIdleBytes) {
    if (maxIdleBytes < 0) {
      throw new IllegalArgumentException("maxIdleBytes is " + maxIdleBytes + ", not 0 or more");
    }
    this.maxIdleBytes = maxIdleBytes;
  }

  @Override
  public ByteBuffer acquire(int minBytes) {
    int bytes = classFor(minBytes);
    ByteBuffer idle = buffers.pop(bytes);
    return idle == null ? ByteBuffer.allocateDirect(bytes) : taken(idle.clear(), bytes);
  }

  @Override
  public void release(ByteBuffer buffer) {
    int bytes = buffer.capacity();
    if (isKept(bytes)) {
      buffers.push(bytes, buffer);
    }
  }

  @Override
  public byte[] acquireArray(int minBytes) {
    int bytes = classFor(minBytes);
    byte[] idle = arrays.pop(bytes);
    return idle == null ? new byte[bytes] : taken(idle, bytes);
  }

  @Override
  public void releaseArray(byte[] array) {
    if (isKept(array.length)) {
      arrays.push(array.length, array);
    }
  }

  /** The bytes that wait to be used again. */
  long idleBytes() {
    return idleBytes.get();
  }

  private <T> T taken(T idle, int bytes) {
    idleBytes.addAndGet(-bytes);
    return idle;
  }

  private boolean isKept(int bytes) {
    if (bytes != classFor(bytes) || bytes > 1 << LARGEST_SHIFT) {
      return false;
    }
    if (idleBytes.addAndGet(bytes) <= maxIdleBytes) {
      return true;
    }
    idleBytes.addAndGet(-bytes);
    return false;
  }

  /** The size of the smallest class that suffices, or the very size beyond the largest. */
  private static int classFor(int bytes) {
    return bytes > 1 << LARGEST_SHIFT
        ? bytes
        : 1 << Math.max(SMALLEST_SHIFT, shiftFor(Math.max(bytes, 1)));
  }

  private static int shiftFor(int bytes) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(bytes - 1);
  }

  /** One stack for each size. */
  private static final class SizeClasses<T> {
    private final ArrayDeque<T>[] idle;

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of a generic type
    SizeClasses() {
      idle = new ArrayDeque[LARGEST_SHIFT + 1];
      for (int shift = SMALLEST_SHIFT; shift <= LARGEST_SHIFT; shift++) {
        idle[shift] = new ArrayDeque<>();
      }
    }

    @Nullable T pop(int bytes) {
      if (bytes > 1 << LARGEST_SHIFT) {
        return null;
      }
      ArrayDeque<T> stack = idle[shiftFor(bytes)];
      synchronized (stack) {
        return stack.pollLast();
      }
    }

    void push(int bytes, T released) {
      ArrayDeque<T> stack = idle[shiftFor(bytes)];
      synchronized (stack) {
        stack.addLast(released);
      }
    }
  }
}
