package io.ottla.testkit.internal.group;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Forgets offsets that nobody uses any more, and groups without members of which nothing is left.
 *
 * <p>Thread: the cluster's loop.
 */
final class OffsetExpiry {
  private final GroupCoordinator coordinator;

  OffsetExpiry(GroupCoordinator coordinator) {
    this.coordinator = coordinator;
  }

  /** Looks through all groups now and, from now on, again and again. */
  void start() {
    coordinator
        .timers()
        .schedule(
            coordinator.settings().offsetsRetentionCheckIntervalMs(),
            () -> {
              expire();
              start();
            });
  }

  /** Looks through all groups once. */
  void expire() {
    for (Group group : coordinator.groups().all()) {
      boolean isLeftWithout = expire(group);
      if (isLeftWithout && group.isEmpty()) {
        coordinator.delete(group);
      }
    }
  }

  /** Says whether nothing is left. */
  private boolean expire(Group group) {
    record Expired(String topic, int partition) {}

    List<Expired> expired = new ArrayList<>();
    coordinator
        .offsets()
        .of(group.id())
        .forEach(
            (topic, partitions) ->
                partitions.forEach(
                    (partition, offset) -> {
                      if (isExpired(group, topic, partition, offset)) {
                        expired.add(new Expired(topic, partition));
                      }
                    }));
    expired.forEach(
        offset -> coordinator.offsets().remove(group.id(), offset.topic, offset.partition));
    return coordinator.offsets().of(group.id()).isEmpty();
  }

  private boolean isExpired(Group group, String topic, int partition, CommittedOffset offset) {
    OptionalLong start = group.retentionStart(offset);
    if (start.isEmpty()
        || group.isSubscribedTo(topic)
        || coordinator.offsets().isUnstable(group.id(), topic, partition)) {
      return false;
    }
    long expiresAtMillis =
        offset.expiresAtMillis() == CommittedOffset.BY_GROUP
            ? start.getAsLong() + coordinator.settings().offsetsRetentionMs()
            : offset.expiresAtMillis();
    return coordinator.timers().nowMillis() >= expiresAtMillis;
  }
}
