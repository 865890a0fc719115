package io.ottla.testkit.internal.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what comes over a socket into frames. Each frame gets an array of its own, which those may
 * keep that find records in it.
 *
 * <p>Thread: the cluster's loop. Units: bytes; a frame's length does not count its own four bytes.
 */
final class FrameAssembler {
  private static final int LENGTH_BYTES = 4;
  private static final int FIRST_BYTES = 64 * 1024;

  private final ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES);

  /** Only while a frame is coming; grows with what really came. */
  private @Nullable ByteBuffer frame;

  private int frameBytes;

  /** Thrown when a length is not one that a client may send. */
  static final class BadFrameException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadFrameException(int length, int maxBytes) {
      super("a frame of %d bytes was announced; 0 to %d are allowed".formatted(length, maxBytes));
    }
  }

  /**
   * Takes bytes up to the end of a frame.
   *
   * @param maxBytes how large it may be
   * @return the frame if it is complete; what is left in {@code in} belongs to the next one
   * @throws BadFrameException if the length cannot be one
   */
  @Nullable ByteBuffer take(ByteBuffer in, int maxBytes) {
    ByteBuffer coming = frame;
    if (coming == null) {
      transfer(in, length);
      if (length.hasRemaining()) {
        return null;
      }
      frameBytes = length.getInt(0);
      if (frameBytes < 0 || frameBytes > maxBytes) {
        throw new BadFrameException(frameBytes, maxBytes);
      }
      coming = ByteBuffer.allocate(Math.min(frameBytes, FIRST_BYTES));
    }
    frame = fill(coming, in);
    if (frame.position() < frameBytes) {
      return null;
    }
    ByteBuffer whole = frame.flip();
    frame = null;
    length.clear();
    return whole;
  }

  private ByteBuffer fill(ByteBuffer coming, ByteBuffer in) {
    ByteBuffer into = coming;
    transfer(in, into);
    while (in.hasRemaining() && into.capacity() < frameBytes) {
      int doubled = (int) Math.min(frameBytes, 2L * into.capacity());
      into = ByteBuffer.allocate(doubled).put(into.flip());
      transfer(in, into);
    }
    return into;
  }

  private static void transfer(ByteBuffer from, ByteBuffer to) {
    int bytes = Math.min(from.remaining(), to.remaining());
    to.put(from.slice(from.position(), bytes));
    from.position(from.position() + bytes);
  }
}
