package io.ottla.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LogRingTest {
  private final LogRing log = new LogRing(3);

  @Test
  void keeps_the_newest_lines_in_order() {
    IntStream.rangeClosed(1, 5).forEach(i -> log.add("line " + i));

    assertThat(log.lines()).containsExactly("line 3", "line 4", "line 5");
    assertThat(log.last(2)).containsExactly("line 4", "line 5");
  }

  @Test
  void gives_what_there_is_when_asked_for_more() {
    log.add("only");

    assertThat(log.last(30)).containsExactly("only");
  }
}
