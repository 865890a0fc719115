package io.ottla.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ottla.internal.runtime.Clock;
import java.util.Base64;
import java.util.Map;

/** Tokens that nobody signs and only brokers under development take. Each lives an hour. */
final class UnsecuredTokens implements TokenProvider {
  private static final long LIFE_SECONDS = 3_600;

  private final String subject;
  private final Map<String, String> extensions;

  UnsecuredTokens(String subject, Map<String, String> extensions) {
    this.subject = subject;
    this.extensions = Map.copyOf(extensions);
  }

  @Override
  public Token token() {
    long now = Clock.system().wallMillis() / 1_000;
    String claims =
        "{\"sub\":\"%s\",\"iat\":%d,\"exp\":%d}"
            .formatted(
                subject.replace("\\", "\\\\").replace("\"", "\\\""), now, now + LIFE_SECONDS);
    String token = part("{\"alg\":\"none\"}") + "." + part(claims) + ".";
    return Token.jwt(token).withExtensions(extensions);
  }

  private static String part(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }
}
