package io.ottla.testkit.internal.sasl;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SCRAM (RFC 5802), without channel binding: two tokens of the client, two answers. */
final class ScramMechanism implements ServerMechanism {
  private static final Pattern CLIENT_FIRST =
      Pattern.compile(
          "n,(?:a=(?<actAs>[^,]+))?,(?<bare>(?:m=[^,]*,)?n=(?<user>[^,]+),"
              + "r=(?<nonce>[!-+\\--~]+)(?<extensions>,.*)?)");
  private static final Pattern CLIENT_FINAL =
      Pattern.compile(
          "(?<unproven>c=(?<binding>[^,]+),r=(?<nonce>[^,]+)(?:,[^,p][^,]*)*),"
              + "p=(?<proof>[^,]+)");
  private static final int NONCE_BITS = 130;

  private final ScramHash hash;
  private final Users users;
  private final SecureRandom random;

  // Only after the first token.
  private @Nullable String user;
  private @Nullable ScramSecret secret;
  private String nonce = "";
  private String said = "";

  private @Nullable Principal principal;

  ScramMechanism(ScramHash hash, Users users, SecureRandom random) {
    this.hash = hash;
    this.users = users;
    this.random = random;
  }

  @Override
  public byte[] evaluate(byte[] token) throws SaslRefusedException {
    String text = new String(token, StandardCharsets.UTF_8);
    ScramSecret known = secret;
    return (known == null ? first(text) : last(text, known)).getBytes(StandardCharsets.UTF_8);
  }

  private String first(String text) throws SaslRefusedException {
    Matcher first = CLIENT_FIRST.matcher(text);
    if (!first.matches()) {
      throw SaslRefusedException.because("the first token is none of SCRAM's");
    }
    String extensions = first.group("extensions");
    if (extensions != null && extensions.contains("tokenauth=true")) {
      throw new UnsupportedOperationException("delegation tokens");
    }
    String name = first.group("user").replace("=2C", ",").replace("=3D", "=");
    String actAs = first.group("actAs");
    if (actAs != null && !actAs.equals(name)) {
      throw SaslRefusedException.telling(
          "Authentication failed: Client requested an authorization id that is different from"
              + " username");
    }
    UserSecrets found = users.find(name);
    if (found == null) {
      throw SaslRefusedException.because("there is no user " + name);
    }
    ScramSecret mine = found.scram(hash);
    user = name;
    secret = mine;
    nonce = first.group("nonce") + new BigInteger(NONCE_BITS, random).toString(Character.MAX_RADIX);
    String answer =
        "r=%s,s=%s,i=%d"
            .formatted(nonce, Base64.getEncoder().encodeToString(mine.salt()), mine.iterations());
    said = first.group("bare") + "," + answer;
    return answer;
  }

  private String last(String text, ScramSecret known) throws SaslRefusedException {
    Matcher last = CLIENT_FINAL.matcher(text);
    if (!last.matches() || !last.group("nonce").equals(nonce)) {
      throw SaslRefusedException.because("the last token does not belong to the first");
    }
    byte[] exchange = (said + "," + last.group("unproven")).getBytes(StandardCharsets.UTF_8);
    byte[] clientKey = decode(last.group("proof"));
    byte[] signature = hash.hmac(known.storedKey(), exchange);
    if (clientKey.length != signature.length) {
      throw SaslRefusedException.because("the proof is too short or too long");
    }
    ScramHash.xor(clientKey, signature);
    if (!MessageDigest.isEqual(hash.hash(clientKey), known.storedKey())) {
      throw SaslRefusedException.because("the proof is wrong");
    }
    principal = new Principal(String.valueOf(user), Principal.FOR_EVER);
    return "v=" + Base64.getEncoder().encodeToString(hash.hmac(known.serverKey(), exchange));
  }

  private static byte[] decode(String base64) throws SaslRefusedException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      throw SaslRefusedException.because("the proof is not base64");
    }
  }

  @Override
  public @Nullable Principal principal() {
    return principal;
  }
}
