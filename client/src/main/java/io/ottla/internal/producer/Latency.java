package io.ottla.internal.producer;

import io.ottla.stats.LatencyStats;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.HdrHistogram.PackedHistogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * How long something took, of late. Takes about a kilobyte while little is recorded.
 *
 * <p>Thread: {@link #record} always the same, which never waits; {@link #stats} whoever has the
 * meter's lock. Units: it is told nanoseconds and keeps microseconds.
 */
final class Latency {
  private static final int DIGITS = 2; // so that the error is at most 1 %
  private static final long MOST_MICROS = TimeUnit.DAYS.toMicros(1);
  private static final double[] PERCENTILES = {0.5, 0.95, 0.99, 0.999};

  private final SingleWriterRecorder recorder = new SingleWriterRecorder(DIGITS, true);

  // Under the meter's lock.
  private @Nullable Histogram spare; // what the recorder gave last, if it may have it back
  private @Nullable Histogram current; // since the window's begin
  private @Nullable Histogram last; // of the window before

  /** So many took so long. */
  void record(long nanos, long count) {
    long micros = Math.min(MOST_MICROS, TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos)));
    recorder.recordValueWithCount(micros, count);
  }

  /** What was recorded in a window; each window is asked for once. */
  LatencyStats stats(Window window) {
    collect();
    Histogram whole = current;
    if (window.isFull()) {
      last = current;
      current = null;
    } else if (last != null) {
      whole = sum(last, whole);
    }
    return whole == null ? LatencyStats.NONE : read(whole);
  }

  private void collect() {
    Histogram latest = recorder.getIntervalHistogram(spare);
    spare = latest;
    if (latest.getTotalCount() == 0) {
      return;
    }
    if (current == null) {
      current = latest;
      spare = null;
    } else {
      current.add(latest);
    }
  }

  private static Histogram sum(Histogram one, @Nullable Histogram other) {
    Histogram sum = new PackedHistogram(DIGITS);
    sum.add(one);
    if (other != null) {
      sum.add(other);
    }
    return sum;
  }

  /** In one pass: each goes over hundreds of counters, most of them empty. */
  private static LatencyStats read(Histogram histogram) {
    long count = histogram.getTotalCount();
    Duration[] found = new Duration[PERCENTILES.length];
    int next = 0;
    long passed = 0;
    double sum = 0;
    for (HistogramIterationValue step : histogram.recordedValues()) {
      long value = step.getValueIteratedTo();
      passed += step.getCountAddedInThisIterationStep();
      sum +=
          (double) histogram.medianEquivalentValue(value) * step.getCountAddedInThisIterationStep();
      for (; next < found.length && passed >= Math.ceil(PERCENTILES[next] * count); next++) {
        found[next] = micros(value);
      }
    }
    return new LatencyStats(
        count,
        micros((long) (sum / count)),
        found[0],
        found[1],
        found[2],
        found[3],
        micros(histogram.getMaxValue()));
  }

  private static Duration micros(long micros) {
    return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros));
  }
}
