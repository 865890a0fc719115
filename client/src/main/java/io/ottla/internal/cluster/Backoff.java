package io.ottla.internal.cluster;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: twice as long as before the last, up to a bound, a
 * fifth more or less. Nanoseconds.
 *
 * @param firstNanos before the second attempt
 * @param mostNanos the bound, without the jitter
 */
record Backoff(long firstNanos, long mostNanos) {
  private static final double JITTER = 0.2;
  private static final int MOST_DOUBLINGS = 30;

  /**
   * @param failures how many attempts failed, at least 1
   */
  long nanos(int failures, RandomGenerator random) {
    int doublings = Math.min(MOST_DOUBLINGS, Math.max(0, failures - 1));
    double plain = Math.min((double) mostNanos, (double) firstNanos * (1L << doublings));
    return (long) (plain * (1 - JITTER + 2 * JITTER * random.nextDouble()));
  }

  /** The longest. */
  long longest(RandomGenerator random) {
    return nanos(MOST_DOUBLINGS, random);
  }
}
