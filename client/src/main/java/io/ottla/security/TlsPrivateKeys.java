package io.ottla.security;

import io.ottla.error.ConfigException;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads private keys out of PEM: PKCS#8, encrypted or not, PKCS#1 of RSA and SEC 1 of EC. */
final class TlsPrivateKeys {
  private static final String PASSWORD_OPTION = "tls.key.password";
  private static final String PBES2 = "1.2.840.113549.1.5.13";
  private static final String CONVERT =
      "; convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -in old.key -out new.key";
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA");

  private TlsPrivateKeys() {}

  /** The one private key that is in it. */
  static PrivateKey read(byte[] pem, TlsSource from, @Nullable String password) {
    List<TlsPem.Block> blocks = TlsPem.blocks(pem, from);
    List<TlsPem.Block> keys = blocks.stream().filter(TlsPem.Block::isPrivateKey).toList();
    if (keys.isEmpty()) {
      throw from.refused("it holds no PRIVATE KEY, but " + blocks);
    }
    if (keys.size() > 1) {
      throw from.refused("it holds several keys, " + keys + "; leave one");
    }
    TlsPem.Block key = keys.get(0);
    if (key.isEncryptedOldWay()) {
      throw from.refused("its " + key + " is encrypted in a way from before PKCS#8" + CONVERT);
    }
    return switch (key.label()) {
      case "PRIVATE KEY" -> ofPkcs8(key.der(from), from);
      case "ENCRYPTED PRIVATE KEY" -> ofPkcs8(decrypted(key.der(from), from, password), from);
      case "RSA PRIVATE KEY" -> ofPkcs8(TlsDer.ofRsa(key.der(from)), from);
      case "EC PRIVATE KEY" -> ofPkcs8(envelopeOfEc(key.der(from), from), from);
      case "OPENSSH PRIVATE KEY" ->
          throw from.refused(
              "it is a key for SSH; convert it: ssh-keygen -p -m PKCS8 -f key, and copy it first");
      default -> throw from.refused("a " + key + " is not read" + CONVERT);
    };
  }

  private static byte[] envelopeOfEc(byte[] sec1, TlsSource from) {
    try {
      return TlsDer.ofEc(sec1);
    } catch (IndexOutOfBoundsException | IllegalArgumentException broken) {
      throw from.refused("its EC PRIVATE KEY is damaged, or does not name its curve" + CONVERT);
    }
  }

  private static PrivateKey ofPkcs8(byte[] der, TlsSource from) {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der);
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (NoSuchAlgorithmException | InvalidKeySpecException notThisOne) {
        // the next may be
      }
    }
    throw from.refused("its key is damaged, or of a kind other than " + ALGORITHMS);
  }

  private static byte[] decrypted(byte[] der, TlsSource from, @Nullable String password) {
    if (password == null) {
      throw new ConfigException(
          PASSWORD_OPTION, "(none)", "the key in " + from + " is encrypted and needs its password");
    }
    EncryptedPrivateKeyInfo info;
    try {
      info = new EncryptedPrivateKeyInfo(der);
    } catch (IOException broken) {
      throw from.refused("its ENCRYPTED PRIVATE KEY is damaged" + CONVERT);
    }
    Cipher cipher = cipher(info, from);
    try {
      PBEKeySpec secret = new PBEKeySpec(password.toCharArray());
      Key key = SecretKeyFactory.getInstance(cipher.getAlgorithm()).generateSecret(secret);
      secret.clearPassword();
      cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
      return info.getKeySpec(cipher).getEncoded();
    } catch (GeneralSecurityException wrong) {
      throw wrongPassword(from);
    }
  }

  static ConfigException wrongPassword(TlsSource from) {
    return new ConfigException(
        PASSWORD_OPTION, "(hidden)", "it is not the password of the key in " + from);
  }

  private static Cipher cipher(EncryptedPrivateKeyInfo info, TlsSource from) {
    String algorithm = info.getAlgName();
    AlgorithmParameters parameters = info.getAlgParameters();
    if (parameters != null && (algorithm.equals(PBES2) || algorithm.equals("PBES2"))) {
      algorithm = parameters.toString(); // PBES2 names its cipher there, and only there
    }
    try {
      return Cipher.getInstance(algorithm);
    } catch (GeneralSecurityException unknown) {
      throw from.refused(
          "its key is encrypted with " + algorithm + ", which is not read" + CONVERT);
    }
  }
}
