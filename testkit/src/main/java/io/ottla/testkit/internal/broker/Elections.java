package io.ottla.testkit.internal.broker;

import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who leads when brokers come and go: the first replica that runs and is in sync, or nobody. The
 * last replica in sync stays that, also while it does not run, so that nothing is lost.
 *
 * <p>Thread: the cluster's loop.
 */
final class Elections {
  private final Topics topics;
  private final BrokerDirectory brokers;

  /** Partitions that lost their only leader in order, or not, until it comes back. */
  private final Set<Partition> stoppedInOrder = new HashSet<>();

  private final Set<Partition> killed = new HashSet<>();

  Elections(Topics topics, BrokerDirectory brokers) {
    this.topics = topics;
    this.brokers = brokers;
  }

  void onStopped(int brokerId, boolean isClean) {
    for (Partition partition : all()) {
      List<Integer> others =
          partition.inSync().stream().filter(replica -> replica != brokerId).toList();
      if (!others.isEmpty() && partition.inSync().contains(brokerId)) {
        partition.setInSync(others);
      }
      if (partition.isLedBy(brokerId)) {
        electAmong(partition, others);
        if (partition.leader() == Partition.NO_LEADER) {
          (isClean ? stoppedInOrder : killed).add(partition);
        }
      }
    }
  }

  void onStarted(int brokerId) {
    for (Partition partition : all()) {
      if (!partition.replicas().contains(brokerId)) {
        continue;
      }
      boolean wasInSync = partition.inSync().contains(brokerId);
      if (partition.leader() == Partition.NO_LEADER && wasInSync) {
        restore(partition);
        partition.elect(brokerId);
      } else if (partition.leader() != Partition.NO_LEADER && !wasInSync) {
        List<Integer> inSync = new ArrayList<>(partition.inSync());
        inSync.add(brokerId);
        partition.setInSync(inSync);
      }
    }
  }

  void onRemoved(int brokerId) {
    for (Partition partition : all()) {
      List<Integer> others =
          partition.replicas().stream().filter(replica -> replica != brokerId).toList();
      if (!others.isEmpty() && others.size() < partition.replicas().size()) {
        partition.reassign(others);
        if (!brokers.isAlive(partition.leader())) {
          electAmong(partition, others);
        }
      }
    }
  }

  /** What the leader still knows of idempotent producers depends on how it ended (KIP-98). */
  private void restore(Partition partition) {
    if (stoppedInOrder.remove(partition)) {
      partition.log().afterCleanRestart();
    }
    if (killed.remove(partition)) {
      partition.log().afterKill();
    }
  }

  private void electAmong(Partition partition, List<Integer> candidates) {
    partition.elect(
        candidates.stream().filter(brokers::isAlive).findFirst().orElse(Partition.NO_LEADER));
  }

  private List<Partition> all() {
    return topics.all().stream().flatMap(topic -> topic.partitions().stream()).toList();
  }
}
