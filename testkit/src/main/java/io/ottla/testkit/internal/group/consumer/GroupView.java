package io.ottla.testkit.internal.group.consumer;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A consumer group at one moment, for tests. Immutable; any thread.
 *
 * @param epoch raised by every change that members must follow
 * @param targetEpoch the epoch that the targets are of; lower than the epoch while they are due
 * @param assignor the one that counts now
 * @param members by member id
 */
public record GroupView(
    GroupState state,
    int epoch,
    int targetEpoch,
    String assignor,
    Map<String, MemberView> members) {
  /** Copies. */
  public GroupView {
    members = Collections.unmodifiableMap(new TreeMap<>(members));
  }

  /**
   * A member at one moment.
   *
   * @param assigned what it has
   * @param pendingRevocation what it was told to give up and may still have
   * @param target what it is to have in the end
   */
  public record MemberView(
      MemberState state,
      int epoch,
      Set<TopicIdPartition> assigned,
      Set<TopicIdPartition> pendingRevocation,
      SortedSet<TopicIdPartition> target) {
    /** Copies. */
    public MemberView {
      assigned = Collections.unmodifiableSortedSet(new TreeSet<>(assigned));
      pendingRevocation = Collections.unmodifiableSortedSet(new TreeSet<>(pendingRevocation));
      target = Collections.unmodifiableSortedSet(new TreeSet<>(target));
    }
  }
}
