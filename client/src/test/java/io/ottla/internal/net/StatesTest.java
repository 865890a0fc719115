package io.ottla.internal.net;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class StatesTest {
  @Test
  void every_state_of_a_connection_is_reached_and_can_end() {
    TransitionTable.check(
        ConnectionState.class,
        ConnectionState.HANDSHAKING,
        Set.of(ConnectionState.CLOSED),
        ConnectionState::mayBecome);
  }

  @Test
  void every_state_of_a_link_is_reached_and_can_end() {
    TransitionTable.check(
        LinkState.class, LinkState.IDLE, Set.of(LinkState.CLOSED), LinkState::mayBecome);
  }

  @Test
  void every_state_of_a_call_is_reached_and_can_end() {
    TransitionTable.check(
        CallState.class, CallState.QUEUED, Set.of(CallState.DONE), CallState::mayBecome);
  }

  @Test
  void every_state_of_a_renewal_is_reached_and_can_end() {
    TransitionTable.check(
        RenewalState.class,
        RenewalState.SCHEDULED,
        Set.of(RenewalState.OVER),
        RenewalState::mayBecome);
  }
}
