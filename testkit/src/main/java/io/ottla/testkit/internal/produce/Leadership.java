package io.ottla.testkit.internal.produce;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.topic.Partition;
import org.jspecify.annotations.Nullable;

/** Whether a broker is the one to ask about a partition, and what it says if it is not. */
final class Leadership {
  /** Stands for the epoch of a client that does not know one. */
  static final int NO_EPOCH = -1;

  private Leadership() {}

  /** What a broker says that needs a replica. */
  static ErrorCode checkReplica(@Nullable Partition partition, int brokerId) {
    if (partition == null) {
      return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }
    return partition.replicas().contains(brokerId)
        ? ErrorCode.NONE
        : ErrorCode.NOT_LEADER_OR_FOLLOWER;
  }

  /** What a broker says that needs to lead. */
  static ErrorCode checkLeader(@Nullable Partition partition, int brokerId) {
    if (partition == null) {
      return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }
    return partition.isLedBy(brokerId) ? ErrorCode.NONE : ErrorCode.NOT_LEADER_OR_FOLLOWER;
  }

  /**
   * What a broker says to a client that may know another leader epoch (KIP-320).
   *
   * @param clientEpoch what the client knows, or {@link #NO_EPOCH}
   */
  static ErrorCode checkEpoch(Partition partition, int clientEpoch) {
    if (clientEpoch == NO_EPOCH || clientEpoch == partition.leaderEpoch()) {
      return ErrorCode.NONE;
    }
    return clientEpoch < partition.leaderEpoch()
        ? ErrorCode.FENCED_LEADER_EPOCH
        : ErrorCode.UNKNOWN_LEADER_EPOCH;
  }

  /** The first thing that is wrong; a broker that has no replica knows no epoch either. */
  static ErrorCode check(
      @Nullable Partition partition, int brokerId, int clientEpoch, boolean mustLead) {
    ErrorCode error = checkReplica(partition, brokerId);
    if (error == ErrorCode.NONE && partition != null) {
      error = checkEpoch(partition, clientEpoch);
    }
    return error == ErrorCode.NONE && mustLead ? checkLeader(partition, brokerId) : error;
  }
}
