package io.ottla.testkit.internal.log;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A stretch of a log: batches that lie one behind the other, so that many are read as one piece.
 *
 * <p>Always: bytes that were handed out do not change. Growing copies, and so does cutting, because
 * what is appended afterwards would lie where the cut bytes were.
 */
final class Segment {
  private static final int FIRST_BYTES = 1 << 10;

  private final int maxBytes;
  private byte[] bytes = new byte[FIRST_BYTES];
  private int size;

  Segment(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Whether a batch belongs here; a batch larger than a segment has one of its own. */
  boolean hasRoomFor(int batchBytes) {
    return size == 0 || batchBytes <= maxBytes - size;
  }

  /**
   * Copies a batch to the end.
   *
   * @return where it begins
   */
  int append(ByteBuffer batch) {
    int position = size;
    int end = Math.addExact(position, batch.remaining());
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, (int) Math.min(maxBytes, 2L * bytes.length)));
    }
    batch.get(batch.position(), bytes, position, batch.remaining());
    size = end;
    return position;
  }

  /** Forgets what lies behind a position. */
  void cutAt(int position) {
    bytes = Arrays.copyOf(bytes, Math.max(position, FIRST_BYTES));
    size = position;
  }

  int size() {
    return size;
  }

  /** A read-only view. */
  ByteBuffer view(int position, int length) {
    return ByteBuffer.wrap(bytes, position, length).slice().asReadOnlyBuffer();
  }
}
