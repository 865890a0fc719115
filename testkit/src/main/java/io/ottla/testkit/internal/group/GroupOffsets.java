package io.ottla.testkit.internal.group;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What groups have committed, by group, topic and partition; each kept until it is deleted, expires
 * or its topic is deleted.
 *
 * <p>Thread: the cluster's loop.
 */
public final class GroupOffsets {
  private record Place(String group, String topic, int partition) {}

  private final Map<String, Map<String, Map<Integer, CommittedOffset>>> byGroup = new HashMap<>();
  private final Set<Place> unstable = new HashSet<>();

  /** Commits; what was there is replaced, also by a lower offset. */
  public void put(String group, String topic, int partition, CommittedOffset offset) {
    byGroup
        .computeIfAbsent(group, id -> new TreeMap<>())
        .computeIfAbsent(topic, name -> new TreeMap<>())
        .put(partition, offset);
  }

  /** What is committed of a partition, or null. */
  public @Nullable CommittedOffset find(String group, String topic, int partition) {
    return of(group).getOrDefault(topic, Map.of()).get(partition);
  }

  /** All that a group has committed, by topic and partition, in order. Not to be changed. */
  public Map<String, Map<Integer, CommittedOffset>> of(String group) {
    return Collections.unmodifiableMap(byGroup.getOrDefault(group, Map.of()));
  }

  /** Forgets what is committed of one partition, if anything is. */
  public void remove(String group, String topic, int partition) {
    Map<String, Map<Integer, CommittedOffset>> topics = byGroup.get(group);
    Map<Integer, CommittedOffset> partitions = topics == null ? null : topics.get(topic);
    if (topics == null || partitions == null) {
      return;
    }
    partitions.remove(partition);
    if (partitions.isEmpty()) {
      topics.remove(topic);
    }
    if (topics.isEmpty()) {
      byGroup.remove(group);
    }
  }

  /** Forgets all that a group has committed. */
  public void removeGroup(String group) {
    byGroup.remove(group);
    unstable.removeIf(place -> place.group.equals(group));
  }

  /** Forgets what all groups have committed of a topic, because it is deleted. */
  public void removeTopic(String topic) {
    for (String group : new ArrayList<>(byGroup.keySet())) {
      for (int partition : new ArrayList<>(of(group).getOrDefault(topic, Map.of()).keySet())) {
        remove(group, topic, partition);
      }
    }
    unstable.removeIf(place -> place.topic.equals(topic));
  }

  /**
   * Says whether a transaction that has not ended holds an offset of this partition; whoever
   * requires stable offsets is then told UNSTABLE_OFFSET_COMMIT.
   */
  public void unstable(String group, String topic, int partition, boolean value) {
    Place place = new Place(group, topic, partition);
    if (value) {
      unstable.add(place);
    } else {
      unstable.remove(place);
    }
  }

  /** Whether {@link #unstable} has said so. */
  public boolean isUnstable(String group, String topic, int partition) {
    return unstable.contains(new Place(group, topic, partition));
  }
}
