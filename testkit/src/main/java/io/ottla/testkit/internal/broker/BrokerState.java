package io.ottla.testkit.internal.broker;

import java.util.EnumSet;
import java.util.Set;

/** Whether a fake broker serves. */
public enum BrokerState {
  /** It serves, and leads what it was elected for. */
  RUNNING,
  /** Its port refuses clients; it leads nothing. */
  STOPPED,
  /** It does not belong to the cluster any more. */
  REMOVED;

  /** Which states may follow. */
  public Set<BrokerState> mayBecome() {
    return switch (this) {
      case RUNNING -> EnumSet.of(STOPPED);
      case STOPPED -> EnumSet.of(RUNNING, REMOVED);
      case REMOVED -> EnumSet.noneOf(BrokerState.class);
    };
  }
}
