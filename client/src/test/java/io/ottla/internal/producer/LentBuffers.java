package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.record.BufferPool;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** A pool that knows what is out, and spoils what comes back. Thread: any. */
final class LentBuffers implements BufferPool {
  private static final byte SPOILT = (byte) 0xDB;

  private final Set<Object> out = Collections.newSetFromMap(new IdentityHashMap<>());

  private int failures; // of the next acquisitions

  /** So many acquisitions find the machine's memory full. */
  synchronized void failNext(int times) {
    failures = times;
  }

  private void failIfAsked() {
    if (failures > 0) {
      failures--;
      throw new OutOfMemoryError("asked for by the test");
    }
  }

  @Override
  public synchronized ByteBuffer acquire(int minBytes) {
    failIfAsked();
    ByteBuffer buffer = ByteBuffer.allocateDirect(minBytes);
    out.add(buffer);
    return buffer;
  }

  @Override
  public synchronized void release(ByteBuffer buffer) {
    assertThat(out.remove(buffer)).as("was out").isTrue();
    buffer.clear();
    for (int at = 0; at < buffer.capacity(); at++) {
      buffer.put(at, SPOILT);
    }
  }

  @Override
  public synchronized byte[] acquireArray(int minBytes) {
    failIfAsked();
    byte[] array = new byte[minBytes];
    out.add(array);
    return array;
  }

  @Override
  public synchronized void releaseArray(byte[] array) {
    assertThat(out.remove(array)).as("was out").isTrue();
    Arrays.fill(array, SPOILT);
  }

  /** How many are out. */
  synchronized int lent() {
    return out.size();
  }
}
