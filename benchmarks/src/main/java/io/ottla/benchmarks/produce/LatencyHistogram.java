package io.ottla.benchmarks.produce;

import java.util.Arrays;

/**
 * How often which latency was seen, with 64 steps between powers of two: within 1 % of the truth.
 * The program for librdkafka counts in the same steps.
 *
 * <p>Units: nanoseconds. Thread: one at a time.
 */
final class LatencyHistogram {
  private static final int STEP_BITS = 6;
  private static final int EXACT = 2 << STEP_BITS;
  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] counts = new long[(Long.SIZE - STEP_BITS) << STEP_BITS];
  private long longest;

  void add(long nanos) {
    long value = Math.max(0, nanos);
    counts[bucket(value)]++;
    longest = Math.max(longest, value);
  }

  void clear() {
    Arrays.fill(counts, 0);
    longest = 0;
  }

  /**
   * @param share between 0 and 1
   */
  double percentileMillis(double share) {
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    long wanted = (long) (share * all);
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen > wanted) {
        return middle(i) / NANOS_PER_MILLI;
      }
    }
    return maxMillis();
  }

  double maxMillis() {
    return longest / NANOS_PER_MILLI;
  }

  private static int bucket(long value) {
    if (value < EXACT) {
      return (int) value;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - STEP_BITS;
    return (shift << STEP_BITS) + (int) (value >>> shift);
  }

  private static double middle(int bucket) {
    if (bucket < EXACT) {
      return bucket;
    }
    int shift = (bucket >> STEP_BITS) - 1;
    return (double) ((long) (bucket - (shift << STEP_BITS)) << shift) + (1L << shift) / 2.0;
  }
}
