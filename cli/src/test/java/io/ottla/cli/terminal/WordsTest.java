package io.ottla.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  private static final List<String> KNOWN = List.of("orders", "payments", "orders.dlq");

  @ParameterizedTest
  @CsvSource({"oders,orders", "order,orders", "orders.dql,orders.dlq", "pay,payments"})
  void the_nearest_known_word_is_suggested(String word, String expected) {
    assertThat(Nearest.suggestion(word, KNOWN)).isEqualTo("; did you mean '" + expected + "'?");
  }

  @Test
  void nothing_is_suggested_for_a_word_like_no_other() {
    assertThat(Nearest.suggestion("xyz", KNOWN)).isEmpty();
    assertThat(Nearest.suggestion("orders", List.of())).isEmpty();
  }

  @Test
  void a_table_has_columns_and_no_blanks_at_line_ends() {
    List<String> lines =
        new Table()
            .row("NAME", "COUNT", "")
            .row("a", 1_234_567, "x")
            .row("long name", 5, "")
            .lines();

    assertThat(lines)
        .containsExactly("NAME           COUNT", "a          1,234,567  x", "long name          5");
  }

  @Test
  void lines_are_redrawn_only_on_a_terminal_that_can() {
    assertThat(Look.of(Map.of(), "true", 120)).isEqualTo(new Look(true, true, 120));
    assertThat(Look.of(Map.of("NO_COLOR", "1"), "true", 0)).isEqualTo(new Look(true, false, 80));
    assertThat(Look.of(Map.of("TERM", "dumb"), "true", 0)).isEqualTo(new Look(false, false, 80));
    assertThat(Look.of(Map.of(), null, 0)).isEqualTo(new Look(false, false, 80));
  }
}
