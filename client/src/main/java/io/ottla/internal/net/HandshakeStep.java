package io.ottla.internal.net;

/**
 * One thing to settle before a connection takes requests. Versions now; TLS and authentication are
 * steps of the same kind.
 */
interface HandshakeStep {
  /** What it does, for the message of one that ended during it. */
  String what();

  /** Does it, on the loop, and ends with {@link Handshake#next} or {@link Handshake#fail}. */
  void run(Handshake handshake);
}
