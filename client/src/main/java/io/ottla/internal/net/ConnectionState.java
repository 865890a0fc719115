package io.ottla.internal.net;

/** The states of a connection: an open socket and what is known of the peer. */
enum ConnectionState {
  /** The steps of the handshake run; only they send. */
  HANDSHAKING,
  /** Takes requests. */
  READY,
  /** Takes no more requests; those under way may end. */
  DRAINING,
  /** Over, for a cause that every later caller is told. Final. */
  CLOSED;

  boolean mayBecome(ConnectionState next) {
    return switch (this) {
      case HANDSHAKING -> next == READY || next == CLOSED;
      case READY -> next == DRAINING || next == CLOSED;
      case DRAINING -> next == CLOSED;
      case CLOSED -> false;
    };
  }

  boolean acceptsRequests() {
    return this == READY;
  }

  boolean isOpen() {
    return this != CLOSED;
  }
}
