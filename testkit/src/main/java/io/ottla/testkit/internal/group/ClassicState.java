package io.ottla.testkit.internal.group;

/** Where a classic group is between two generations. */
public enum ClassicState {
  /** No members; offsets may be kept, and anybody may commit. */
  EMPTY("Empty"),

  /** Members are asked to join, and those that do wait for the others. */
  PREPARING_REBALANCE("PreparingRebalance"),

  /** A generation has begun; its members wait for what the leader assigns. */
  COMPLETING_REBALANCE("CompletingRebalance"),

  /** All members can have their assignments. */
  STABLE("Stable"),

  /** Deleted, converted, or continued by another coordinator; final. */
  DEAD("Dead");

  private final String wireName;

  ClassicState(String wireName) {
    this.wireName = wireName;
  }

  /** As the APIs write it. */
  public String wireName() {
    return wireName;
  }

  /** Whether a group may go from this state to that. */
  public boolean mayBecome(ClassicState next) {
    return switch (next) {
      case EMPTY -> this == PREPARING_REBALANCE;
      case PREPARING_REBALANCE -> this == EMPTY || this == COMPLETING_REBALANCE || this == STABLE;
      case COMPLETING_REBALANCE -> this == PREPARING_REBALANCE;
      case STABLE -> this == COMPLETING_REBALANCE;
      case DEAD -> this != DEAD;
    };
  }
}
