package io.ottla.cli.cluster;

import io.ottla.admin.OffsetSpec;
import io.ottla.admin.PartitionOffset;
import io.ottla.admin.TopicPartition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where the partitions of a topic begin and end. */
public final class PartitionOffsets {
  private final Cluster cluster;
  private final String topic;

  public PartitionOffsets(Cluster cluster, String topic) {
    this.cluster = cluster;
    this.topic = topic;
  }

  /** The first offset that each partition still has. */
  public Map<Integer, Long> beginnings(Collection<Integer> partitions) throws InterruptedException {
    return find(partitions, OffsetSpec.earliest());
  }

  /** The offset after the last record of each partition, as far as it can be read now. */
  public Map<Integer, Long> ends(Collection<Integer> partitions) throws InterruptedException {
    return find(partitions, OffsetSpec.latest());
  }

  private Map<Integer, Long> find(Collection<Integer> partitions, OffsetSpec wanted)
      throws InterruptedException {
    List<TopicPartition> asked =
        partitions.stream().map(number -> new TopicPartition(topic, number)).toList();
    Map<TopicPartition, PartitionOffset> found =
        Answers.await(cluster.admin().offsets().find(asked, wanted)).orThrow();
    Map<Integer, Long> offsets = new TreeMap<>();
    found.forEach((partition, offset) -> offsets.put(partition.partition(), offset.offset()));
    return offsets;
  }
}
