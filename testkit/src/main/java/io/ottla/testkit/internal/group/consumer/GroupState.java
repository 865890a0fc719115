package io.ottla.testkit.internal.group.consumer;

/** What a consumer group is doing; names and meanings are Kafka's. */
public enum GroupState {
  /** Has no members; may still have committed offsets. */
  EMPTY("Empty"),
  /** The target assignment is older than the group's epoch. */
  ASSIGNING("Assigning"),
  /** There is a target, and not every member has reached it. */
  RECONCILING("Reconciling"),
  /** Every member has what the target gives it. */
  STABLE("Stable"),
  /** Deleted, or turned into a classic group; nothing reaches it any more. */
  DEAD("Dead");

  private final String wireName;

  GroupState(String wireName) {
    this.wireName = wireName;
  }

  /** As describing and listing groups name it. */
  public String wireName() {
    return wireName;
  }

  /** Whether a group in this state may be moved to the other one; staying is no move. */
  boolean mayBecome(GroupState next) {
    return this != next && this != DEAD;
  }
}
