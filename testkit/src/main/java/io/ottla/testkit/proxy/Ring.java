package io.ottla.testkit.proxy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Bytes on their way through, in a buffer of constant size.
 *
 * <p>Owns its memory from the first byte on. Thread: the proxy's loop. Units: bytes.
 */
final class Ring {
  private final int capacity;
  private byte @Nullable [] bytes;
  private int start;
  private int size;

  Ring(int capacity) {
    this.capacity = capacity;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == capacity;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * Reads what there is, and there is room for.
   *
   * @return how many bytes; −1 at the end of the stream
   */
  int fill(ScatteringByteChannel from) throws IOException {
    byte[] ring = bytes;
    if (ring == null) {
      ring = new byte[capacity];
      bytes = ring;
    }
    int end = (start + size) % capacity;
    int room = capacity - size;
    int behind = Math.min(room, capacity - end);
    ByteBuffer first = ByteBuffer.wrap(ring, end, behind);
    int read =
        room == behind
            ? from.read(first)
            : (int) from.read(new ByteBuffer[] {first, ByteBuffer.wrap(ring, 0, room - behind)});
    size += Math.max(0, read);
    return read;
  }

  /**
   * Writes from the front.
   *
   * @param max the most
   * @return how many bytes were taken
   */
  int drain(GatheringByteChannel to, int max) throws IOException {
    byte[] ring = bytes;
    if (ring == null || max == 0) {
      return 0;
    }
    int behind = Math.min(max, capacity - start);
    ByteBuffer first = ByteBuffer.wrap(ring, start, behind);
    int written =
        max == behind
            ? to.write(first)
            : (int) to.write(new ByteBuffer[] {first, ByteBuffer.wrap(ring, 0, max - behind)});
    start = (start + written) % capacity;
    size -= written;
    return written;
  }

  /** Drops all; returns how much that was. */
  int clear() {
    int dropped = size;
    start = 0;
    size = 0;
    return dropped;
  }
}
