package io.ottla.internal.sasl;

import io.ottla.error.AuthenticationException;

/** The broker's last message: its proof, or why it refuses ours. */
final class ScramServerFinal {
  private ScramServerFinal() {}

  static byte[] signature(byte[] message) {
    ScramAttributes attributes = ScramAttributes.of(message);
    if (attributes.isNext('e')) {
      throw new AuthenticationException(
          "the broker refuses the credentials: " + attributes.next('e'), null);
    }
    return attributes.nextBytes('v');
  }
}
