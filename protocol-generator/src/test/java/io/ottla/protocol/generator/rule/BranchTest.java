package io.ottla.protocol.generator.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.generator.definition.Versions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions are as short as the versions that can get there allow, and no shorter. */
final class BranchTest {
  @ParameterizedTest
  @CsvSource({
    "0-9, 0+, true, false",
    "3-9, 0-4, version <= 4, version > 4",
    "0-9, 4+, version >= 4, version < 4",
    "0-9, 4, version == 4, (version < 4 || version > 4)",
    "0-9, 3-5, version >= 3 && version <= 5, (version < 3 || version > 5)",
    "0-9, 0, version <= 0, version > 0",
    "0-2, 3+, false, true",
    "5, 3+, true, false",
    "0-9, none, false, true",
  })
  void condition_and_its_opposite(String context, String wanted, String in, String notIn) {
    assertThat(Branch.in(Versions.parse(context), Versions.parse(wanted))).isEqualTo(in);
    assertThat(Branch.notIn(Versions.parse(context), Versions.parse(wanted))).isEqualTo(notIn);
  }

  @ParameterizedTest
  @CsvSource({
    "0-9, 4+, version >= 4 ? 4-9 : 0-3",
    "0-9, 0-3, version <= 3 ? 0-3 : 4-9",
    "0-9, 3-5, version >= 3 && version <= 5 ? 3-5 : 0-9",
    "0-9, 0+, 0-9",
    "0-3, 4+, 0-3",
  })
  void each_side_of_a_choice_is_told_what_reaches_it(String context, String wanted, String choice) {
    assertThat(
            Branch.choose(
                Versions.parse(context),
                Versions.parse(wanted),
                Versions::toString,
                Versions::toString))
        .isEqualTo(choice);
  }

  @Test
  void choice_between_the_same_is_none() {
    assertThat(Branch.choose(Versions.parse("0-9"), Versions.parse("4+"), v -> "x", v -> "x"))
        .isEqualTo("x");
  }

  @Test
  void conditions_join_without_the_idle_ones() {
    assertThat(Branch.all("true", "a", "true", "b")).isEqualTo("a && b");
    assertThat(Branch.all("a", "false")).isEqualTo("false");
    assertThat(Branch.all("true")).isEqualTo("true");
  }
}
