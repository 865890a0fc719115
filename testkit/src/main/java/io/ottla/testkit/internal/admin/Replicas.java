package io.ottla.testkit.internal.admin;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.BrokerDirectory.BrokerAddress;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Placement;
import io.ottla.testkit.internal.topic.Topic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Which brokers get new partitions: those that run come first, those that belong to the cluster and
 * do not run only if there are not enough. Thread: the cluster's loop.
 */
final class Replicas {
  private final BrokerDirectory brokers;

  Replicas(BrokerDirectory brokers) {
    this.brokers = brokers;
  }

  /**
   * Spreads partitions.
   *
   * @param first the number of the first one
   * @throws RefusedException if there are not enough brokers
   */
  List<List<Integer>> spread(int partitions, int factor, int first) {
    List<Integer> alive = brokers.alive().stream().map(BrokerAddress::id).toList();
    List<Integer> all = new ArrayList<>(alive);
    brokers.registered().stream().filter(id -> !alive.contains(id)).forEach(all::add);
    if (factor > all.size() || alive.isEmpty()) {
      throw new RefusedException(
          ErrorCode.INVALID_REPLICATION_FACTOR,
          "%d replicas are not possible: of %d brokers %d run"
              .formatted(factor, all.size(), alive.size()));
    }
    List<List<Integer>> spread =
        Placement.spread(alive, partitions, Math.min(factor, alive.size()), first);
    List<Integer> stopped = all.subList(alive.size(), all.size());
    return spread.stream()
        .map(
            replicas -> {
              List<Integer> more = new ArrayList<>(replicas);
              more.addAll(stopped.subList(0, factor - replicas.size()));
              return List.copyOf(more);
            })
        .toList();
  }

  /**
   * Checks the brokers that a client chose for a partition.
   *
   * @param factor how many there must be; 0: any number
   * @throws RefusedException if they cannot be
   */
  void check(List<Integer> chosen, int factor) {
    if (chosen.isEmpty()) {
      throw refused("a partition without a replica");
    }
    if (new HashSet<>(chosen).size() < chosen.size()) {
      throw refused("the same broker more than once: " + chosen);
    }
    if (!brokers.registered().containsAll(chosen)) {
      throw refused("not all of %s are among %s".formatted(chosen, brokers.registered()));
    }
    if (factor > 0 && chosen.size() != factor) {
      throw refused("%s where %d replicas are usual".formatted(chosen, factor));
    }
    if (chosen.stream().noneMatch(brokers::isAlive)) {
      throw refused("none of " + chosen + " runs");
    }
  }

  /** Takes replicas on brokers that do not run out of sync, and their leadership from them. */
  void leaveOutStopped(Topic topic, int firstPartition) {
    for (Partition partition :
        topic.partitions().subList(firstPartition, topic.partitions().size())) {
      List<Integer> running = partition.replicas().stream().filter(brokers::isAlive).toList();
      if (running.size() < partition.replicas().size()) {
        partition.setInSync(running);
        if (!running.contains(partition.leader())) {
          partition.elect(running.get(0));
        }
      }
    }
  }

  private static RefusedException refused(String why) {
    return new RefusedException(ErrorCode.INVALID_REPLICA_ASSIGNMENT, why);
  }
}
