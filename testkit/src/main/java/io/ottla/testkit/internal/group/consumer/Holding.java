package io.ottla.testkit.internal.group.consumer;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a member has now, and in which epoch. Immutable; {@link Reconciliation} makes the next one.
 *
 * <p>A partition in either map is the member's and nobody else's: while it is to be revoked, the
 * member may still work on it and commit it.
 *
 * @param epoch what the member must name in its requests
 * @param previousEpoch also accepted in a heartbeat, because the answer that told of the new epoch
 *     may have been lost
 * @param assigned the epoch in which each partition came to the member
 * @param pendingRevocation likewise, of those that the member has yet to give up
 */
record Holding(
    MemberState state,
    int epoch,
    int previousEpoch,
    SortedMap<TopicIdPartition, Integer> assigned,
    SortedMap<TopicIdPartition, Integer> pendingRevocation) {

  /** Of a member that has just come. */
  static final Holding NEW =
      new Holding(
          MemberState.STABLE, 0, 0, Collections.emptySortedMap(), Collections.emptySortedMap());

  /** The epoch of a static member that left and is expected back. */
  static final int AWAY = -2;

  Holding {
    assigned = Collections.unmodifiableSortedMap(new TreeMap<>(assigned));
    pendingRevocation = Collections.unmodifiableSortedMap(new TreeMap<>(pendingRevocation));
  }

  /** Whether nothing is left to do towards the target of that epoch. */
  boolean isReconciledTo(int targetEpoch) {
    return state == MemberState.STABLE && epoch == targetEpoch;
  }

  /** Everything that is nobody else's. */
  SortedSet<TopicIdPartition> owned() {
    SortedSet<TopicIdPartition> owned = new TreeSet<>(assigned.keySet());
    owned.addAll(pendingRevocation.keySet());
    return owned;
  }

  /** A static member that left for a while keeps its partitions, as if it always had them. */
  Holding away() {
    SortedMap<TopicIdPartition, Integer> kept = new TreeMap<>();
    assigned.keySet().forEach(partition -> kept.put(partition, 0));
    return new Holding(state, AWAY, previousEpoch, kept, Collections.emptySortedMap());
  }

  /** For the member that takes the place of a static one. */
  Holding takenOver() {
    return new Holding(state, 0, 0, assigned, pendingRevocation);
  }
}
