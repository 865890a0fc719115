package io.ottla.cli.produce;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets so many records pass in a second. What was missed while there was nothing to send is made up
 * for only a moment long, so that no burst follows a pause. Thread: one at a time.
 */
final class Pace {
  private static final long CATCHES_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Waits; may be interrupted. */
  interface Sleeper {
    void sleep(long nanos) throws InterruptedException;
  }

  private final double nanosPerRecord;
  private final LongSupplier clock;
  private final Sleeper sleeper;
  private double nextNanos;

  /**
   * A pace.
   *
   * @param ratePerSecond 0 for as fast as can be
   */
  Pace(double ratePerSecond, LongSupplier clock, Sleeper sleeper) {
    this.nanosPerRecord = ratePerSecond == 0 ? 0 : 1e9 / ratePerSecond;
    this.clock = clock;
    this.sleeper = sleeper;
    this.nextNanos = clock.getAsLong();
  }

  static Pace of(double ratePerSecond) {
    return new Pace(ratePerSecond, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
  }

  /** Waits until the next record may pass. */
  void await() throws InterruptedException {
    if (nanosPerRecord == 0) {
      return;
    }
    long now = clock.getAsLong();
    nextNanos = Math.max(nextNanos, now - (double) CATCHES_UP_NANOS);
    if (nextNanos > now) {
      sleeper.sleep((long) (nextNanos - now));
    }
    nextNanos += nanosPerRecord;
  }
}
