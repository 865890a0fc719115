package io.ottla.admin;

import java.util.Comparator;

/**
 * One partition of one topic. Ordered by topic, then by number.
 *
 * @param topic the topic's name
 * @param partition its number, from 0
 */
public record TopicPartition(String topic, int partition) implements Comparable<TopicPartition> {
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

  /** Checks name and number. */
  public TopicPartition {
    if (topic.isEmpty()) {
      throw new IllegalArgumentException("a partition needs the name of its topic");
    }
    if (partition < 0) {
      throw new IllegalArgumentException("partition " + partition + " is negative");
    }
  }

  @Override
  public int compareTo(TopicPartition other) {
    return ORDER.compare(this, other);
  }

  /** As messages write it: {@code orders-7}. */
  @Override
  public String toString() {
    return topic + "-" + partition;
  }
}
