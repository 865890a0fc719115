package io.ottla.cli.cluster;

import java.time.Duration;

/** How often and how long to try again: soon at first, then every second, until time is up. */
public final class Patience {
  private static final long FIRST_PAUSE_MS = 50;
  private static final long LONGEST_PAUSE_MS = 1_000;

  private final long deadlineNanos;
  private long nextPauseMs = FIRST_PAUSE_MS;
  private int attempts = 1;

  public Patience(Duration timeout) {
    deadlineNanos = System.nanoTime() + timeout.toNanos();
  }

  public boolean isExhausted() {
    return remaining().isNegative();
  }

  /** Until time is up; negative after that. */
  public Duration remaining() {
    return Duration.ofNanos(deadlineNanos - System.nanoTime());
  }

  /** How often it was tried, the present attempt included. */
  public int attempts() {
    return attempts;
  }

  /** Begins another attempt; returns how long to wait before it. */
  public long nextPauseMs() {
    long pause = nextPauseMs;
    nextPauseMs = Math.min(2 * nextPauseMs, LONGEST_PAUSE_MS);
    attempts++;
    return pause;
  }

  /** Waits before another attempt. */
  public void pause() throws InterruptedException {
    Thread.sleep(nextPauseMs());
  }
}
