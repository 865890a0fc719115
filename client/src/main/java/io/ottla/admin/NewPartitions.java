package io.ottla.admin;

import java.util.List;

/**
 * Partitions to be added to a topic. Records with keys that were written before stay where they
 * are: a key may hash to another partition from then on.
 *
 * @param topic the topic's name
 * @param total how many it shall have in all
 * @param assignments for each new partition the ids of the brokers that keep it, the preferred
 *     leader first; empty to let the controller choose
 */
public record NewPartitions(String topic, int total, List<List<Integer>> assignments) {
  /** Copies the lists. */
  public NewPartitions {
    assignments = assignments.stream().map(List::copyOf).toList();
  }

  /** So many partitions in all, placed by the controller. */
  public static NewPartitions upTo(String topic, int total) {
    return new NewPartitions(topic, total, List.of());
  }
}
