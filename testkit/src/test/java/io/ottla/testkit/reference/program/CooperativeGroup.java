package io.ottla.testkit.reference.program;

import io.ottla.testkit.reference.ReferenceCluster;
import java.util.Map;

/** A group with the cooperative-sticky assignor. */
public final class CooperativeGroup extends Groups {
  @Override
  Map<String, Object> options(ReferenceCluster cluster) {
    return Map.of(
        "partition.assignment.strategy",
        "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
  }
}
