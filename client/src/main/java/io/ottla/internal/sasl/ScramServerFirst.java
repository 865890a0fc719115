package io.ottla.internal.sasl;

import io.ottla.error.AuthenticationException;
import java.nio.ByteBuffer;

/**
 * The broker's first message: its part of the nonce, and how the password is to be hashed.
 *
 * @param text the whole message
 * @param nonce ours and the broker's together
 * @param salt at least one byte
 * @param iterations as they are bearable for both: a broker that asks for few wants to guess the
 *     password, one that asks for very many wants our time
 */
record ScramServerFirst(String text, String nonce, ByteBuffer salt, int iterations) {
  /** RFC 7677 and Kafka's clients ask for this many at least. */
  static final int FEWEST_ITERATIONS = 4_096;

  /** Half a second or so of work; Kafka's own tools allow 16 384 at most. */
  static final int MOST_ITERATIONS = 1_000_000;

  static ScramServerFirst read(byte[] message, String clientNonce) {
    ScramAttributes attributes = ScramAttributes.of(message);
    String nonce = attributes.next('r');
    ByteBuffer salt = ByteBuffer.wrap(attributes.nextBytes('s')).asReadOnlyBuffer();
    int iterations = iterations(attributes.next('i'));
    if (!nonce.startsWith(clientNonce) || nonce.length() == clientNonce.length()) {
      throw new AuthenticationException(
          "the broker's nonce does not extend ours: it answers another conversation", null);
    }
    if (!salt.hasRemaining()) {
      throw new AuthenticationException("the broker's salt is empty", null);
    }
    return new ScramServerFirst(attributes.text(), nonce, salt, iterations);
  }

  private static int iterations(String text) {
    // Ten digits at most, or it does not even fit.
    long iterations = text.matches("[1-9][0-9]{0,9}") ? Long.parseLong(text) : -1;
    if (iterations < FEWEST_ITERATIONS || iterations > MOST_ITERATIONS) {
      throw new AuthenticationException(
          "the broker asks for "
              + (iterations < 0 ? "an unreadable number of" : Long.toString(iterations))
              + " iterations; "
              + FEWEST_ITERATIONS
              + " to "
              + MOST_ITERATIONS
              + " are accepted; set the user's password anew with iterations in this range",
          null);
    }
    return (int) iterations;
  }
}
