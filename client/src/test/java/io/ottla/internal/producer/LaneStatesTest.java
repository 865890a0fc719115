package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** The tables of the network half's states, and of error codes. */
final class LaneStatesTest {
  @Test
  void every_state_is_reachable_and_only_the_last_has_no_way_on() {
    check(LaneState.class, LaneState::mayBecome, LaneState.CLOSED);
    check(ShipmentState.class, ShipmentState::mayBecome, ShipmentState.TOLD);
    check(SinkState.class, SinkState::mayBecome, SinkState.CLOSED);
    check(ProducerIdState.class, ProducerIdState::mayBecome, ProducerIdState.CLOSED);
  }

  private static <S extends Enum<S>> void check(
      Class<S> states, BiPredicate<S, S> mayBecome, S last) {
    S[] all = states.getEnumConstants();
    Set<S> reached = EnumSet.of(all[0]);
    ArrayDeque<S> todo = new ArrayDeque<>(reached);
    while (!todo.isEmpty()) {
      S from = todo.remove();
      for (S to : all) {
        if (mayBecome.test(from, to) && reached.add(to)) {
          todo.add(to);
        }
      }
    }
    assertThat(reached).containsExactlyInAnyOrder(all);
    for (S from : all) {
      boolean hasWayOn = Arrays.stream(all).anyMatch(to -> mayBecome.test(from, to));
      assertThat(hasWayOn).as("%s has a way on", from).isEqualTo(from != last);
    }
  }

  @Test
  void every_code_has_a_verdict_and_what_kafka_retries_is_retried() {
    for (ErrorCode error : ErrorCode.values()) {
      assertThat(Verdict.of(error)).as("%s", error).isNotNull();
    }
    assertThat(Verdict.of(ErrorCode.NOT_LEADER_OR_FOLLOWER)).isEqualTo(Verdict.MOVED);
    assertThat(Verdict.of(ErrorCode.REQUEST_TIMED_OUT)).isEqualTo(Verdict.UNKNOWN);
    assertThat(Verdict.of(ErrorCode.NOT_ENOUGH_REPLICAS)).isEqualTo(Verdict.AGAIN);
    assertThat(Verdict.of(ErrorCode.DUPLICATE_SEQUENCE_NUMBER)).isEqualTo(Verdict.WRITTEN);
  }
}
