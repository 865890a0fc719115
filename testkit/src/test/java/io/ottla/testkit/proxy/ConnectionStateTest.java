package io.ottla.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ConnectionStateTest {
  @Test
  void every_state_is_reached_from_the_first() {
    Set<ConnectionState> reached = EnumSet.of(ConnectionState.CONNECTING);
    for (int i = 0; i < ConnectionState.values().length; i++) {
      EnumSet.copyOf(reached).forEach(state -> reached.addAll(next(state)));
    }

    assertThat(reached).containsExactly(ConnectionState.values());
  }

  @ParameterizedTest
  @EnumSource
  void every_state_but_the_last_can_close_and_none_goes_back(ConnectionState state) {
    assertThat(next(state)).allMatch(next -> next.compareTo(state) > 0);
    assertThat(state.mayBecome(ConnectionState.CLOSED)).isEqualTo(state != ConnectionState.CLOSED);
  }

  private static Set<ConnectionState> next(ConnectionState state) {
    Set<ConnectionState> next = EnumSet.noneOf(ConnectionState.class);
    Arrays.stream(ConnectionState.values()).filter(state::mayBecome).forEach(next::add);
    return next;
  }
}
