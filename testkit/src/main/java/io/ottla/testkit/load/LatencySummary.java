package io.ottla.testkit.load;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is said of how long records took, in milliseconds. Immutable. */
final class LatencySummary {
  private final long[] sortedNanos;

  LatencySummary(long[] sortedNanos) {
    this.sortedNanos = sortedNanos;
  }

  /** Adds the figures; null for each if nothing was timed. */
  void describe(Map<String, @Nullable Number> fields) {
    fields.put("latency_samples", sortedNanos.length);
    fields.put("latency_mean_ms", mean());
    fields.put("latency_p50_ms", percentile(50));
    fields.put("latency_p95_ms", percentile(95));
    fields.put("latency_p99_ms", percentile(99));
    fields.put("latency_p999_ms", percentile(99.9));
    fields.put("latency_max_ms", percentile(100));
  }

  private @Nullable Number mean() {
    return sortedNanos.length == 0
        ? null
        : Rounded.of(Arrays.stream(sortedNanos).average().orElseThrow() / 1e6);
  }

  /** The least time that so many percent of the records did not exceed. */
  private @Nullable Number percentile(double percent) {
    if (sortedNanos.length == 0) {
      return null;
    }
    int rank = (int) Math.ceil(percent / 100 * sortedNanos.length);
    return Rounded.of(sortedNanos[Math.max(0, rank - 1)] / 1e6);
  }
}
