package io.ottla.testkit.internal.group.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of both state machines. */
final class StatesTest {
  @Test
  void member_may_go_from_every_state_to_every_other() {
    for (MemberState from : MemberState.values()) {
      assertThat(next(from)).as("from %s", from).isEqualTo(EnumSet.complementOf(EnumSet.of(from)));
    }
  }

  private static Set<MemberState> next(MemberState from) {
    return Stream.of(MemberState.values()).filter(from::mayBecome).collect(Collectors.toSet());
  }

  @Test
  void group_goes_anywhere_until_it_is_dead() {
    for (GroupState from : GroupState.values()) {
      Set<GroupState> expected =
          from == GroupState.DEAD
              ? EnumSet.noneOf(GroupState.class)
              : EnumSet.complementOf(EnumSet.of(from));
      assertThat(Stream.of(GroupState.values()).filter(from::mayBecome))
          .as("from %s", from)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void every_group_state_is_reached_from_empty() {
    Set<GroupState> reached = EnumSet.of(GroupState.EMPTY);
    Deque<GroupState> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      GroupState from = open.remove();
      for (GroupState next : GroupState.values()) {
        if (from.mayBecome(next) && reached.add(next)) {
          open.add(next);
        }
      }
    }
    assertThat(reached).isEqualTo(EnumSet.allOf(GroupState.class));
  }

  @Test
  void group_states_are_named_as_kafka_names_them() {
    assertThat(Stream.of(GroupState.values()).map(GroupState::wireName))
        .containsExactly("Empty", "Assigning", "Reconciling", "Stable", "Dead");
  }
}
