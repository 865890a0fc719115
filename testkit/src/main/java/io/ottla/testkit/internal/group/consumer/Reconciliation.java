package io.ottla.testkit.internal.group.consumer;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One step of one member towards its target: first it gives up what it is to lose, in its old
 * epoch; then it enters the target's epoch and is given what is free; what others still hold it
 * gets in later steps. Pure; the step is taken by whoever asked.
 *
 * @param held what the member has
 * @param target what it is to have
 * @param targetEpoch the epoch of that target
 * @param surroundings what else decides
 */
record Reconciliation(Holding held, Assignment target, int targetEpoch, Surroundings surroundings) {

  /**
   * What else decides.
   *
   * @param isSubscribed whether the member wants a topic that exists, whatever the target says: a
   *     target may be older than the subscription
   * @param isOwned whether any member has that partition now
   * @param reported what the member says that it has; null if it did not say, which is no
   *     revocation
   * @param subscriptionChanged whether the member has just asked for other topics
   */
  record Surroundings(
      Predicate<UUID> isSubscribed,
      Predicate<TopicIdPartition> isOwned,
      @Nullable Set<TopicIdPartition> reported,
      boolean subscriptionChanged) {}

  /** What the member has next; the same object if it can go no further now. */
  Holding next() {
    return switch (held.state()) {
      case STABLE ->
          held.epoch() != targetEpoch
              ? towardsTarget()
              : surroundings.subscriptionChanged ? withoutUnsubscribed() : held;
      case UNREVOKED_PARTITIONS ->
          !stillHolds(held.pendingRevocation().keySet())
              ? towardsTarget()
              : surroundings.subscriptionChanged ? withoutUnsubscribed() : held;
      case UNRELEASED_PARTITIONS -> towardsTarget();
    };
  }

  private Holding towardsTarget() {
    SortedSet<TopicIdPartition> wanted = target.partitions();
    wanted.removeIf(partition -> !surroundings.isSubscribed.test(partition.topicId()));

    SortedMap<TopicIdPartition, Integer> kept = new TreeMap<>(held.assigned());
    kept.keySet().retainAll(wanted);
    SortedMap<TopicIdPartition, Integer> lost = new TreeMap<>(held.assigned());
    lost.keySet().removeAll(wanted);
    if (stillHolds(lost.keySet())) {
      return new Holding(MemberState.UNREVOKED_PARTITIONS, held.epoch(), held.epoch(), kept, lost);
    }

    SortedSet<TopicIdPartition> missing = new TreeSet<>(wanted);
    missing.removeAll(kept.keySet());
    boolean waits = missing.removeIf(this::isElsewhere);
    missing.forEach(partition -> kept.put(partition, targetEpoch));
    return new Holding(
        waits ? MemberState.UNRELEASED_PARTITIONS : MemberState.STABLE,
        targetEpoch,
        held.epoch(),
        kept,
        Collections.emptySortedMap());
  }

  /**
   * The short way when only the subscription changed: what is no longer wanted goes at once,
   * without a new target, which may take a while.
   */
  private Holding withoutUnsubscribed() {
    SortedMap<TopicIdPartition, Integer> kept = new TreeMap<>(held.assigned());
    kept.keySet().removeIf(partition -> !surroundings.isSubscribed.test(partition.topicId()));
    if (kept.size() == held.assigned().size()) {
      return held;
    }
    SortedMap<TopicIdPartition, Integer> lost = new TreeMap<>(held.assigned());
    lost.keySet().removeAll(kept.keySet());
    lost.putAll(held.pendingRevocation());
    return stillHolds(lost.keySet())
        ? new Holding(MemberState.UNREVOKED_PARTITIONS, held.epoch(), held.epoch(), kept, lost)
        : new Holding(held.state(), held.epoch(), held.epoch(), kept, held.pendingRevocation());
  }

  /** Whether the member has any of these as far as is known: silence is no revocation. */
  private boolean stillHolds(Collection<TopicIdPartition> partitions) {
    if (partitions.isEmpty()) {
      return false;
    }
    Set<TopicIdPartition> reported = surroundings.reported;
    return reported == null || partitions.stream().anyMatch(reported::contains);
  }

  private boolean isElsewhere(TopicIdPartition partition) {
    return surroundings.isOwned.test(partition) && !held.pendingRevocation().containsKey(partition);
  }
}
