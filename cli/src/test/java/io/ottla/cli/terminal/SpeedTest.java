package io.ottla.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpeedTest {
  private static final long SECOND = 1_000_000_000;

  private final Speed speed = new Speed();

  @Test
  void speed_is_growth_per_second() {
    assertThat(speed.at(0, 100)).isZero();
    assertThat(speed.at(SECOND / 2, 600)).isEqualTo(1_000);
  }

  @Test
  void only_the_last_second_counts() {
    for (int tenth = 0; tenth <= 10; tenth++) {
      speed.at(tenth * SECOND / 10, tenth * 100L);
    }
    for (int tenth = 11; tenth <= 21; tenth++) {
      assertThat(speed.at(tenth * SECOND / 10, 1_000)).isLessThan(1_000);
    }

    assertThat(speed.at(22 * SECOND / 10, 1_000)).isZero();
  }
}
