package io.ottla.consumer;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.record.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * What a fetch brought of one partition.
 *
 * @param topic the topic
 * @param partition the partition
 * @param error {@link ErrorCode#NONE} if it could be read
 * @param message why not, in words; null if it could be read
 * @param highWatermark the first offset that is not yet on all replicas in sync; −1 if unknown
 * @param lastStableOffset the first offset of the oldest open transaction, or the high watermark;
 *     −1 if the broker does not say
 * @param logStartOffset the first offset that the partition still has; −1 if the broker does not
 *     say
 * @param batches the batches, in order. They lie in memory that belongs to this result, for as long
 *     as it is reachable. The first may begin below the offset asked for.
 */
public record FetchResult(
    String topic,
    int partition,
    ErrorCode error,
    @Nullable String message,
    long highWatermark,
    long lastStableOffset,
    long logStartOffset,
    Iterable<RecordBatch> batches) {}
