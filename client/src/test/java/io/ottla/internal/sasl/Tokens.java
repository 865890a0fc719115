package io.ottla.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** Tokens as tests need them: nobody has signed them. */
public final class Tokens {
  private Tokens() {}

  /** A JWT with these claims. */
  public static String jwt(String claims) {
    return part("{\"alg\":\"none\"}") + "." + part(claims) + ".";
  }

  /** A JWT of a subject that ends then. */
  public static String jwt(String subject, long endsAtMillis) {
    return jwt(
        "{\"sub\":\"%s\",\"iat\":%d,\"exp\":%d}"
            .formatted(subject, endsAtMillis / 1_000 - 3_600, endsAtMillis / 1_000));
  }

  private static String part(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }
}
