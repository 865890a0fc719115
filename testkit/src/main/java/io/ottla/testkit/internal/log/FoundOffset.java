package io.ottla.testkit.internal.log;

/**
 * An offset that was looked for.
 *
 * @param timestamp the time of the record there; −1 if it was not looked for by time
 * @param offset the offset
 * @param leaderEpoch the leader epoch of the record there; −1 if not known
 */
public record FoundOffset(long timestamp, long offset, int leaderEpoch) {}
