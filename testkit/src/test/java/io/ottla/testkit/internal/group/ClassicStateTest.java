package io.ottla.testkit.internal.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.message.ErrorCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ClassicStateTest {
  @Test
  void every_state_is_reached_from_empty() {
    Set<ClassicState> reached = EnumSet.of(ClassicState.EMPTY);
    Deque<ClassicState> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      ClassicState from = open.remove();
      for (ClassicState to : ClassicState.values()) {
        if (from.mayBecome(to) && reached.add(to)) {
          open.add(to);
        }
      }
    }

    assertThat(reached).containsExactlyInAnyOrder(ClassicState.values());
  }

  @Test
  void dead_is_final_and_each_other_state_can_be_left_and_die() {
    for (ClassicState from : ClassicState.values()) {
      boolean isFinal = from == ClassicState.DEAD;
      assertThat(from.mayBecome(ClassicState.DEAD)).isEqualTo(!isFinal);
      for (ClassicState to : ClassicState.values()) {
        assertThat(isFinal && from.mayBecome(to)).isFalse();
      }
    }
  }

  @Test
  void no_state_follows_itself_and_assignments_follow_only_joining() {
    for (ClassicState state : ClassicState.values()) {
      assertThat(state.mayBecome(state)).isFalse();
    }
    assertThat(ClassicState.EMPTY.mayBecome(ClassicState.COMPLETING_REBALANCE)).isFalse();
    assertThat(ClassicState.EMPTY.mayBecome(ClassicState.STABLE)).isFalse();
    assertThat(ClassicState.PREPARING_REBALANCE.mayBecome(ClassicState.STABLE)).isFalse();
    assertThat(ClassicState.STABLE.mayBecome(ClassicState.EMPTY)).isFalse();
  }

  @Test
  void illegal_move_throws_and_says_why() {
    FakeCoordination fake = new FakeCoordination();
    Membership membership =
        new Membership(
            "group", fake.timers, fake.settings, KeptGroup.none(fake.timers.nowMillis()));

    assertThatThrownBy(() -> membership.onAssignment(Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("EMPTY to STABLE")
        .hasMessageContaining("the leader has assigned");

    membership.close(ErrorCode.NOT_COORDINATOR, "moved");
    assertThatThrownBy(() -> membership.prepareRebalance("late"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("DEAD to PREPARING_REBALANCE");
  }
}
