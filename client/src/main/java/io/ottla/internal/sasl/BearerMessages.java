package io.ottla.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ottla.error.AuthenticationException;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;

/** The messages of OAUTHBEARER (RFC 7628), as Kafka speaks it. */
public final class BearerMessages {
  private static final char SEPARATOR = '\u0001';
  private static final Pattern TOKEN = Pattern.compile("[-._~+/A-Za-z0-9]+=*");
  private static final Pattern EXTENSION_NAME = Pattern.compile("[A-Za-z]+");
  private static final Pattern EXTENSION_VALUE = Pattern.compile("[\\x21-\\x7E \t\r\n]+");

  private BearerMessages() {}

  /**
   * The one message of the client.
   *
   * @throws AuthenticationException if something in it cannot be sent
   */
  public static byte[] first(String token, Map<String, String> extensions) {
    if (!TOKEN.matcher(token).matches()) {
      throw new AuthenticationException(explainToken(token), null);
    }
    StringBuilder message = new StringBuilder("n,,").append(SEPARATOR);
    message.append("auth=Bearer ").append(token).append(SEPARATOR);
    extensions.forEach(
        (name, value) -> {
          check(name, value);
          message.append(name).append('=').append(value).append(SEPARATOR);
        });
    return message.append(SEPARATOR).toString().getBytes(UTF_8);
  }

  private static String explainToken(String token) {
    return token.isEmpty()
        ? "the token is empty"
        : "the token holds a character that a bearer token cannot have"
            + (token.strip().equals(token) ? "" : ": white space around it");
  }

  private static void check(String name, String value) {
    if (!EXTENSION_NAME.matcher(name).matches() || name.equals("auth")) {
      throw new AuthenticationException(
          "\"" + name + "\" cannot be an extension's name: letters only, and not auth", null);
    }
    if (!EXTENSION_VALUE.matcher(value).matches()) {
      throw new AuthenticationException(
          "the extension " + name + " is empty or holds more than printable ASCII", null);
    }
  }

  /** Why the broker does not accept the token, as its JSON says it. */
  public static AuthenticationException refusal(byte[] challenge) {
    return new AuthenticationException(
        "the broker refuses the token: "
            + reason(challenge)
            + "; check the issuer, audience and end that the broker expects of tokens",
        null);
  }

  private static String reason(byte[] challenge) {
    try {
      Map<String, String> fields = Json.fields(challenge);
      StringBuilder reason = new StringBuilder("status ").append(Said.by(fields.get("status")));
      append(reason, "scope", fields);
      append(reason, "openid-configuration", fields);
      return reason.toString();
    } catch (IOException noJson) {
      return "with " + challenge.length + " bytes that are no JSON";
    }
  }

  private static void append(StringBuilder reason, String name, Map<String, String> fields) {
    if (fields.get(name) != null) {
      reason.append(", ").append(name).append(' ').append(Said.by(fields.get(name)));
    }
  }
}
