package io.ottla.testkit.internal.sasl;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;

/**
 * What a broker keeps to recognise a user: the password for PLAIN, and what SCRAM derives from it.
 *
 * <p>Immutable. Made on the caller's thread, since deriving takes some milliseconds. Does not print
 * anything of it.
 */
public final class UserSecrets {
  /** Kafka's default, and its least. */
  private static final int ITERATIONS = 4096;

  private final byte[] password;
  private final Map<ScramHash, ScramSecret> scram;

  private UserSecrets(byte[] password, Map<ScramHash, ScramSecret> scram) {
    this.password = password;
    this.scram = scram;
  }

  /** Of a password. */
  public static UserSecrets of(String password) {
    return new UserSecrets(
        password.getBytes(StandardCharsets.UTF_8),
        Map.of(
            ScramHash.SHA_256, ScramSecret.derive(ScramHash.SHA_256, password, ITERATIONS),
            ScramHash.SHA_512, ScramSecret.derive(ScramHash.SHA_512, password, ITERATIONS)));
  }

  boolean isPassword(String guess) {
    return MessageDigest.isEqual(password, guess.getBytes(StandardCharsets.UTF_8));
  }

  ScramSecret scram(ScramHash hash) {
    ScramSecret secret = scram.get(hash);
    if (secret == null) {
      throw new IllegalStateException("nothing was derived for " + hash);
    }
    return secret;
  }

  @Override
  public String toString() {
    return "[hidden]";
  }
}
