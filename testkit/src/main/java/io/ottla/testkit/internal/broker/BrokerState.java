package io.ottla.testkit.internal.broker;

/** Whether a fake broker serves. */
public enum BrokerState {
  /** It serves, and leads what it was elected for. */
  RUNNING,
  /** Its port refuses clients; it leads nothing. */
  STOPPED,
  /** It does not belong to the cluster any more. */
  REMOVED;

  /** Whether a broker may go from this state to the next one. */
  boolean mayBecome(BrokerState next) {
    return switch (this) {
      case RUNNING -> next == STOPPED;
      case STOPPED -> next == RUNNING || next == REMOVED;
      case REMOVED -> false;
    };
  }
}
