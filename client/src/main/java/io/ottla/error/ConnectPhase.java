package io.ottla.error;

/** How far the opening of a connection had come. */
public enum ConnectPhase {
  /** Looking up the addresses of the host's name. */
  DNS,
  /** Opening a socket to one address after the other. */
  TCP,
  /** Agreeing on protocol versions with whoever answered. */
  HANDSHAKE;

  /** As messages call it: lower case. */
  public String label() {
    return switch (this) {
      case DNS -> "dns";
      case TCP -> "tcp";
      case HANDSHAKE -> "handshake";
    };
  }
}
