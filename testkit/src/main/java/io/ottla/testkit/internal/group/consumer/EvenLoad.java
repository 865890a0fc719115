package io.ottla.testkit.internal.group.consumer;

import io.ottla.testkit.internal.group.consumer.Assignor.Candidate;
import io.ottla.testkit.internal.group.consumer.Assignor.Group;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The uniform assignor for members that want different topics: everybody keeps what it had and
 * still wants, what is free goes to the least loaded, and then topic by topic the most loaded hands
 * over to the least loaded until no topic's audience differs by more than one, or time is up.
 *
 * <p>Always: a partition goes only to a member that wants its topic. Balance is among the audience
 * of each topic; chains over several topics are not looked for. One use per assignment. Members are
 * numbered in the order of the group; all ties are broken by that number.
 */
final class EvenLoad {
  /** Overlapping audiences can need many rounds to settle; the imbalance halves in each. */
  private static final int MAX_ROUNDS = 16;

  private static final int NOBODY = -1;

  /** A topic that somebody wants. */
  private static final class Topic {
    private final UUID id;

    /** Who wants it, ascending. */
    private final List<Integer> audience = new ArrayList<>();

    /** By partition; {@link #NOBODY} where there is none. */
    private final int[] owners;

    Topic(UUID id, int partitions) {
      this.id = id;
      this.owners = new int[partitions];
      Arrays.fill(owners, NOBODY);
    }

    double perMember() {
      return (double) owners.length / audience.size();
    }
  }

  private final List<Map.Entry<String, Candidate>> members;
  private final Map<UUID, Topic> topics = new HashMap<>();

  /** How many partitions each member has. */
  private final int[] load;

  EvenLoad(Group group) {
    this.members = List.copyOf(group.members().entrySet());
    this.load = new int[members.size()];
    for (int member = 0; member < members.size(); member++) {
      for (UUID id : members.get(member).getValue().topicIds()) {
        topics
            .computeIfAbsent(id, t -> new Topic(t, group.partitionCounts().applyAsInt(t)))
            .audience
            .add(member);
      }
    }
  }

  Map<String, Assignment> assign() {
    for (int member = 0; member < members.size(); member++) {
      keep(member);
    }
    // Those topics first of which each of their audience gets most; they can even out least later.
    List<Topic> inOrder =
        topics.values().stream()
            .sorted(
                Comparator.comparingDouble(Topic::perMember)
                    .reversed()
                    .thenComparing(topic -> topic.audience.size())
                    .thenComparing(topic -> topic.id))
            .toList();
    inOrder.forEach(this::handOutFree);
    balance(inOrder.stream().filter(topic -> topic.audience.size() > 1).toList());
    return result();
  }

  private void keep(int member) {
    Candidate candidate = members.get(member).getValue();
    for (TopicIdPartition had : candidate.previous().partitions()) {
      Topic topic = topics.get(had.topicId());
      if (topic != null && candidate.topicIds().contains(had.topicId())) {
        give(topic, had.partition(), member);
      }
    }
  }

  private void handOutFree(Topic topic) {
    List<Integer> audience = byLoad(topic);
    for (int partition = 0; partition < topic.owners.length; partition++) {
      if (topic.owners[partition] == NOBODY) {
        give(topic, partition, leastLoaded(audience));
      }
    }
  }

  private void balance(List<Topic> contested) {
    boolean moved = true;
    for (int round = 0; moved && round < MAX_ROUNDS; round++) {
      moved = false;
      for (Topic topic : contested) {
        moved |= balance(topic);
      }
    }
  }

  /** Whether a partition changed hands. */
  private boolean balance(Topic topic) {
    List<Integer> audience = byLoad(topic);
    Map<Integer, List<Integer>> givable = partitionsByOwner(topic);
    int givers = audience.size();
    boolean moved = false;
    while (givers > 0) {
      int position = mostLoaded(audience, givers);
      int giver = audience.get(position);
      List<Integer> partitions = givable.getOrDefault(giver, List.of());
      if (partitions.isEmpty()) {
        // Its load is other topics. It may still take, so it only moves behind the givers.
        Collections.swap(audience, position, --givers);
        continue;
      }
      int taker = leastLoaded(audience);
      if (load[giver] - load[taker] <= 1) {
        return moved;
      }
      give(topic, partitions.remove(partitions.size() - 1), taker);
      moved = true;
    }
    return moved;
  }

  private List<Integer> byLoad(Topic topic) {
    List<Integer> audience = new ArrayList<>(topic.audience);
    audience.sort(Comparator.comparingInt(member -> load[member]));
    return audience;
  }

  /** The first of those who have least. */
  private int leastLoaded(List<Integer> audience) {
    int least = audience.get(0);
    for (int member : audience) {
      if (load[member] < load[least]) {
        least = member;
      }
    }
    return least;
  }

  /** The last position of those, among the first {@code givers}, who have most. */
  private int mostLoaded(List<Integer> audience, int givers) {
    int most = givers - 1;
    for (int position = givers - 1; position >= 0; position--) {
      if (load[audience.get(position)] > load[audience.get(most)]) {
        most = position;
      }
    }
    return most;
  }

  private static Map<Integer, List<Integer>> partitionsByOwner(Topic topic) {
    Map<Integer, List<Integer>> partitions = new HashMap<>();
    for (int partition = 0; partition < topic.owners.length; partition++) {
      partitions.computeIfAbsent(topic.owners[partition], id -> new ArrayList<>()).add(partition);
    }
    return partitions;
  }

  private void give(Topic topic, int partition, int member) {
    int before = topic.owners[partition];
    if (before != NOBODY) {
      load[before]--;
    }
    topic.owners[partition] = member;
    load[member]++;
  }

  private Map<String, Assignment> result() {
    List<List<TopicIdPartition>> partitions = new ArrayList<>();
    members.forEach(member -> partitions.add(new ArrayList<>()));
    for (Topic topic : topics.values()) {
      for (int partition = 0; partition < topic.owners.length; partition++) {
        partitions.get(topic.owners[partition]).add(new TopicIdPartition(topic.id, partition));
      }
    }
    Map<String, Assignment> assignments = new HashMap<>();
    for (int member = 0; member < members.size(); member++) {
      assignments.put(members.get(member).getKey(), Assignment.of(partitions.get(member)));
    }
    return assignments;
  }
}
