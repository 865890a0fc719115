package io.ottla.admin;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Where partitions begin and end, and where they shall begin. Errors and threads: as with {@link
 * TopicAdmin}.
 */
public interface OffsetAdmin {
  /** The first offset that each partition still has. */
  default CompletableFuture<Outcomes<TopicPartition, PartitionOffset>> earliest(
      Collection<TopicPartition> partitions) {
    return find(partitions, OffsetSpec.earliest());
  }

  /** The offset behind the last record of each partition that can be read. */
  default CompletableFuture<Outcomes<TopicPartition, PartitionOffset>> latest(
      Collection<TopicPartition> partitions) {
    return find(partitions, OffsetSpec.latest());
  }

  /** The same offset of several partitions. */
  CompletableFuture<Outcomes<TopicPartition, PartitionOffset>> find(
      Collection<TopicPartition> partitions, OffsetSpec wanted);

  /** One offset. */
  CompletableFuture<PartitionOffset> find(TopicPartition partition, OffsetSpec wanted);

  /** For each partition the offset that is asked for. */
  CompletableFuture<Outcomes<TopicPartition, PartitionOffset>> find(
      Map<TopicPartition, OffsetSpec> wanted);

  /**
   * Deletes the records before an offset, for ever. Needs Kafka 0.11.
   *
   * @param before for each partition the first offset to keep; {@link #ALL_RECORDS} to keep none
   * @return the offset at which each partition begins then
   */
  CompletableFuture<Outcomes<TopicPartition, Long>> deleteRecords(Map<TopicPartition, Long> before);

  /** In place of an offset: everything that can be read now. */
  long ALL_RECORDS = -1;
}
