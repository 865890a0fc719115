package io.ottla.stats;

import java.time.Duration;

/**
 * One partition of a producer's topic.
 *
 * @param partition its number
 * @param pendingRecords records that were taken for it and have no report yet
 * @param pendingBytes their bytes, as far as they are sealed as on the wire
 * @param records what became of records; those that never had a partition count for the topic alone
 * @param batches its batches
 * @param meanTime from the send of a batch's first record to its acknowledgement, on average over
 *     all records that were written
 * @param longestTime the same of the batch that took longest
 */
public record PartitionStats(
    int partition,
    long pendingRecords,
    long pendingBytes,
    RecordCounts records,
    BatchStats batches,
    Duration meanTime,
    Duration longestTime) {}
