package io.ottla.consumer;

import java.time.Duration;

/**
 * How much one fetch may bring and how long the broker may wait for it. The first batch comes whole
 * even if it is larger than the limits.
 *
 * @param maxBytes the most bytes of all partitions together
 * @param maxPartitionBytes the most bytes of one partition
 * @param minBytes the fewest bytes that end the broker's wait
 * @param maxWait the longest that the broker waits for them; at most {@link Integer#MAX_VALUE} ms
 */
public record FetchLimits(int maxBytes, int maxPartitionBytes, int minBytes, Duration maxWait) {
  /** Checks the ranges. */
  public FetchLimits {
    if (maxBytes < 1 || maxPartitionBytes < 1 || minBytes < 0) {
      throw new IllegalArgumentException(
          "maxBytes "
              + maxBytes
              + " and maxPartitionBytes "
              + maxPartitionBytes
              + " must be at least 1, minBytes "
              + minBytes
              + " at least 0");
    }
    if (maxWait.isNegative() || maxWait.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException("maxWait " + maxWait + " is not in 0 to 2147483647 ms");
    }
  }

  /** 50 MiB in all, 1 MiB of each partition, whatever is there, at most 500 ms. */
  public static FetchLimits defaults() {
    return new FetchLimits(50 << 20, 1 << 20, 1, Duration.ofMillis(500));
  }

  /** The same limits with another wait. */
  public FetchLimits withMaxWait(Duration newMaxWait) {
    return new FetchLimits(maxBytes, maxPartitionBytes, minBytes, newMaxWait);
  }
}
