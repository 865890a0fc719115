package io.ottla.testkit.reference.program;

import io.ottla.testkit.reference.ReferenceCluster;
import java.util.Map;

/** A group with ranges, all partitions given up at each rebalance. */
public final class RangeGroup extends Groups {
  @Override
  Map<String, Object> options(ReferenceCluster cluster) {
    return Map.of(
        "partition.assignment.strategy", "org.apache.kafka.clients.consumer.RangeAssignor");
  }
}
