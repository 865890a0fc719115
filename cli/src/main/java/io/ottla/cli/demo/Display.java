package io.ottla.cli.demo;

import io.ottla.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Shows how writing and reading go on: two lines that are drawn again in place on a terminal, a
 * line every few seconds elsewhere.
 *
 * <p>Owns: a thread that draws, until it is closed.
 */
final class Display implements AutoCloseable {
  private static final long REDRAW_MS = 100;
  private static final long PLAIN_LINE_MS = 3_000;
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final Terminal terminal;
  private final List<Progress> progresses;
  private final Thread thread = new Thread(this::draw, "ottla-display");
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private boolean isClosed; // guarded by lock
  private volatile long total;

  private Display(Terminal terminal, List<Progress> progresses, long total) {
    this.terminal = terminal;
    this.progresses = progresses;
    this.total = total;
    thread.setDaemon(true);
  }

  /**
   * Begins to show.
   *
   * @param total how many records there will be; negative if nobody knows yet
   */
  static Display show(Terminal terminal, List<Progress> progresses, long total) {
    Display display = new Display(terminal, progresses, total);
    display.thread.start();
    return display;
  }

  /** Now it is known how many records there are. */
  void total(long newTotal) {
    total = newTotal;
  }

  /** Draws a last time and stops. */
  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      closing.signalAll();
    } finally {
      lock.unlock();
    }
    boolean wasInterrupted = Thread.interrupted();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException e) {
      wasInterrupted = true;
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void draw() {
    progresses.forEach(this::line); // The rates of the first line count from here.
    boolean isLive = terminal.look().isLive();
    boolean isFirst = true;
    boolean isLast = false;
    while (!isLast) {
      isLast = pause(isLive ? REDRAW_MS : PLAIN_LINE_MS);
      terminal.err().print(isLive ? redrawn(isFirst, isLast) : plain());
      terminal.err().flush();
      isFirst = false;
    }
  }

  private String redrawn(boolean isFirst, boolean isLast) {
    StringBuilder text = new StringBuilder();
    text.append(isFirst ? HIDE_CURSOR : "\u001b[" + progresses.size() + "A");
    for (Progress progress : progresses) {
      text.append(CLEAR_LINE).append(line(progress)).append('\n');
    }
    return text.append(isLast ? SHOW_CURSOR : "").toString();
  }

  private String plain() {
    StringBuilder text = new StringBuilder();
    for (Progress progress : progresses) {
      text.append("ottla: ").append(line(progress)).append('\n');
    }
    return text.toString();
  }

  private String line(Progress progress) {
    return progress.line(System.nanoTime(), total, terminal.look());
  }

  /** Waits; true if it is closed. */
  private boolean pause(long millis) {
    lock.lock();
    try {
      long leftNanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!isClosed && leftNanos > 0) {
        leftNanos = closing.awaitNanos(leftNanos);
      }
      return isClosed;
    } catch (InterruptedException e) {
      return true;
    } finally {
      lock.unlock();
    }
  }
}
