package io.ottla.internal.net;

import io.ottla.error.ConnectPhase;

/** One thing to settle before a connection takes requests: versions, then who we are. */
interface HandshakeStep {
  /** What it does, for the message of one that ended during it. */
  String what();

  /** The phase that it belongs to. */
  default ConnectPhase phase() {
    return ConnectPhase.HANDSHAKE;
  }

  /** Does it, on the loop, and ends with {@link Handshake#next} or {@link Handshake#fail}. */
  void run(Handshake handshake);

  /** The connection ended while it ran. */
  default void onClosed() {}
}
