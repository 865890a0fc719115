package io.ottla.security;

import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;

/** One of our exchanges, talking to a broker's side. */
final class Dialogue {
  static final SaslPeer PEER = new SaslPeer("broker1", 9092);

  private Dialogue() {}

  /** Until our side has nothing more to say; the caller looks who is satisfied. */
  static void hold(SaslExchange exchange, SaslServer broker) throws SaslException {
    byte[] ours = exchange.first();
    while (ours != null) {
      ours = exchange.next(broker.evaluateResponse(ours));
    }
  }
}
