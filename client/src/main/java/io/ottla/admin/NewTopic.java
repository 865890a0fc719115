package io.ottla.admin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A topic to be created. Immutable; the {@code with} methods return changed copies.
 *
 * @param name its name: letters, digits, {@code .}, {@code _} and {@code -}, at most 249
 * @param partitions how many, or {@link #BROKERS_DEFAULT}; with assignments: as many as those
 * @param replicas how many copies of each partition, or {@link #BROKERS_DEFAULT}; with assignments:
 *     as those say
 * @param assignments for each partition, from 0 on, the ids of the brokers that keep it, the
 *     preferred leader first; empty to let the controller choose
 * @param configs by Kafka's names, such as {@code cleanup.policy}
 */
public record NewTopic(
    String name,
    int partitions,
    int replicas,
    List<List<Integer>> assignments,
    Map<String, String> configs) {
  /** In place of a number: as the brokers are configured. Needs Kafka 2.4. */
  public static final int BROKERS_DEFAULT = -1;

  /** Copies lists and map, and checks the numbers. */
  public NewTopic {
    if (partitions < 1 && partitions != BROKERS_DEFAULT) {
      throw new IllegalArgumentException("topic " + name + " with " + partitions + " partitions");
    }
    if ((replicas < 1 && replicas != BROKERS_DEFAULT) || replicas > Short.MAX_VALUE) {
      throw new IllegalArgumentException("topic " + name + " with " + replicas + " replicas");
    }
    assignments = assignments.stream().map(List::copyOf).toList();
    configs = Collections.unmodifiableMap(new LinkedHashMap<>(configs));
  }

  /** A topic with so many partitions, and replicas as the brokers are configured. */
  public static NewTopic topic(String name, int partitions) {
    return new NewTopic(name, partitions, BROKERS_DEFAULT, List.of(), Map.of());
  }

  /** A topic with partitions and replicas as the brokers are configured. */
  public static NewTopic topic(String name) {
    return topic(name, BROKERS_DEFAULT);
  }

  /** The same topic with so many partitions. */
  public NewTopic withPartitions(int count) {
    return new NewTopic(name, count, replicas, assignments, configs);
  }

  /** The same topic with so many replicas of each partition. */
  public NewTopic withReplicas(int count) {
    return new NewTopic(name, partitions, count, assignments, configs);
  }

  /**
   * The same topic with one more partition, kept by these brokers. Partitions that are assigned
   * take the place of the numbers of partitions and replicas.
   */
  public NewTopic withPartitionOn(Integer... brokerIds) {
    List<List<Integer>> more = new ArrayList<>(assignments);
    more.add(List.of(brokerIds));
    return new NewTopic(name, BROKERS_DEFAULT, BROKERS_DEFAULT, more, configs);
  }

  /** The same topic with this config too. */
  public NewTopic withConfig(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(configs);
    more.put(key, value);
    return new NewTopic(name, partitions, replicas, assignments, more);
  }
}
