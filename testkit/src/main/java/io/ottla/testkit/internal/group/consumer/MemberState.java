package io.ottla.testkit.internal.group.consumer;

/** Where a member is on its way to the target assignment; names and meanings are Kafka's. */
public enum MemberState {
  /** Has what the target gave it at its epoch, or has not been told of a newer target yet. */
  STABLE,
  /** Was told to give up partitions and has not said that it did; keeps its epoch until then. */
  UNREVOKED_PARTITIONS,
  /** Is in the target's epoch, but waits for partitions that others have not given up. */
  UNRELEASED_PARTITIONS;

  /** Whether a member in this state may be moved to the other one; staying is no move. */
  boolean mayBecome(MemberState next) {
    return this != next;
  }
}
