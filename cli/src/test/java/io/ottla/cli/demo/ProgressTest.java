package io.ottla.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.cli.terminal.Look;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final long SECOND = 1_000_000_000;
  private static final Look LIVE = new Look(true, false, 80);

  private final Meter meter = new Meter();
  private final Progress progress = new Progress("written", meter, 0);

  @Test
  void a_line_has_a_bar_a_share_a_count_and_rates() {
    line(0, 1_000, LIVE);
    count(500);

    assertThat(line(SECOND / 2, 1_000, LIVE))
        .startsWith("written  ████████████░░░░")
        .contains(" 50 % ")
        .contains(" 500 ")
        .contains(" 1,000/s ")
        .endsWith(" 0.1 MB/s")
        .hasSizeLessThanOrEqualTo(80);
  }

  @Test
  void rates_are_those_of_the_last_second() {
    count(500);
    for (int tenth = 0; tenth <= 30; tenth++) {
      line(tenth * SECOND / 10, 1_000, LIVE);
    }

    assertThat(line(31 * SECOND / 10, 1_000, LIVE)).contains(" 0/s ");
  }

  @Test
  void when_it_is_over_the_rate_is_that_of_all_the_time() {
    count(500);
    meter.end();
    line(0, 500, LIVE);

    assertThat(line(60 * SECOND, 500, LIVE)).contains("100 % ").doesNotContain(" 0/s ");
  }

  @Test
  void without_a_known_total_there_is_no_bar() {
    count(5);

    assertThat(line(0, -1, LIVE)).doesNotContain("█", "%").contains(" 5 ");
  }

  @Test
  void a_plain_or_narrow_line_has_no_bar_and_no_colour() {
    count(5);

    assertThat(line(0, 10, Look.plain())).contains(" 50 % ").doesNotContain("█", "\u001b");
    assertThat(line(0, 10, new Look(true, true, 40))).doesNotContain("█", "\u001b");
  }

  @Test
  void colours_come_only_where_they_are_welcome() {
    count(5);

    assertThat(line(0, 10, new Look(true, true, 80))).contains("\u001b[32m█");
    assertThat(line(0, 10, LIVE)).doesNotContain("\u001b");
  }

  private String line(long nowNanos, long total, Look look) {
    progress.total(total);
    return progress.line(nowNanos, look);
  }

  private void count(int records) {
    for (int i = 0; i < records; i++) {
      meter.count(100);
    }
  }
}
