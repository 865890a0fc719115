package io.ottla.benchmarks.produce;

import static io.ottla.benchmarks.produce.Client.KAFKA_CLIENTS;
import static io.ottla.benchmarks.produce.Client.LIBRDKAFKA;
import static io.ottla.benchmarks.produce.Client.OTTLA;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeriesTest {
  private final Series series = new Series();

  @Test
  void a_ratio_is_taken_within_each_round() {
    round(10, 2);
    round(40, 4);
    round(30, 10);

    assertThat(series.median(OTTLA, Figure.RATE)).isEqualTo(30);
    assertThat(series.ratios(OTTLA, KAFKA_CLIENTS, Figure.RATE)).containsExactly(3, 5, 10);
  }

  @Test
  void a_median_of_an_even_number_lies_between_two() {
    round(10, 2);
    round(40, 4);

    assertThat(series.median(OTTLA, Figure.RATE)).isEqualTo(25);
  }

  @Test
  void who_failed_takes_no_part() {
    round(10, 2);

    series.fail(KAFKA_CLIENTS, "no");

    assertThat(series.clients()).containsExactly(OTTLA);
    assertThat(series.hasFailed(KAFKA_CLIENTS)).isTrue();
    assertThat(series.ratios(OTTLA, KAFKA_CLIENTS, Figure.RATE)).isEmpty();
    assertThat(series.median(LIBRDKAFKA, Figure.RATE)).isNaN();
  }

  private void round(double ours, double theirs) {
    series.add(OTTLA, run(ours));
    series.add(KAFKA_CLIENTS, run(theirs));
  }

  private static Figures run(double millionsPerSecond) {
    Figures run = new Figures();
    run.put("records_per_second", millionsPerSecond * 1e6);
    return run;
  }
}
