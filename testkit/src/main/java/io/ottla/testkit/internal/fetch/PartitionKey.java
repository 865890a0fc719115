package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.WireReader;
import java.util.UUID;

/**
 * What tells partitions apart in a request or session: the topic's id where the version has it,
 * else its name.
 *
 * @param topic the name; empty if the id counts
 * @param topicId the id; zero if the name counts
 */
record PartitionKey(String topic, UUID topicId, int partition) {
  static PartitionKey byName(String topic, int partition) {
    return new PartitionKey(topic, WireReader.ZERO_UUID, partition);
  }

  static PartitionKey byId(UUID topicId, int partition) {
    return new PartitionKey("", topicId, partition);
  }
}
