package io.ottla.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ottla.error.AuthenticationException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The client's messages of one authentication with SCRAM (RFC 5802), without channel binding.
 *
 * <p>Thread: one at a time. Always: a nonce is used once; the broker must prove that it knows the
 * password's keys as well.
 */
public final class ScramConversation {
  /** Neither channel binding nor another identity to act as. */
  private static final String GS2_HEADER = "n,,";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NONCE_BYTES = 24;

  private final ScramHash hash;
  private final String password;
  private final ScramKeyCache cache;
  private final String nonce;
  private final String clientFirstBare;
  private byte @Nullable [] expectedSignature;

  /**
   * Begins.
   *
   * @param isDelegationToken whether user and password are a token's id and its HMAC
   * @throws AuthenticationException if a character is not allowed
   */
  public static ScramConversation begin(
      ScramHash hash,
      String user,
      String password,
      boolean isDelegationToken,
      ScramKeyCache cache) {
    String extension = isDelegationToken ? ",tokenauth=true" : "";
    return new ScramConversation(hash, user, extension, password, freshNonce(), cache);
  }

  ScramConversation(
      ScramHash hash,
      String user,
      String extension,
      String password,
      String nonce,
      ScramKeyCache cache) {
    SaslText.check("the user's name", user);
    SaslText.check("the password", password);
    this.hash = hash;
    this.password = password;
    this.nonce = nonce;
    this.cache = cache;
    clientFirstBare = "n=" + escaped(user) + ",r=" + nonce + extension;
  }

  /** What opens the conversation. */
  public byte[] clientFirst() {
    return (GS2_HEADER + clientFirstBare).getBytes(UTF_8);
  }

  /** Answers the broker's salt with the proof that we know the password. */
  public byte[] clientFinal(byte[] challenge) {
    ScramServerFirst serverFirst = ScramServerFirst.read(challenge, nonce);
    ScramKeys keys = cache.keys(hash, password, serverFirst.salt(), serverFirst.iterations());
    String withoutProof =
        "c="
            + Base64.getEncoder().encodeToString(GS2_HEADER.getBytes(UTF_8))
            + ",r="
            + serverFirst.nonce();
    String authMessage = clientFirstBare + "," + serverFirst.text() + "," + withoutProof;
    expectedSignature = keys.serverSignature(authMessage);
    byte[] proof = keys.proof(authMessage);
    return (withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof)).getBytes(UTF_8);
  }

  /**
   * Checks the broker's proof.
   *
   * @throws AuthenticationException if whoever answers does not know our password's keys
   */
  public void verify(byte[] serverFinal) {
    byte[] told = ScramServerFinal.signature(serverFinal);
    if (!MessageDigest.isEqual(told, expectedSignature)) {
      throw new AuthenticationException(
          "who answers does not know the password's keys, so it is not the broker: its signature is"
              + " wrong; is this the right host, is somebody in between?",
          null);
    }
  }

  private static String escaped(String user) {
    return user.replace("=", "=3D").replace(",", "=2C");
  }

  private static String freshNonce() {
    byte[] random = new byte[NONCE_BYTES];
    RANDOM.nextBytes(random);
    return Base64.getEncoder().encodeToString(random);
  }

  @Override
  public String toString() {
    return hash.mechanism() + " conversation, hidden";
  }
}
