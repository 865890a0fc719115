package io.ottla.testkit.internal.group.consumer;

import java.util.Comparator;
import java.util.UUID;

/** A partition, its topic named by id: a topic that is deleted and created again is another one. */
public record TopicIdPartition(UUID topicId, int partition)
    implements Comparable<TopicIdPartition> {
  private static final Comparator<TopicIdPartition> ORDER =
      Comparator.comparing(TopicIdPartition::topicId).thenComparingInt(TopicIdPartition::partition);

  @Override
  public int compareTo(TopicIdPartition other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return topicId + "-" + partition;
  }
}
