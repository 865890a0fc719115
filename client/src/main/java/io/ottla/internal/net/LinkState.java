package io.ottla.internal.net;

/** The states of a link. */
enum LinkState {
  /** No connection, and nobody needs one. */
  IDLE,
  /** A connection is being opened; calls wait. */
  DIALING,
  /** There is a connection. */
  OPEN,
  /** Takes no more calls; those under way may end, over a connection or a dial of before. */
  CLOSING,
  /** Over. Final. */
  CLOSED;

  boolean mayBecome(LinkState next) {
    return switch (this) {
      case IDLE -> next == DIALING || next == CLOSING;
      case DIALING -> next == OPEN || next == IDLE || next == CLOSING;
      case OPEN -> next == IDLE || next == CLOSING;
      case CLOSING -> next == CLOSED;
      case CLOSED -> false;
    };
  }

  boolean acceptsCalls() {
    return switch (this) {
      case IDLE, DIALING, OPEN -> true;
      case CLOSING, CLOSED -> false;
    };
  }
}
