package io.ottla.testkit.internal.group.consumer;

import io.ottla.testkit.internal.group.consumer.Assignor.Candidate;
import io.ottla.testkit.internal.group.consumer.Assignor.Group;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The uniform assignor for members that all want the same topics: everybody's quota is known
 * beforehand, so each member keeps what fits into its own, and the rest fills those who have room.
 *
 * <p>Always: no two members differ by more than one partition. One use per assignment.
 */
final class EvenQuotas {
  private final Group group;
  private final Set<UUID> topics;

  private final Map<String, Map<UUID, SortedSet<Integer>>> given = new HashMap<>();

  /** In the order in which members take from it: never assigned ones first. */
  private final Deque<TopicIdPartition> free = new ArrayDeque<>();

  /** How many partitions each member still may take; members without room are absent. */
  private final Map<String, Integer> room = new LinkedHashMap<>();

  private int quota;

  /** How many members may still have one partition above the quota. */
  private int extras;

  EvenQuotas(Group group) {
    this.group = group;
    // A hash set, because Kafka hands out new partitions in the order of one.
    this.topics = new HashSet<>(group.members().values().iterator().next().topicIds());
  }

  Map<String, Assignment> assign() {
    int total = collectFree();
    quota = total / group.members().size();
    extras = total % group.members().size();

    int membersLeft = group.members().size();
    for (Map.Entry<String, Candidate> member : group.members().entrySet()) {
      keepWithinQuota(member.getKey(), member.getValue().previous(), membersLeft--);
    }
    room.forEach(this::fill);

    Map<String, Assignment> assignments = new HashMap<>();
    given.forEach((member, partitions) -> assignments.put(member, new Assignment(partitions)));
    return assignments;
  }

  /** Finds what nobody has, and returns how many partitions there are at all. */
  private int collectFree() {
    Set<TopicIdPartition> taken = new HashSet<>();
    group.members().values().forEach(member -> taken.addAll(member.previous().partitions()));
    int total = 0;
    for (UUID topic : topics) {
      int count = group.partitionCounts().applyAsInt(topic);
      for (int partition = 0; partition < count; partition++) {
        TopicIdPartition candidate = new TopicIdPartition(topic, partition);
        if (!taken.contains(candidate)) {
          free.add(candidate);
        }
      }
      total += count;
    }
    return total;
  }

  private void keepWithinQuota(String member, Assignment previous, int membersLeft) {
    boolean mayHaveExtra = extras > 0;
    int left = quota + (mayHaveExtra ? 1 : 0);
    Map<UUID, SortedSet<Integer>> kept = new HashMap<>();
    for (Map.Entry<UUID, SortedSet<Integer>> had : previous.topics().entrySet()) {
      if (!topics.contains(had.getKey())) {
        continue;
      }
      for (int partition : had.getValue()) {
        if (left > 0) {
          left--;
          kept.computeIfAbsent(had.getKey(), id -> new TreeSet<>()).add(partition);
        } else {
          free.add(new TopicIdPartition(had.getKey(), partition));
        }
      }
    }
    if (left > 0 && mayHaveExtra && membersLeft > extras) {
      // It would have to be given something for its extra one; a later member may have one already.
      left--;
      mayHaveExtra = false;
    }
    if (left > 0) {
      room.put(member, left);
    }
    if (mayHaveExtra) {
      extras--;
    }
    given.put(member, kept);
  }

  private void fill(String member, int left) {
    Map<UUID, SortedSet<Integer>> more = given.computeIfAbsent(member, id -> new HashMap<>());
    for (int i = 0; i < left && !free.isEmpty(); i++) {
      TopicIdPartition next = free.remove();
      more.computeIfAbsent(next.topicId(), id -> new TreeSet<>()).add(next.partition());
    }
  }
}
