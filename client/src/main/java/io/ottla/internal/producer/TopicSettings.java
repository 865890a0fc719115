package io.ottla.internal.producer;

import io.ottla.producer.Acks;
import io.ottla.producer.Overflow;
import io.ottla.producer.Partitioner;
import io.ottla.protocol.record.Compression;

/**
 * How records of one topic are sent.
 *
 * @param acks who must have a record
 * @param requestTimeoutNanos how long a broker may take to answer
 * @param deliveryTimeoutNanos how long a record may take from its send to its report
 * @param compression of its batches
 * @param partitioner chooses where no partition is given
 * @param overflow what happens if there is no room
 * @param lingerNanos how long an open batch waits for more records; 0: while something is in flight
 * @param batchBytes a batch takes no more records beyond this, as it is sent
 * @param batchRecords likewise
 * @param maxRecordBytes the largest that a batch with a single record may be
 */
public record TopicSettings(
    Acks acks,
    long requestTimeoutNanos,
    long deliveryTimeoutNanos,
    Compression compression,
    Partitioner partitioner,
    Overflow overflow,
    long lingerNanos,
    int batchBytes,
    int batchRecords,
    int maxRecordBytes) {}
