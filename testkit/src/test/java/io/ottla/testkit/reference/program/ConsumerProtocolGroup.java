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

  /** The clients say so of a member that closes while it is given another's partitions. */
  @Override
  public List<String> expectedWarnings() {
    return List.of("Reconciliation failed.");
  }
}
