package io.ottla.testkit.internal.sasl;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hash functions that SCRAM is used with. Thread: any. */
enum ScramHash {
  /** For SCRAM-SHA-256 (RFC 7677). */
  SHA_256("SHA-256", "HmacSHA256"),
  /** For SCRAM-SHA-512. */
  SHA_512("SHA-512", "HmacSHA512");

  private final String digest;
  private final String hmac;

  ScramHash(String digest, String hmac) {
    this.digest = digest;
    this.hmac = hmac;
  }

  byte[] hash(byte[] bytes) {
    try {
      return MessageDigest.getInstance(digest).digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] hmac(byte[] key, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance(hmac);
      mac.init(new SecretKeySpec(key, hmac));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** RFC 5802's Hi: PBKDF2 with one block. */
  byte[] stretch(byte[] password, byte[] salt, int iterations) {
    try {
      Mac mac = Mac.getInstance(hmac);
      mac.init(new SecretKeySpec(password, hmac));
      mac.update(salt);
      byte[] last = mac.doFinal(new byte[] {0, 0, 0, 1});
      byte[] result = last.clone();
      for (int i = 1; i < iterations; i++) {
        last = mac.doFinal(last);
        xor(result, last);
      }
      return result;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static void xor(byte[] into, byte[] with) {
    for (int i = 0; i < into.length; i++) {
      into[i] ^= with[i];
    }
  }
}
