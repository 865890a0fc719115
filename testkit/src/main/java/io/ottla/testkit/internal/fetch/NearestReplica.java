package io.ottla.testkit.internal.fetch;

import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.BrokerDirectory.BrokerAddress;
import io.ottla.testkit.internal.topic.Partition;
import java.util.Comparator;
import java.util.OptionalInt;

/**
 * Which replica a leader sends a reader to: one in its rack (KIP-392), as Kafka's {@code
 * RackAwareReplicaSelector} does.
 */
final class NearestReplica {
  private final BrokerDirectory brokers;

  NearestReplica(BrokerDirectory brokers) {
    this.brokers = brokers;
  }

  /**
   * The follower to read from; empty if the leader is to be read.
   *
   * @param rack the reader's, or empty
   * @param offset what it wants to read; a replica that does not have it is not chosen
   */
  OptionalInt choose(Partition partition, String rack, long offset) {
    if (rack.isEmpty() || isIn(rack, partition.leader())) {
      return OptionalInt.empty();
    }
    return partition.replicas().stream()
        .filter(id -> partition.inSync().contains(id) && isIn(rack, id))
        .map(id -> new Candidate(id, Replica.of(partition, id)))
        .filter(candidate -> candidate.replica.has(offset))
        .max(
            Comparator.comparingLong((Candidate candidate) -> candidate.replica.end())
                .thenComparingInt(Candidate::brokerId))
        .map(candidate -> OptionalInt.of(candidate.brokerId))
        .orElse(OptionalInt.empty());
  }

  private boolean isIn(String rack, int brokerId) {
    BrokerAddress address = brokers.find(brokerId);
    return address != null && rack.equals(address.rack());
  }

  private record Candidate(int brokerId, Replica replica) {}
}
