package io.ottla.testkit.internal.log;

/**
 * Where the records of a leader epoch end.
 *
 * @param epoch the largest epoch, up to the one asked for, that the log knows; −1 if none
 * @param endOffset the first offset of a later epoch, or the log's end; −1 if not known
 */
public record EpochEnd(int epoch, long endOffset) {
  /** The answer about an epoch that the log has never heard of. */
  public static final EpochEnd UNKNOWN = new EpochEnd(-1, -1);
}
