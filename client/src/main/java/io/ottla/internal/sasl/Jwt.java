package io.ottla.internal.sasl;

import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a bearer token says of itself, if it is a JWT. Nothing is verified: that is the broker's.
 */
public final class Jwt {
  /** The end is not known. */
  public static final long NO_END = Long.MAX_VALUE;

  private Jwt() {}

  /**
   * When it ends, in milliseconds since 1970.
   *
   * @return {@link #NO_END} if it is no JWT or does not say
   */
  public static long expiresAtMillis(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return NO_END;
    }
    try {
      Map<String, String> claims = Json.fields(Base64.getUrlDecoder().decode(parts[1]));
      return secondsToMillis(claims.get("exp"));
    } catch (IOException | IllegalArgumentException noJwt) {
      return NO_END;
    }
  }

  private static long secondsToMillis(@Nullable String seconds) {
    double value = seconds == null ? Double.NaN : Double.parseDouble(seconds);
    return value >= 0 ? (long) Math.min(value * 1_000, NO_END) : NO_END;
  }
}
