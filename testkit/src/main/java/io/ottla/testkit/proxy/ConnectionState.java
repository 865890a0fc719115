package io.ottla.testkit.proxy;

/** Where a {@link ProxiedConnection} stands. */
public enum ConnectionState {
  /** The client is connected; the broker is not yet, or will not be, behind a black hole. */
  CONNECTING,

  /** Both sides are connected; bytes go through as the faults let them. */
  OPEN,

  /** It was cut: both sides were told the end, and have not closed yet. */
  CLOSING,

  /** Both sockets are gone. */
  CLOSED;

  /** Whether a connection may go from this state to the next one. */
  boolean mayBecome(ConnectionState next) {
    return switch (this) {
      case CONNECTING -> next != CONNECTING;
      case OPEN -> next == CLOSING || next == CLOSED;
      case CLOSING -> next == CLOSED;
      case CLOSED -> false;
    };
  }
}
