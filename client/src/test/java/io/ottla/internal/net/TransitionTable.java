package io.ottla.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiPredicate;

/** What every table of states must fulfil. */
public final class TransitionTable {
  private TransitionTable() {}

  /** Every state can be reached, and from every state a final one can. */
  public static <S extends Enum<S>> void check(
      Class<S> type, S first, Set<S> last, BiPredicate<S, S> mayBecome) {
    assertThat(reachableFrom(type, first, mayBecome)).isEqualTo(EnumSet.allOf(type));
    for (S state : type.getEnumConstants()) {
      Set<S> next = EnumSet.allOf(type);
      next.removeIf(other -> !mayBecome.test(state, other));
      if (last.contains(state)) {
        assertThat(next).as("after %s", state).isEmpty();
      } else {
        assertThat(reachableFrom(type, state, mayBecome))
            .as("from %s", state)
            .containsAnyElementsOf(last);
      }
      assertThat(next).as("%s becomes itself", state).doesNotContain(state);
    }
  }

  private static <S extends Enum<S>> Set<S> reachableFrom(
      Class<S> type, S first, BiPredicate<S, S> mayBecome) {
    Set<S> seen = EnumSet.of(first);
    Deque<S> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      S state = open.remove();
      for (S next : type.getEnumConstants()) {
        if (mayBecome.test(state, next) && seen.add(next)) {
          open.add(next);
        }
      }
    }
    return seen;
  }
}
