package io.ottla.internal.net;

import io.ottla.protocol.message.ApiKey;

/** How tokens travel. */
enum SaslStyle {
  /** In requests, after the broker's consent to the mechanism: since Kafka 1.0. */
  REQUESTS,
  /** Bare, after the broker's consent to the mechanism: Kafka 0.10 and 0.11. */
  BARE,
  /** Bare and at once: Kafka 0.9, which knows GSSAPI alone. */
  BARE_AT_ONCE;

  /** What a peer takes that told its versions. */
  static SaslStyle of(PeerVersions peer) {
    boolean takesRequests =
        peer.takes(ApiKey.SASL_HANDSHAKE, 1) && peer.highestCommon(ApiKey.SASL_AUTHENTICATE) >= 0;
    return takesRequests ? REQUESTS : BARE;
  }

  boolean isRaw() {
    return this != REQUESTS;
  }

  boolean hasHandshake() {
    return this != BARE_AT_ONCE;
  }

  int handshakeVersion() {
    return this == REQUESTS ? 1 : 0;
  }
}
