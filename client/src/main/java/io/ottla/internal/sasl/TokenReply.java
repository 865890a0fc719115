package io.ottla.internal.sasl;

import org.jspecify.annotations.Nullable;

/**
 * What a token endpoint granted. It prints without the token.
 *
 * @param token the token
 * @param expiresAtMillis its end in milliseconds since 1970; {@link Jwt#NO_END} if nobody says
 */
public record TokenReply(String token, long expiresAtMillis) {
  /** The earlier of what the endpoint says and what the token itself does. */
  static TokenReply of(String token, @Nullable String expiresInSeconds, long nowMillis) {
    long ofToken = Jwt.expiresAtMillis(token);
    return new TokenReply(token, Math.min(ofToken, endAfter(expiresInSeconds, nowMillis)));
  }

  private static long endAfter(@Nullable String seconds, long nowMillis) {
    // Some endpoints write the number as text.
    return seconds != null && seconds.matches("[0-9]{1,12}")
        ? nowMillis + Long.parseLong(seconds) * 1_000
        : Jwt.NO_END;
  }

  @Override
  public String toString() {
    return "TokenReply[hidden, expiresAtMillis=" + expiresAtMillis + "]";
  }
}
