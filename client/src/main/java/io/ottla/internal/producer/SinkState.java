package io.ottla.internal.producer;

/** Whether a sink may send. */
enum SinkState {
  /** Sends what comes; connects if it must. */
  IDLE,
  /** Waits for a connection. */
  CONNECTING,
  /** Could not connect, and tries again a little later. */
  PAUSING,
  /** Sends no more. */
  CLOSED;

  boolean mayBecome(SinkState next) {
    return switch (this) {
      case IDLE -> next == CONNECTING || next == PAUSING || next == CLOSED;
      case CONNECTING -> next == IDLE || next == PAUSING || next == CLOSED;
      case PAUSING -> next == IDLE || next == CLOSED;
      case CLOSED -> false;
    };
  }
}
