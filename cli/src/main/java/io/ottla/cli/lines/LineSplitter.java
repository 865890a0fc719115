package io.ottla.cli.lines;

import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import java.util.Arrays;

/**
 * Cuts blocks of bytes at each newline. All other bytes pass as they are: a carriage return stays,
 * an empty line is an empty line, and the last line needs no newline.
 *
 * <p>Owns: the beginning of a line that goes on in the next block, at most {@code maxLineBytes}.
 */
public final class LineSplitter {
  private static final byte NEWLINE = '\n';

  private final int maxLineBytes;
  private byte[] begun = new byte[1024];
  private int begunBytes;
  private long lines;

  public LineSplitter(int maxLineBytes) {
    this.maxLineBytes = maxLineBytes;
  }

  /** How many lines were handed on. */
  public long lines() {
    return lines;
  }

  /** Hands on the lines that end in this block. */
  public <X extends Exception> void feed(byte[] block, int length, LineSink<X> sink)
      throws X, InterruptedException {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (block[i] == NEWLINE) {
        endLine(block, start, i - start, sink);
        start = i + 1;
      }
    }
    checkLength((long) begunBytes + length - start);
    begin(block, start, length - start);
  }

  /** Hands on the last line if its newline is missing. */
  public <X extends Exception> void end(LineSink<X> sink) throws X, InterruptedException {
    if (begunBytes > 0) {
      endLine(begun, 0, 0, sink);
    }
  }

  private <X extends Exception> void endLine(byte[] bytes, int offset, int length, LineSink<X> sink)
      throws X, InterruptedException {
    checkLength((long) begunBytes + length);
    lines++;
    if (begunBytes == 0) {
      sink.line(bytes, offset, length);
    } else {
      begin(bytes, offset, length);
      int whole = begunBytes;
      begunBytes = 0;
      sink.line(begun, 0, whole);
    }
  }

  private void begin(byte[] bytes, int offset, int length) {
    if (begun.length - begunBytes < length) {
      begun = Arrays.copyOf(begun, Math.max(begunBytes + length, 2 * begun.length));
    }
    System.arraycopy(bytes, offset, begun, begunBytes, length);
    begunBytes += length;
  }

  private void checkLength(long length) {
    if (length > maxLineBytes) {
      throw new CommandFailedException(
          ExitCode.FILE,
          "line "
              + (lines + 1)
              + " is longer than "
              + maxLineBytes
              + " bytes; a line is one record, so the input must have newlines");
    }
  }
}
