package io.ottla.benchmarks.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  private final LatencyHistogram latencies = new LatencyHistogram();

  @Test
  void percentiles_are_within_a_hundredth_of_the_truth() {
    for (long micros = 1; micros <= 100_000; micros++) {
      latencies.add(micros * 1000);
    }

    assertThat(latencies.percentileMillis(0.5)).isCloseTo(50, within(0.5));
    assertThat(latencies.percentileMillis(0.99)).isCloseTo(99, within(0.99));
    assertThat(latencies.percentileMillis(0.999)).isCloseTo(99.9, within(1.0));
    assertThat(latencies.maxMillis()).isEqualTo(100);
  }

  @Test
  void any_latency_has_a_place() {
    latencies.add(-1);
    latencies.add(0);
    latencies.add(Long.MAX_VALUE);

    assertThat(latencies.percentileMillis(0.5)).isZero();
    assertThat(latencies.maxMillis()).isEqualTo(Long.MAX_VALUE / 1e6);
  }

  @Test
  void nothing_is_left_of_what_was_cleared() {
    latencies.add(5_000_000);

    latencies.clear();

    assertThat(latencies.maxMillis()).isZero();
    assertThat(latencies.percentileMillis(0.99)).isZero();
  }
}
