package io.ottla.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = 1_000_000_000;

  private long nowNanos = 7 * SECOND;

  @Test
  void so_many_records_take_a_second() throws InterruptedException {
    pass(pace(1_000), 1_001);

    assertThat(nowNanos).isEqualTo(8 * SECOND);
  }

  @Test
  void a_pace_may_be_slower_than_one_a_second() throws InterruptedException {
    pass(pace(0.5), 3);

    assertThat(nowNanos).isEqualTo(11 * SECOND);
  }

  @Test
  void no_burst_follows_a_pause() throws InterruptedException {
    Pace pace = pace(1_000);
    pass(pace, 1);
    nowNanos += 60 * SECOND;
    long resumed = nowNanos;

    pass(pace, 1_001);

    assertThat(nowNanos - resumed).isEqualTo(SECOND - SECOND / 10);
  }

  @Test
  void without_a_rate_nothing_waits() throws InterruptedException {
    pass(pace(0), 1_000);

    assertThat(nowNanos).isEqualTo(7 * SECOND);
  }

  private Pace pace(double rate) {
    return new Pace(rate, () -> nowNanos, nanos -> nowNanos += nanos);
  }

  private static void pass(Pace pace, int records) throws InterruptedException {
    for (int i = 0; i < records; i++) {
      pace.await();
    }
  }
}
