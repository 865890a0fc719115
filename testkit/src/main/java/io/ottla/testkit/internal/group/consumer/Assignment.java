package io.ottla.testkit.internal.group.consumer;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a member is to have in the end: partitions by topic, ascending.
 *
 * <p>Always: immutable; no topic without partitions. Topics come in the order of a {@link HashMap},
 * as in Kafka's coordinator, because which partition the uniform assignor takes from a member that
 * has too many depends on it.
 */
public record Assignment(Map<UUID, SortedSet<Integer>> topics) {
  /** Nothing. */
  public static final Assignment NOTHING = new Assignment(Map.of());

  /** Copies. */
  public Assignment {
    Map<UUID, SortedSet<Integer>> copy = new HashMap<>();
    topics.forEach(
        (topic, partitions) -> {
          if (!partitions.isEmpty()) {
            copy.put(topic, Collections.unmodifiableSortedSet(new TreeSet<>(partitions)));
          }
        });
    topics = Collections.unmodifiableMap(copy);
  }

  static Assignment of(Collection<TopicIdPartition> partitions) {
    return new Assignment(byTopic(partitions));
  }

  /** Groups partitions by topic. */
  static Map<UUID, SortedSet<Integer>> byTopic(Collection<TopicIdPartition> partitions) {
    Map<UUID, SortedSet<Integer>> topics = new HashMap<>();
    partitions.forEach(
        p -> topics.computeIfAbsent(p.topicId(), id -> new TreeSet<>()).add(p.partition()));
    return topics;
  }

  /** The same, flat and sorted. */
  public SortedSet<TopicIdPartition> partitions() {
    SortedSet<TopicIdPartition> flat = new TreeSet<>();
    topics.forEach(
        (topic, partitions) -> partitions.forEach(p -> flat.add(new TopicIdPartition(topic, p))));
    return flat;
  }

  /** How many partitions. */
  public int size() {
    return topics.values().stream().mapToInt(Set::size).sum();
  }
}
