package io.ottla.error;

/** How far the opening of a connection had come. */
public enum ConnectPhase {
  /** Looking up the addresses of the host's name. */
  DNS,
  /** Opening a socket to one address after the other, through a proxy if there is one. */
  TCP,
  /** Agreeing on keys, and checking certificates. */
  TLS,
  /** Agreeing on protocol versions with whoever answered. */
  HANDSHAKE,
  /** Saying who we are. */
  SASL;

  /** As messages call it: lower case. */
  public String label() {
    return switch (this) {
      case DNS -> "dns";
      case TCP -> "tcp";
      case TLS -> "tls";
      case HANDSHAKE -> "handshake";
      case SASL -> "sasl";
    };
  }
}
