package io.ottla.testkit.reference;

import java.util.List;

/** What programs run against. */
public interface ReferenceCluster {
  /** Where its brokers listen. */
  String bootstrapServers();

  /** How many brokers it has; their ids begin with 1. */
  int brokers();

  /** Makes another replica the leader of a partition. */
  void moveLeader(String topic, int partition, int toBroker);

  /** What clients warn of because it is a real cluster: parts of the text. */
  default List<String> expectedWarnings() {
    return List.of();
  }

  /** The shortest session that it allows members of groups to have. */
  int minSessionTimeoutMs();
}
