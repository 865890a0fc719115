package io.ottla.stats;

import java.time.Duration;

/**
 * What a producer holds, and who waits for room in it.
 *
 * @param records records that were taken and have no report yet
 * @param bytes what their batches take of the memory
 * @param limitBytes how much there is: {@code memory}
 * @param waitingSenders how many threads wait for room now
 * @param blockedSends how often a sender has waited, since the producer was opened
 * @param blockedTime how long senders have waited, all together, since the producer was opened
 */
public record BufferStats(
    long records,
    long bytes,
    long limitBytes,
    int waitingSenders,
    long blockedSends,
    Duration blockedTime) {}
