package io.ottla.cli.produce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LossesTest {
  private final Losses losses = new Losses();

  @Test
  void one_reason_is_told_in_one_line() {
    losses.add("large", "too large: 7 bytes", false, 2);
    losses.add("large", "too large: 9 bytes", true, 5);

    assertThat(losses.headline(8, line -> "line " + line))
        .isEqualTo(
            "2 of 10 records were not delivered (1 of them may have arrived all the same):"
                + " line 2, line 5: too large: 7 bytes");
    assertThat(losses.details(line -> "line " + line)).isEmpty();
  }

  @Test
  void several_reasons_have_a_line_each() {
    for (int line = 1; line <= 1_000; line++) {
      losses.add("late", "no leader", false, line);
    }
    losses.add("large", "too large", false, 0);

    assertThat(losses.headline(0, line -> "line " + line))
        .isEqualTo("1,001 of 1,001 records were not delivered");
    assertThat(losses.details(line -> "line " + line))
        .containsExactly(
            "1,000 not delivered: line 1, line 2, line 3 and others: no leader",
            "1 not delivered: too large");
  }

  @Test
  void however_many_reasons_there_are_few_are_kept() {
    for (int kind = 0; kind < 1_000; kind++) {
      losses.add("kind" + kind, "why " + kind, false, 0);
    }

    assertThat(losses.count()).isEqualTo(1_000);
    assertThat(losses.details(line -> "")).hasSize(21).last().asString().startsWith("980 ");
  }

  @Test
  void a_line_is_counted_within_its_file_if_there_are_several() {
    Places places = new Places(List.of("a.txt", "empty", "-"));
    places.endOfFile(3);
    places.endOfFile(3);

    assertThat(places.describe(3)).isEqualTo("line 3 of a.txt");
    assertThat(places.describe(4)).isEqualTo("line 1 of standard input");
    assertThat(new Places(List.of("-")).describe(4)).isEqualTo("line 4");
    assertThat(new Places(List.of()).describe(1)).isEqualTo("line 1");
  }
}
