package io.ottla.testkit.internal.log;

import java.nio.ByteBuffer;

/**
 * Batches out of a log.
 *
 * @param bytes the batches, the last of which may be cut off; read-only, not a copy, and never
 *     changed
 * @param isFirstIncomplete whether even the first batch is cut off, because the limit of bytes is
 *     below its size
 */
public record LogRead(ByteBuffer bytes, boolean isFirstIncomplete) {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  /** No bytes, because there is nothing to read yet. */
  public static final LogRead EMPTY = new LogRead(NOTHING, false);

  /** How many bytes there are. */
  public int sizeInBytes() {
    return bytes.remaining();
  }
}
