package io.ottla.cli.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Standard output: buffered bytes, nothing but data.
 *
 * <p>Thread: one at a time. Errors: {@link ClosedOutputException} when the reader went away, {@link
 * CommandFailedException} for all else, such as a full disk; no write is lost in silence.
 */
public final class Output extends OutputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream target;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int buffered;

  public Output(OutputStream target) {
    this.target = target;
  }

  @Override
  public void write(int b) {
    if (buffered == BUFFER_BYTES) {
      drain();
    }
    buffer[buffered++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (length > BUFFER_BYTES - buffered) {
      drain();
    }
    if (length >= BUFFER_BYTES) {
      pass(bytes, offset, length);
    } else {
      System.arraycopy(bytes, offset, buffer, buffered, length);
      buffered += length;
    }
  }

  /** Writes what remains in {@code bytes}, and leaves its position where it was. */
  public void write(ByteBuffer bytes) {
    int position = bytes.position();
    while (position < bytes.limit()) {
      if (buffered == BUFFER_BYTES) {
        drain();
      }
      int length = Math.min(bytes.limit() - position, BUFFER_BYTES - buffered);
      bytes.get(position, buffer, buffered, length);
      buffered += length;
      position += length;
    }
  }

  /** Writes a line of text and its newline. */
  public void line(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(bytes, 0, bytes.length);
    write('\n');
  }

  @Override
  public void flush() {
    drain();
    try {
      target.flush();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Drops what is buffered: for the end of a command whose reader went away. */
  public void discard() {
    buffered = 0;
  }

  private void drain() {
    int length = buffered;
    buffered = 0;
    pass(buffer, 0, length);
  }

  private void pass(byte[] bytes, int offset, int length) {
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static RuntimeException failure(IOException e) {
    String reason = String.valueOf(e.getMessage());
    if (reason.contains("Broken pipe") || reason.contains("Pipe closed")) {
      return new ClosedOutputException(e);
    }
    return new CommandFailedException(
        ExitCode.FILE, "cannot write to standard output: " + reason, e);
  }
}
