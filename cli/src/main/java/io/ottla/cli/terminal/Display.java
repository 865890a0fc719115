package io.ottla.cli.terminal;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Shows how things go on: lines that are drawn again in place on a terminal, and printed every few
 * seconds elsewhere.
 *
 * <p>Owns: a thread that draws, until it is closed.
 */
public final class Display implements AutoCloseable {
  private static final long REDRAW_MS = 100;
  private static final long PLAIN_LINE_MS = 3_000;
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final Terminal terminal;
  private final List<? extends ProgressLine> progresses;
  private final Thread thread = new Thread(this::draw, "ottla-display");
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition closing = lock.newCondition();
  private boolean isClosed; // guarded by lock
  private final boolean isBriefSilent;
  private String lastPrinted = ""; // the thread's

  private Display(
      Terminal terminal, List<? extends ProgressLine> progresses, boolean isBriefSilent) {
    this.terminal = terminal;
    this.progresses = progresses;
    this.isBriefSilent = isBriefSilent;
    thread.setDaemon(true);
  }

  /** A display of something that is always shown. */
  public static Display of(Terminal terminal, List<? extends ProgressLine> progresses) {
    return new Display(terminal, progresses, false);
  }

  /** The same, but where lines cannot be drawn again, nothing is shown of what is over soon. */
  public static Display ofLong(Terminal terminal, List<? extends ProgressLine> progresses) {
    return new Display(terminal, progresses, true);
  }

  /** Begins to show. */
  public void begin() {
    thread.start();
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
      if (isLast && isFirst && isBriefSilent && !isLive) {
        return;
      }
      print(isLive ? redrawn(isFirst, isLast) : plain(), isLive);
      isFirst = false;
    }
  }

  /** Elsewhere than on a terminal, what has not changed is not said again. */
  private void print(String text, boolean isLive) {
    if (isLive || !text.equals(lastPrinted)) {
      terminal.err().print(text);
      terminal.err().flush();
      lastPrinted = text;
    }
  }

  private String redrawn(boolean isFirst, boolean isLast) {
    StringBuilder text = new StringBuilder();
    text.append(isFirst ? HIDE_CURSOR : "\u001b[" + progresses.size() + "A");
    for (ProgressLine progress : progresses) {
      text.append(CLEAR_LINE).append(line(progress)).append('\n');
    }
    return text.append(isLast ? SHOW_CURSOR : "").toString();
  }

  private String plain() {
    StringBuilder text = new StringBuilder();
    for (ProgressLine progress : progresses) {
      text.append("ottla: ").append(line(progress)).append('\n');
    }
    return text.toString();
  }

  private String line(ProgressLine progress) {
    return progress.line(System.nanoTime(), terminal.look());
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
