package io.ottla.internal.cluster.metadata;

import java.util.random.RandomGenerator;

/**
 * How long to wait after questions that were of no use: twice as long each time, up to a bound, and
 * a fifth more or less, so that many clients do not ask at once.
 *
 * @param firstNanos after the first
 * @param mostNanos after many
 * @param random where the fifth comes from
 */
record Backoff(long firstNanos, long mostNanos, RandomGenerator random) {
  private static final double JITTER = 0.2;
  private static final int MOST_DOUBLINGS = 30;

  /**
   * @param attempts how many were of no use in a row; from 1 on
   */
  long nanos(int attempts) {
    double doubled = (double) firstNanos * (1L << Math.min(attempts - 1, MOST_DOUBLINGS));
    return jittered((long) Math.min((double) mostNanos, doubled));
  }

  /** A fifth more or less. */
  long jittered(long nanos) {
    return (long) ((double) nanos * (1 + JITTER * (2 * random.nextDouble() - 1)));
  }
}
