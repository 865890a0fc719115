package io.ottla.cli.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The three standard streams of one run: data in, data out, and words for the user. */
public final class Terminal {
  private final InputStream in;
  private final Output out;
  private final PrintStream err;
  private final Look look;
  private final boolean isTyped;

  public Terminal(InputStream in, OutputStream out, OutputStream err, Look look) {
    this(in, out, err, look, false);
  }

  private Terminal(InputStream in, OutputStream out, OutputStream err, Look look, boolean isTyped) {
    this.in = in;
    this.out = new Output(out);
    this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
    this.look = look;
    this.isTyped = isTyped;
  }

  /** The streams of this process, read and written without the detours of System.in and out. */
  public static Terminal ofThisProcess() {
    Look look =
        Look.of(
            System.getenv(),
            System.getProperty("ottla.terminal"),
            Integer.getInteger("ottla.columns", 0));
    return new Terminal(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        look,
        Boolean.getBoolean("ottla.typed"));
  }

  public InputStream in() {
    return in;
  }

  public Output out() {
    return out;
  }

  /** For texts of several lines, progress and stack traces; one line is better said. */
  public PrintStream err() {
    return err;
  }

  public Look look() {
    return look;
  }

  /** Whether standard input is somebody at a keyboard, as the launcher found out. */
  public boolean isTyped() {
    return isTyped;
  }

  /** Tells the user one line. */
  public void say(String line) {
    err.println("ottla: " + harmless(line));
  }

  /** In one line, and without what moves a terminal's cursor, or worse: it may be a broker's. */
  private static String harmless(String line) {
    return line.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cc}", "?");
  }

  /** Asks the user, who says no unless he says yes. */
  public boolean confirms(String question) {
    err.print("ottla: " + question + " [y/N] ");
    err.flush();
    StringBuilder answer = new StringBuilder();
    try {
      for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
        answer.append((char) next);
      }
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitCode.FILE, "cannot read the answer: " + e.getMessage(), e);
    }
    return answer.toString().strip().matches("(?i)y|yes");
  }
}
