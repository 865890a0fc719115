package io.ottla.security;

import static java.util.Objects.requireNonNull;

import io.ottla.internal.sasl.Jwt;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A bearer token for OAUTHBEARER. Whoever has it is let in, so it prints without its value.
 *
 * @param value as it goes over the wire
 * @param expiresAtMillis when it ends, in milliseconds since 1970; {@link Long#MAX_VALUE} if that
 *     is not known: then it is never kept, its provider is asked at each authentication
 * @param extensions what the broker is told besides (KIP-342), names of letters only
 */
public record Token(String value, long expiresAtMillis, Map<String, String> extensions) {
  /** Copies the extensions, in the order of their names. */
  public Token {
    requireNonNull(value, "value");
    extensions = Collections.unmodifiableMap(new TreeMap<>(extensions));
  }

  /** A token that ends at a known time. */
  public static Token of(String value, long expiresAtMillis) {
    return new Token(value, expiresAtMillis, Map.of());
  }

  /** A token that says by itself when it ends, if it is a JWT; nothing in it is verified here. */
  public static Token jwt(String value) {
    return of(value, Jwt.expiresAtMillis(value));
  }

  /** The same token, with more to tell the broker. */
  public Token withExtensions(Map<String, String> more) {
    return new Token(value, expiresAtMillis, more);
  }

  @Override
  public String toString() {
    return "Token[hidden, expiresAtMillis=" + expiresAtMillis + ", extensions hidden]";
  }
}
