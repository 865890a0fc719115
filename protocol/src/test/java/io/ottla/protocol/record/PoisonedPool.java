package io.ottla.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.IdentityHashMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A pool for tests: buffers come full of poison and as small as was asked for, are filled with
 * other poison when they come back, and all must be back after each test.
 */
final class PoisonedPool implements BufferPool, AfterEachCallback {
  private static final byte RELEASED = (byte) 0xDB;

  private final byte fresh;
  private final IdentityHashMap<Object, Throwable> out = new IdentityHashMap<>();
  private long acquiredBytes;

  PoisonedPool() {
    this((byte) 0xA5);
  }

  PoisonedPool(byte fresh) {
    this.fresh = fresh;
  }

  @Override
  public ByteBuffer acquire(int minBytes) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(minBytes);
    fill(buffer, fresh);
    out.put(buffer, new Throwable("acquired here"));
    acquiredBytes += minBytes;
    return buffer;
  }

  @Override
  public void release(ByteBuffer buffer) {
    if (out.remove(buffer) == null) {
      throw new AssertionError("released twice, or not from here");
    }
    fill(buffer, RELEASED);
  }

  @Override
  public byte[] acquireArray(int minBytes) {
    byte[] array = new byte[minBytes];
    Arrays.fill(array, fresh);
    out.put(array, new Throwable("acquired here"));
    acquiredBytes += minBytes;
    return array;
  }

  @Override
  public void releaseArray(byte[] array) {
    if (out.remove(array) == null) {
      throw new AssertionError("released twice, or not from here");
    }
    Arrays.fill(array, RELEASED);
  }

  /** The sum of what was asked for. */
  long acquiredBytes() {
    return acquiredBytes;
  }

  void assertAllReleased() {
    out.values().stream()
        .findAny()
        .ifPresent(
            where -> {
              throw new AssertionError(out.size() + " buffers were not released", where);
            });
    assertThat(out).isEmpty();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    assertAllReleased();
  }

  private static void fill(ByteBuffer buffer, byte poison) {
    buffer.clear();
    for (int i = 0; i < buffer.capacity(); i++) {
      buffer.put(i, poison);
    }
  }
}
