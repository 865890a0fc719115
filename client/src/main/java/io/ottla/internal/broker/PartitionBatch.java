package io.ottla.internal.broker;

import io.ottla.protocol.record.SealedBatch;

/**
 * The records of one call for one partition.
 *
 * @param topic the topic
 * @param partition the partition
 * @param records how many records they are; also after the batch was released
 * @param batch the records in their final form
 */
record PartitionBatch(String topic, int partition, int records, SealedBatch batch) {}
