package io.ottla.stats;

import java.time.Duration;

/**
 * How long something took for the records of the last {@linkplain ProducerStats#window window}. A
 * percentile is the time within which so many of all hundred records (or requests) were through;
 * its error is at most 1 %, as is that of the others, and a microsecond.
 *
 * @param count how many; if none, all times are zero
 * @param mean the average
 * @param p50 the median
 * @param p95 the 95th percentile
 * @param p99 the 99th percentile
 * @param p999 the 99.9th percentile
 * @param max the longest
 */
public record LatencyStats(
    long count,
    Duration mean,
    Duration p50,
    Duration p95,
    Duration p99,
    Duration p999,
    Duration max) {
  /** Of nothing. */
  public static final LatencyStats NONE =
      new LatencyStats(
          0,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO);
}
