package io.ottla.testkit.internal.sasl;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * OAUTHBEARER (RFC 7628): one token, one empty answer. A token that is refused is answered with
 * JSON first; the exchange fails when the client has acknowledged it.
 */
final class BearerMechanism implements ServerMechanism {
  private static final Pattern CLIENT_FIRST =
      Pattern.compile(
          "n,(?:a=(?<actAs>[^,]*))?,\u0001"
              + "(?:[A-Za-z]+=[^\u0001]*\u0001)*?"
              + "auth=(?i:bearer) +(?<token>[^\u0001]+)\u0001"
              + "(?:[A-Za-z]+=[^\u0001]*\u0001)*\u0001",
          Pattern.DOTALL);
  private static final String INVALID = "{\"status\":\"invalid_token\"}";

  private final TokenCheck check;
  private boolean isRefused;
  private @Nullable Principal principal;

  BearerMechanism(TokenCheck check) {
    this.check = check;
  }

  @Override
  public byte[] evaluate(byte[] token) throws SaslRefusedException {
    if (isRefused) {
      throw SaslRefusedException.telling(INVALID);
    }
    Matcher first = CLIENT_FIRST.matcher(new String(token, StandardCharsets.UTF_8));
    if (!first.matches()) {
      throw SaslRefusedException.because("the token is none of OAUTHBEARER's");
    }
    Principal found = check.check(first.group("token"));
    if (found == null) {
      isRefused = true;
      return INVALID.getBytes(StandardCharsets.UTF_8);
    }
    String actAs = first.group("actAs");
    if (actAs != null && !actAs.isEmpty() && !actAs.equals(found.name())) {
      throw SaslRefusedException.telling(
          "Authentication failed: Client requested an authorization id (%s) that is different from"
                  .formatted(actAs)
              + " the token's principal name (%s)".formatted(found.name()));
    }
    principal = found;
    return new byte[0];
  }

  @Override
  public @Nullable Principal principal() {
    return principal;
  }
}
