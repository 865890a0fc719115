package io.ottla.testkit.load;

import java.util.Arrays;

/** How long the timed records took, each as it was measured. Thread-safe. */
final class Latencies {
  private static final int FIRST_ROOM = 1 << 16;

  // Guarded by this.
  private long[] nanos = new long[FIRST_ROOM];
  private int count;

  synchronized void add(long tookNanos) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = tookNanos;
  }

  synchronized LatencySummary summary() {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return new LatencySummary(sorted);
  }
}
