package io.ottla.internal.runtime;

import java.util.random.RandomGenerator;

/**
 * How long to wait after attempts that were of no use: twice as long each time, up to a bound, and
 * a fifth more or less, so that many clients do not try at once. Nanoseconds.
 *
 * @param firstNanos after the first
 * @param mostNanos after many, without the fifth
 * @param random where the fifth comes from
 */
public record Backoff(long firstNanos, long mostNanos, RandomGenerator random) {
  private static final double JITTER = 0.2;
  private static final int MOST_DOUBLINGS = 30;

  /**
   * How long to wait now.
   *
   * @param attempts how many were of no use in a row; from 1 on
   */
  public long nanos(int attempts) {
    int doublings = Math.min(MOST_DOUBLINGS, Math.max(0, attempts - 1));
    double doubled = (double) firstNanos * (1L << doublings);
    return jittered((long) Math.min((double) mostNanos, doubled));
  }

  /** A fifth more or less. */
  public long jittered(long nanos) {
    return (long) ((double) nanos * (1 + JITTER * (2 * random.nextDouble() - 1)));
  }
}
