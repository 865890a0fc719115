package io.ottla.testkit.internal.log;

/**
 * What a log knows about an idempotent producer.
 *
 * @param producerId the producer
 * @param epoch the highest epoch that it has written with
 * @param lastSequence the sequence number of its last record in that epoch; −1 if there is none
 * @param lastTimestamp the latest record time of its last batch
 * @param coordinatorEpoch the epoch of the coordinator that ended its last transaction; −1 if none
 *     has
 * @param transactionStartOffset where its open transaction begins; −1 if none is open
 */
public record ProducerState(
    long producerId,
    short epoch,
    int lastSequence,
    long lastTimestamp,
    int coordinatorEpoch,
    long transactionStartOffset) {}
