package io.ottla.admin;

/**
 * How far a group has come in a partition.
 *
 * @param offset the next one to process
 * @param leaderEpoch the epoch of the last record processed; −1 if unknown
 * @param metadata what the committer noted; often empty
 */
public record CommittedOffset(long offset, int leaderEpoch, String metadata) {
  /** In place of an epoch: unknown. */
  public static final int NO_EPOCH = -1;

  /** An offset and nothing more. */
  public static CommittedOffset at(long offset) {
    return new CommittedOffset(offset, NO_EPOCH, "");
  }
}
