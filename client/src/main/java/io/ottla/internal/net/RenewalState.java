package io.ottla.internal.net;

/** The states of the renewal of a connection's session. */
enum RenewalState {
  /** The session lasts. */
  SCHEDULED,
  /** The mechanism is asked for credentials; calls go on. */
  PREPARING,
  /** The broker is asked; other calls wait. */
  HOLDING,
  /** It cannot be renewed: calls wait for another connection, those that left may end. */
  RETIRING,
  /** The connection is over, or its session has no end any more. Final. */
  OVER;

  boolean mayBecome(RenewalState next) {
    return switch (this) {
      case SCHEDULED -> next == PREPARING || next == RETIRING || next == OVER;
      case PREPARING -> next == HOLDING || next == SCHEDULED || next == RETIRING || next == OVER;
      case HOLDING -> next == SCHEDULED || next == OVER;
      case RETIRING -> next == OVER;
      case OVER -> false;
    };
  }
}
