package io.ottla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.cli.terminal.Look;
import io.ottla.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A run of the command that goes on until it is interrupted. */
final class LiveRun implements AutoCloseable {
  private static final long PATIENCE_MS = 60_000;

  private final Watched out = new Watched();
  private final Watched err = new Watched();
  private final FutureTask<Integer> task;
  private final Thread thread;

  private LiveRun(InputStream in, String... args) {
    task = new FutureTask<>(() -> new OttlaCli(new Terminal(in, out, err, Look.plain())).run(args));
    thread = new Thread(task, "cli-run");
    thread.start();
  }

  static LiveRun reading(InputStream in, String... args) {
    return new LiveRun(in, args);
  }

  static LiveRun of(String... args) {
    return new LiveRun(InputStream.nullInputStream(), args);
  }

  /** Waits for so many lines on standard output; returns all that is there. */
  String awaitLines(int lines) throws InterruptedException {
    return out.awaitLines(lines);
  }

  /** Waits for so many lines on standard error; returns all that is there. */
  String awaitWords(int lines) throws InterruptedException {
    return err.awaitLines(lines);
  }

  /** What Ctrl-C does, and what comes of it. */
  int interrupt() throws Exception {
    thread.interrupt();
    return end();
  }

  /** What Ctrl-C does. */
  void interruptOnly() {
    thread.interrupt();
  }

  int end() throws Exception {
    return task.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private static final class Watched extends ByteArrayOutputStream {
    @Override
    public synchronized void write(int b) {
      super.write(b);
      notifyAll();
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
      super.write(bytes, offset, length);
      notifyAll();
    }

    synchronized String awaitLines(int lines) throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE_MS * 1_000_000;
      while (toString(StandardCharsets.UTF_8).lines().count() < lines) {
        long leftMs = (deadline - System.nanoTime()) / 1_000_000;
        assertThat(leftMs).as("%d lines in time, of which came: %s", lines, this).isPositive();
        wait(leftMs);
      }
      return toString(StandardCharsets.UTF_8);
    }
  }
}
