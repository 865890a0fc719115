package io.ottla.testkit.internal.sasl;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * What a broker keeps of a password for SCRAM (RFC 5802): enough to recognise it, not to use it.
 * Does not print. Immutable, as long as nobody changes its arrays.
 */
final class ScramSecret {
  private static final int SALT_BYTES = 20;

  private final byte[] salt;
  private final int iterations;
  private final byte[] storedKey;
  private final byte[] serverKey;

  private ScramSecret(byte[] salt, int iterations, byte[] storedKey, byte[] serverKey) {
    this.salt = salt;
    this.iterations = iterations;
    this.storedKey = storedKey;
    this.serverKey = serverKey;
  }

  static ScramSecret derive(ScramHash hash, String password, int iterations) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    byte[] salted = hash.stretch(password.getBytes(StandardCharsets.UTF_8), salt, iterations);
    byte[] clientKey = hash.hmac(salted, ascii("Client Key"));
    return new ScramSecret(
        salt, iterations, hash.hash(clientKey), hash.hmac(salted, ascii("Server Key")));
  }

  byte[] salt() {
    return salt;
  }

  int iterations() {
    return iterations;
  }

  byte[] storedKey() {
    return storedKey;
  }

  byte[] serverKey() {
    return serverKey;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
