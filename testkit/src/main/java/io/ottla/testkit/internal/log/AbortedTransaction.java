package io.ottla.testkit.internal.log;

/**
 * A transaction whose records are void.
 *
 * @param producerId who began it
 * @param firstOffset its first record
 * @param lastOffset the marker that ended it
 * @param lastStableOffset the log's last stable offset when it had ended
 */
public record AbortedTransaction(
    long producerId, long firstOffset, long lastOffset, long lastStableOffset) {}
