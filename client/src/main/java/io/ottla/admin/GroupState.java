package io.ottla.admin;

/** What a group is doing. */
public enum GroupState {
  /** It has no members; what it committed is kept. */
  EMPTY("Empty"),
  /** Its members are asked to join again. */
  PREPARING_REBALANCE("PreparingRebalance"),
  /** Its members wait for one of them to assign. */
  COMPLETING_REBALANCE("CompletingRebalance"),
  /** The broker works out who gets what (KIP-848). */
  ASSIGNING("Assigning"),
  /** Members give up and take over what was assigned (KIP-848). */
  RECONCILING("Reconciling"),
  /** Every member has what it was assigned. */
  STABLE("Stable"),
  /** It is gone. */
  DEAD("Dead"),
  /** The group's brokers cannot serve it as it is (KIP-1071). */
  NOT_READY("NotReady"),
  /** The broker does not say (before 2.6), or says something newer than this client. */
  UNKNOWN("Unknown");

  private final String label;

  GroupState(String label) {
    this.label = label;
  }

  /** As Kafka writes it. */
  public String label() {
    return label;
  }

  /** The state that Kafka calls so, in any case. */
  public static GroupState of(String label) {
    for (GroupState state : values()) {
      if (state.label.equalsIgnoreCase(label)) {
        return state;
      }
    }
    return UNKNOWN;
  }
}
