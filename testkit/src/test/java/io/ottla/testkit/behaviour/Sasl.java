package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.SaslAuthenticateRequest;
import io.ottla.protocol.message.SaslAuthenticateResponse;
import io.ottla.protocol.message.SaslHandshakeRequest;
import io.ottla.protocol.message.SaslHandshakeResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The client's side of SASL, by hand. */
final class Sasl {
  static final String PLAIN = "PLAIN";
  private static final String NONCE = "fyko+d2lbbFgONRv9qkxdawL";

  private Sasl() {}

  static SaslHandshakeResponse handshake(RawConnection connection, String mechanism) {
    return connection.ask(new SaslHandshakeRequest().mechanism(mechanism), 1);
  }

  static SaslAuthenticateResponse authenticate(RawConnection connection, byte[] token) {
    return connection.ask(new SaslAuthenticateRequest().authBytes(token), 2);
  }

  static byte[] plain(String user, String password) {
    return utf8("\0" + user + "\0" + password);
  }

  /** Handshake and password. */
  static SaslAuthenticateResponse logIn(RawConnection connection, String user, String password) {
    assertThat(handshake(connection, PLAIN).errorCode()).isZero();
    return authenticate(connection, plain(user, password));
  }

  /** Handshake and two tokens; the broker's proof is checked if it gives one. */
  static SaslAuthenticateResponse scram(
      RawConnection connection, int bits, String user, String password) {
    String mechanism = "SCRAM-SHA-" + bits;
    assertThat(ErrorCode.of(handshake(connection, mechanism).errorCode()))
        .isEqualTo(ErrorCode.NONE);
    String bare = "n=" + user + ",r=" + NONCE;
    SaslAuthenticateResponse first = authenticate(connection, utf8("n,," + bare));
    if (first.errorCode() != 0) {
      return first;
    }
    String told = new String(first.authBytes(), StandardCharsets.UTF_8);
    Map<Character, String> parts = parts(told);
    assertThat(parts.get('r')).startsWith(NONCE).hasSizeGreaterThan(NONCE.length() + 10);
    String unproven = "c=biws,r=" + parts.get('r');
    byte[] said = utf8(bare + "," + told + "," + unproven);
    byte[] salted = stretch(bits, password, parts);
    byte[] clientKey = hmac(bits, salted, utf8("Client Key"));
    byte[] proof = hmac(bits, hash(bits, clientKey), said);
    for (int i = 0; i < proof.length; i++) {
      proof[i] ^= clientKey[i];
    }
    SaslAuthenticateResponse last =
        authenticate(connection, utf8(unproven + ",p=" + base64(proof)));
    if (last.errorCode() == 0) {
      byte[] expected = hmac(bits, hmac(bits, salted, utf8("Server Key")), said);
      assertThat(new String(last.authBytes(), StandardCharsets.UTF_8))
          .isEqualTo("v=" + base64(expected));
    }
    return last;
  }

  static byte[] bearer(String token) {
    return utf8("n,,\u0001auth=Bearer " + token + "\u0001\u0001");
  }

  /** A JWT that nobody signed. */
  static String unsecured(String claims) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(utf8("{\"alg\":\"none\"}"))
        + "."
        + encoder.encodeToString(utf8(claims))
        + ".";
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Map<Character, String> parts(String message) {
    Map<Character, String> parts = new HashMap<>();
    for (String part : message.split(",", -1)) {
      parts.put(part.charAt(0), part.substring(2));
    }
    return parts;
  }

  private static byte[] stretch(int bits, String password, Map<Character, String> told) {
    try {
      byte[] salt = Base64.getDecoder().decode(told.get('s'));
      int iterations = Integer.parseInt(told.getOrDefault('i', ""));
      PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, bits);
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA" + bits)
          .generateSecret(spec)
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] hmac(int bits, byte[] key, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA" + bits);
      mac.init(new SecretKeySpec(key, "RAW"));
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] hash(int bits, byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-" + bits).digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
