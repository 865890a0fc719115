package io.ottla.testkit.internal.wire;

/** What a connection of a fake broker is doing. */
public enum ConnectionState {
  /** It takes the next request as soon as one is there. */
  READING,
  /** A request is being answered; what comes meanwhile waits. */
  BUSY,
  /** It was told to take no more requests: a broker that hangs, or throttles. */
  MUTED,
  /** It is gone. */
  CLOSED;

  /** Whether a connection may go from this state to the next one. */
  boolean mayBecome(ConnectionState next) {
    return switch (this) {
      case READING -> next == BUSY || next == MUTED || next == CLOSED;
      case BUSY -> next == READING || next == MUTED || next == CLOSED;
      case MUTED -> next == READING || next == CLOSED;
      case CLOSED -> false;
    };
  }
}
