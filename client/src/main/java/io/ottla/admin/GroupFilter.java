package io.ottla.admin;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which groups are listed.
 *
 * @param states those in one of these states; empty for all. Needs Kafka 2.6
 * @param types those of one of these types; empty for all. Needs Kafka 3.8
 */
public record GroupFilter(Set<GroupState> states, Set<GroupType> types) {
  /** Copies the sets. */
  public GroupFilter {
    states = Set.copyOf(states);
    types = Set.copyOf(types);
  }

  /** All groups. */
  public static GroupFilter all() {
    return new GroupFilter(Set.of(), Set.of());
  }

  /** Groups in one of these states. */
  public static GroupFilter in(GroupState first, GroupState... more) {
    return new GroupFilter(EnumSet.of(first, more), Set.of());
  }

  /** Groups of one of these types. */
  public static GroupFilter of(GroupType first, GroupType... more) {
    return new GroupFilter(Set.of(), EnumSet.of(first, more));
  }
}
