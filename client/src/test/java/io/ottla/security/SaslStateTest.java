package io.ottla.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.internal.net.TransitionTable;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SaslStateTest {
  private static Set<SaslState> after(SaslState state) {
    Set<SaslState> next = EnumSet.allOf(SaslState.class);
    next.removeIf(other -> !state.mayBecome(other));
    return next;
  }

  @Test
  void every_state_of_an_exchange_is_reached_and_can_end() {
    TransitionTable.check(
        SaslState.class,
        SaslState.NEW,
        Set.of(SaslState.COMPLETE, SaslState.FAILED),
        SaslState::mayBecome);
  }

  @Test
  void an_exchange_goes_one_way_and_may_fail_until_it_is_complete() {
    assertThat(after(SaslState.NEW)).containsExactly(SaslState.FIRST_SENT, SaslState.FAILED);
    assertThat(after(SaslState.FIRST_SENT)).containsExactly(SaslState.PROOF_SENT, SaslState.FAILED);
    assertThat(after(SaslState.PROOF_SENT)).containsExactly(SaslState.COMPLETE, SaslState.FAILED);
    assertThat(after(SaslState.COMPLETE)).isEmpty();
    assertThat(after(SaslState.FAILED)).isEmpty();
  }
}
