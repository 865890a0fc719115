package io.ottla.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import org.jspecify.annotations.Nullable;

/** Whether the two halves of a key fit, found out by signing something. */
final class TlsKeyPairs {
  private static final byte[] ANYTHING =
      "do these belong together?".getBytes(StandardCharsets.UTF_8);

  private TlsKeyPairs() {}

  static boolean belong(PrivateKey secret, PublicKey open) {
    String algorithm = signatureOf(secret.getAlgorithm());
    if (algorithm == null) {
      return true; // of a kind we cannot try; the handshake will tell
    }
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(secret);
      signature.update(ANYTHING);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(ANYTHING);
      return signature.verify(signed);
    } catch (GeneralSecurityException otherKind) {
      return false;
    }
  }

  private static @Nullable String signatureOf(String keyAlgorithm) {
    return switch (keyAlgorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      case "DSA" -> "SHA256withDSA";
      case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
      default -> null;
    };
  }
}
