package io.ottla.testkit.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;

/** Writes certificates and keys as PEM. Thread: any. */
final class Pem {
  private static final String CIPHER = "PBEWithHmacSHA256AndAES_256";
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;

  /** The object identifier 1.2.840.113549.1.5.13. */
  private static final byte[] PBES2 = {
    6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 5, 0x0d
  };

  private static final int ITERATIONS = 2048;
  private static final int SALT_BYTES = 16;
  private static final int LINE_CHARS = 64;

  private Pem() {}

  static String of(List<X509Certificate> chain) throws GeneralSecurityException {
    StringBuilder pem = new StringBuilder();
    for (X509Certificate certificate : chain) {
      pem.append(section("CERTIFICATE", certificate.getEncoded()));
    }
    return pem.toString();
  }

  static String of(PrivateKey key) {
    return section("PRIVATE KEY", key.getEncoded());
  }

  /** PKCS #8, encrypted as OpenSSL does by default (PBES2 with AES-256). */
  static String of(PrivateKey key, String password) throws Exception {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(CIPHER).generateSecret(new PBEKeySpec(password.toCharArray())),
        new PBEParameterSpec(salt, ITERATIONS));
    byte[] parameters = cipher.getParameters().getEncoded();
    byte[] encrypted = cipher.doFinal(key.getEncoded());
    // EncryptedPrivateKeyInfo of JDK 17 does not know the algorithm's number, which is PBES2's.
    byte[] algorithm = der(SEQUENCE, PBES2, parameters);
    return section("ENCRYPTED PRIVATE KEY", der(SEQUENCE, algorithm, der(OCTET_STRING, encrypted)));
  }

  /** A value with its tag and its length. */
  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(tag);
    if (content.size() >= 0x80) {
      value.write(0x82);
      value.write(content.size() >> 8);
    }
    value.write(content.size());
    value.writeBytes(content.toByteArray());
    return value.toByteArray();
  }

  private static String section(String title, byte[] bytes) {
    String lines =
        Base64.getMimeEncoder(LINE_CHARS, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(bytes);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(title, lines);
  }
}
