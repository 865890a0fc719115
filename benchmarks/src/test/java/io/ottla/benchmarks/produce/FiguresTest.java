package io.ottla.benchmarks.produce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {
  @Test
  void what_was_written_is_read_again() {
    Figures written = new Figures();
    written.put("client", "ottla");
    written.put("records", 200_000_000);
    written.put("seconds", 12.345678);

    Figures read = Figures.parse(written.toJson());

    assertThat(read.word("client")).isEqualTo("ottla");
    assertThat(read.number("records")).isEqualTo(200_000_000);
    assertThat(read.number("seconds")).isEqualTo(12.345678);
    assertThat(read.per("records", "seconds")).isEqualTo(200_000_000 / 12.345678);
  }

  @Test
  void what_was_not_measured_is_not_a_number() {
    Figures read = Figures.parse("{\"client\":\"librdkafka\",\"allocated_bytes\":null}");

    assertThat(read.number("allocated_bytes")).isNaN();
    assertThat(read.word("version")).isEmpty();
  }
}
