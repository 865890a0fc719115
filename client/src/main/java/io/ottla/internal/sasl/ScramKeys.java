package io.ottla.internal.sasl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a password becomes with one salt and one number of iterations: enough to log in with, so
 * they are secret and do not print.
 */
final class ScramKeys {
  private final ScramHash hash;
  private final byte[] client;
  private final byte[] server;

  private ScramKeys(ScramHash hash, byte[] client, byte[] server) {
    this.hash = hash;
    this.client = client;
    this.server = server;
  }

  static ScramKeys derive(ScramHash hash, String password, ByteBuffer salt, int iterations) {
    byte[] salted = hash.salted(password.getBytes(StandardCharsets.UTF_8), salt, iterations);
    return new ScramKeys(
        hash, hash.hmac(salted, utf8("Client Key")), hash.hmac(salted, utf8("Server Key")));
  }

  /** Shows the broker that we know the password. */
  byte[] proof(String authMessage) {
    byte[] proof = hash.hmac(hash.hash(client), utf8(authMessage));
    ScramHash.xorInto(proof, client);
    return proof;
  }

  /** What the broker has to answer if it knows what the password became. */
  byte[] serverSignature(String authMessage) {
    return hash.hmac(server, utf8(authMessage));
  }

  /** The messages may hold a user's name of any alphabet. */
  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return hash.mechanism() + " keys, hidden";
  }
}
