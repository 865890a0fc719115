package io.ottla.testkit.internal.sasl;

import io.ottla.testkit.internal.loop.Timers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes tokens that nobody signed, as Kafka's unsecured validator does: JWTs with {@code
 * "alg":"none"}, a subject, and an expiry that is still to come.
 *
 * <p>Reads JSON only as far as that: a subject with a backslash in it is not understood, and
 * refused. Thread: the cluster's loop.
 */
public final class UnsecuredTokens implements TokenCheck {
  private static final Pattern NOT_SIGNED = Pattern.compile("\"alg\"\\s*:\\s*\"none\"");
  private static final Pattern SUBJECT = Pattern.compile("\"sub\"\\s*:\\s*\"([^\"\\\\]+)\"");
  private static final Pattern EXPIRY = Pattern.compile("\"exp\"\\s*:\\s*([0-9]+)");
  private static final Pattern JWT = Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.");

  private final Timers timers;

  /** Tokens of a cluster with this time. */
  public UnsecuredTokens(Timers timers) {
    this.timers = timers;
  }

  @Override
  public @Nullable Principal check(String token) {
    Matcher jwt = JWT.matcher(token);
    if (!jwt.matches() || !NOT_SIGNED.matcher(decode(jwt.group(1))).find()) {
      return null;
    }
    String claims = decode(jwt.group(2));
    Matcher subject = SUBJECT.matcher(claims);
    Matcher expiry = EXPIRY.matcher(claims);
    if (!subject.find() || !expiry.find()) {
      return null;
    }
    long expiresAtMillis = Math.multiplyExact(Long.parseLong(expiry.group(1)), 1000L);
    return expiresAtMillis <= timers.nowMillis()
        ? null
        : new Principal(subject.group(1), expiresAtMillis);
  }

  private static String decode(String base64) {
    try {
      return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return "";
    }
  }
}
