package io.ottla.admin;

/**
 * An offset that was asked for.
 *
 * @param offset the offset; {@link #NONE} if no record is as asked
 * @param timestampMs of its record, if it was found by time; else −1
 * @param leaderEpoch the epoch in which its record was written; −1 if the broker does not say
 */
public record PartitionOffset(long offset, long timestampMs, int leaderEpoch) {
  /** In place of an offset: no record is as asked. */
  public static final long NONE = -1;

  /** Whether there is such a record. */
  public boolean isFound() {
    return offset != NONE;
  }
}
