package io.ottla.admin;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * A topic as a broker sees it.
 *
 * @param name its name
 * @param id its id; empty of brokers before 2.8
 * @param isInternal whether Kafka keeps it for itself, as {@code __consumer_offsets}
 * @param partitions in order, from 0 on
 */
public record TopicDescription(
    String name, Optional<UUID> id, boolean isInternal, List<Partition> partitions) {
  /** Copies the list. */
  public TopicDescription {
    partitions = List.copyOf(partitions);
  }

  /**
   * One of its partitions.
   *
   * @param number from 0 on
   * @param leader the broker that serves it; empty if it has no leader now
   * @param leaderEpoch grows with each election; −1 if the broker does not say (before 2.1)
   * @param replicas the brokers that keep it, the preferred leader first
   * @param inSync those that have all of it
   * @param offline those that are down; empty also of brokers before 1.0, which do not say
   */
  public record Partition(
      int number,
      OptionalInt leader,
      int leaderEpoch,
      List<Integer> replicas,
      List<Integer> inSync,
      List<Integer> offline) {
    /** Copies the lists. */
    public Partition {
      replicas = List.copyOf(replicas);
      inSync = List.copyOf(inSync);
      offline = List.copyOf(offline);
    }

    /** Whether some replica lags behind or is down. */
    public boolean isUnderReplicated() {
      return inSync.size() < replicas.size();
    }
  }

  /** How many replicas a partition has, at most. */
  public int replicas() {
    return partitions.stream().mapToInt(partition -> partition.replicas().size()).max().orElse(0);
  }

  /** Whether every partition has a leader. */
  public boolean hasLeaders() {
    return partitions.stream().allMatch(partition -> partition.leader().isPresent());
  }
}
