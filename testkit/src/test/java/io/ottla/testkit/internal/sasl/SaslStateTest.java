package io.ottla.testkit.internal.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SaslStateTest {
  @Test
  void every_state_is_reached_from_the_first() {
    Set<SaslState> reached = EnumSet.of(SaslState.NEW);
    for (int i = 0; i < SaslState.values().length; i++) {
      EnumSet.copyOf(reached).forEach(state -> reached.addAll(next(state)));
    }

    assertThat(reached).containsExactly(SaslState.values());
  }

  @ParameterizedTest
  @EnumSource
  void every_state_but_the_last_can_fail(SaslState state) {
    assertThat(state.mayBecome(SaslState.FAILED)).isEqualTo(state != SaslState.FAILED);
  }

  @ParameterizedTest
  @EnumSource
  void only_tokens_lead_in(SaslState state) {
    assertThat(state.mayBecome(SaslState.DONE)).isEqualTo(state == SaslState.AUTHENTICATING);
  }

  private static Set<SaslState> next(SaslState state) {
    Set<SaslState> next = EnumSet.noneOf(SaslState.class);
    Arrays.stream(SaslState.values()).filter(state::mayBecome).forEach(next::add);
    return next;
  }
}
