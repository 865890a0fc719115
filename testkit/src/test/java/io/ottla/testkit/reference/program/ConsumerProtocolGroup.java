package io.ottla.testkit.reference.program;

import io.ottla.testkit.reference.ReferenceCluster;
import java.util.List;
import java.util.Map;

/** A group with the coordinator's assignor (KIP-848). */
public final class ConsumerProtocolGroup extends Groups {
  @Override
  Map<String, Object> options(ReferenceCluster cluster) {
    return Map.of("group.protocol", "consumer");
  }

  /**
   * The clients say so of a member that closes while it is given another's partitions: it asks for
   * their committed offsets with epoch n, a heartbeat raises its epoch, the answer is
   * STALE_MEMBER_EPOCH, and by then it has left and cannot ask again.
   */
  @Override
  public List<String> expectedWarnings() {
    return List.of(
        "Reconciliation failed.",
        "STALE_MEMBER_EPOCH and the consumer is not part of the group anymore");
  }
}
