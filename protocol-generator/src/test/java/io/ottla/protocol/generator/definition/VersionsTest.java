package io.ottla.protocol.generator.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionsTest {
  @ParameterizedTest
  @ValueSource(strings = {"3", "1-4", "0+", "12+", "none"})
  void range_reads_as_it_is_written(String text) {
    assertThat(Versions.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+", "1-", "-1", "a", "1..3", "1 - 3", "99999"})
  void anything_else_is_refused(String text) {
    assertThatThrownBy(() -> Versions.parse(text)).hasMessageContaining("not a version range");
  }

  @ParameterizedTest
  @ValueSource(strings = {"4-1", "1-0"})
  void range_that_ends_before_it_starts_is_refused(String text) {
    assertThatThrownBy(() -> Versions.parse(text)).hasMessageContaining("ends before it starts");
  }

  @Test
  void intersection_of_what_does_not_meet_is_none() {
    assertThat(Versions.parse("0-3").and(Versions.parse("4+"))).isEqualTo(Versions.NONE);
    assertThat(Versions.parse("0-4").and(Versions.parse("4+"))).isEqualTo(Versions.parse("4"));
    assertThat(Versions.NONE.and(Versions.ALL)).isEqualTo(Versions.NONE);
  }

  @Test
  void neighbours_join_and_strangers_do_not() {
    assertThat(Versions.parse("0-3").joins(Versions.parse("4+"))).isTrue();
    assertThat(Versions.parse("0-3").or(Versions.parse("4+"))).isEqualTo(Versions.ALL);
    assertThat(Versions.parse("0-2").joins(Versions.parse("4+"))).isFalse();
    assertThat(Versions.NONE.or(Versions.parse("4+"))).isEqualTo(Versions.parse("4+"));
  }

  @Test
  void every_range_contains_none() {
    assertThat(Versions.parse("3").containsAll(Versions.NONE)).isTrue();
    assertThat(Versions.NONE.containsAll(Versions.parse("3"))).isFalse();
    assertThat(Versions.parse("2-5").containsAll(Versions.parse("2-6"))).isFalse();
  }

  @Test
  void below_ends_before_the_other_begins() {
    assertThat(Versions.ALL.below(Versions.parse("4+"))).isEqualTo(Versions.parse("0-3"));
    assertThat(Versions.ALL.below(Versions.ALL)).isEqualTo(Versions.NONE);
    assertThat(Versions.ALL.below(Versions.NONE)).isEqualTo(Versions.ALL);
  }
}
