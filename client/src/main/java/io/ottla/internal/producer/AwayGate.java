package io.ottla.internal.producer;

import io.ottla.internal.runtime.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether the cluster has been away for so long that records go to the overflow, and the wait for
 * its return. Thread: any.
 */
final class AwayGate implements Outage {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final LongSupplier awaySince;
  private final long afterNanos;
  private final BooleanSupplier isClosed;
  private final Clock clock;

  /**
   * @param awaySince since when no broker could be reached, nanoseconds; 0 if one can
   * @param afterNanos after how long overflow begins; 0 for never
   * @param isClosed whether nobody waits any more
   */
  AwayGate(LongSupplier awaySince, long afterNanos, BooleanSupplier isClosed, Clock clock) {
    this.awaySince = awaySince;
    this.afterNanos = afterNanos;
    this.isClosed = isClosed;
    this.clock = clock;
  }

  @Override
  public boolean isOverflowing() {
    if (afterNanos == 0) {
      return false;
    }
    long since = awaySince.getAsLong();
    return since != 0 && clock.nanoTime() - since > afterNanos;
  }

  /** For how long no broker could be reached; zero if one can. */
  Duration goneFor() {
    long since = awaySince.getAsLong();
    return since == 0 ? Duration.ZERO : Duration.ofNanos(Math.max(1, clock.nanoTime() - since));
  }

  /**
   * Waits for the cluster's return, if records go to the overflow for its absence.
   *
   * @return how long that took, nanoseconds
   */
  long await(long mostNanos) throws InterruptedException {
    long start = clock.nanoTime();
    while (isOverflowing() && !isClosed.getAsBoolean() && clock.nanoTime() - start < mostNanos) {
      LockSupport.parkNanos(this, LOOK_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    return clock.nanoTime() - start;
  }
}
