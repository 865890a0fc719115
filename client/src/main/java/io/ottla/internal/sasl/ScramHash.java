package io.ottla.internal.sasl;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hash functions that Kafka's brokers use with SCRAM. */
public enum ScramHash {
  /** As RFC 7677 defines it. */
  SHA_256("SCRAM-SHA-256", "SHA-256", "HmacSHA256"),
  /** The same with the longer hash. */
  SHA_512("SCRAM-SHA-512", "SHA-512", "HmacSHA512");

  private final String mechanism;
  private final String digest;
  private final String mac;

  ScramHash(String mechanism, String digest, String mac) {
    this.mechanism = mechanism;
    this.digest = digest;
    this.mac = mac;
  }

  /** The mechanism's name as brokers know it. */
  public String mechanism() {
    return mechanism;
  }

  byte[] hash(byte[] bytes) {
    try {
      return MessageDigest.getInstance(digest).digest(bytes);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java has no " + digest, missing);
    }
  }

  byte[] hmac(byte[] key, byte[] bytes) {
    return keyed(key).doFinal(bytes);
  }

  /** {@code Hi} of RFC 5802: the expensive part, linear in the iterations. */
  byte[] salted(byte[] password, ByteBuffer salt, int iterations) {
    Mac keyed = keyed(password);
    keyed.update(salt.duplicate());
    byte[] round = keyed.doFinal(new byte[] {0, 0, 0, 1});
    byte[] sum = round.clone();
    for (int i = 1; i < iterations; i++) {
      round = keyed.doFinal(round);
      xorInto(sum, round);
    }
    return sum;
  }

  static void xorInto(byte[] sum, byte[] other) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] ^= other[i];
    }
  }

  private Mac keyed(byte[] key) {
    try {
      Mac keyed = Mac.getInstance(mac);
      keyed.init(new SecretKeySpec(key, mac));
      return keyed;
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java has no " + mac, missing);
    }
  }
}
