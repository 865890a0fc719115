package io.ottla.stats;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One topic of a producer.
 *
 * @param topic its name
 * @param pendingRecords records that were taken and have no report yet
 * @param pendingBytes their bytes, as far as they are sealed as on the wire
 * @param records what became of records
 * @param batches its batches
 * @param rates how much there was per second
 * @param queueTime from the send of a batch's first record to the batch's way to its leader; by
 *     records
 * @param totalTime from the send of a batch's first record to the batch's acknowledgement; by
 *     records
 * @param partitions the partitions that are known, by number
 */
public record TopicStats(
    String topic,
    long pendingRecords,
    long pendingBytes,
    RecordCounts records,
    BatchStats batches,
    SendRates rates,
    LatencyStats queueTime,
    LatencyStats totalTime,
    List<PartitionStats> partitions) {
  /** Copies the list. */
  public TopicStats {
    partitions = List.copyOf(partitions);
  }

  /** One of the partitions; null if it is not known. */
  public @Nullable PartitionStats partition(int number) {
    for (PartitionStats partition : partitions) {
      if (partition.partition() == number) {
        return partition;
      }
    }
    return null;
  }
}
