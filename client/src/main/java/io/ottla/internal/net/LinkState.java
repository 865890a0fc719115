package io.ottla.internal.net;

/** The states of a link. */
enum LinkState {
  /** No connection, and nobody needs one. */
  IDLE,
  /** A connection is being opened; calls wait. */
  DIALING,
  /** There is a connection. */
  OPEN,
  /** The last attempt failed, or its connection broke at once; calls wait for the next one. */
  BACKING_OFF,
  /** Takes no more calls; those under way may end, over a connection, or attempts to get one. */
  CLOSING,
  /** Over. Final. */
  CLOSED;

  boolean mayBecome(LinkState next) {
    return switch (this) {
      case IDLE -> next == DIALING || next == CLOSING;
      case DIALING -> next == OPEN || next == BACKING_OFF || next == CLOSING;
      case OPEN -> next == IDLE || next == BACKING_OFF || next == CLOSING;
      case BACKING_OFF -> next == DIALING || next == IDLE || next == CLOSING;
      case CLOSING -> next == CLOSED;
      case CLOSED -> false;
    };
  }

  boolean acceptsCalls() {
    return switch (this) {
      case IDLE, DIALING, OPEN, BACKING_OFF -> true;
      case CLOSING, CLOSED -> false;
    };
  }
}
