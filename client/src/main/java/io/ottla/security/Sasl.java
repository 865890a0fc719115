package io.ottla.security;

import static java.util.Objects.requireNonNull;

import io.ottla.error.ConfigException;
import io.ottla.internal.sasl.ScramHash;
import java.util.Map;

/**
 * The ways to say who we are. What these methods make may serve many clients at once; clients that
 * share it share what it keeps: derived keys, tokens, tickets.
 *
 * <p>PLAIN and OAUTHBEARER send the secret itself: use them with TLS only.
 */
public final class Sasl {
  private Sasl() {}

  /** PLAIN (RFC 4616): a name and a password, sent as they are. */
  public static SaslMechanism plain(String user, String password) {
    return plain(fixed(user, password));
  }

  /** PLAIN, with credentials that may change. */
  public static SaslMechanism plain(Credentials credentials) {
    return new PlainMechanism(requireNonNull(credentials, "credentials"));
  }

  /** SCRAM-SHA-256 (RFC 7677): the password does not leave this process. */
  public static SaslMechanism scramSha256(String user, String password) {
    return scramSha256(fixed(user, password));
  }

  /** SCRAM-SHA-256, with credentials that may change. */
  public static SaslMechanism scramSha256(Credentials credentials) {
    return scram(ScramHash.SHA_256, credentials);
  }

  /** SCRAM-SHA-512: the password does not leave this process. */
  public static SaslMechanism scramSha512(String user, String password) {
    return scramSha512(fixed(user, password));
  }

  /** SCRAM-SHA-512, with credentials that may change. */
  public static SaslMechanism scramSha512(Credentials credentials) {
    return scram(ScramHash.SHA_512, credentials);
  }

  /**
   * OAUTHBEARER (RFC 7628): a token of somebody whom the broker trusts. It is fetched when the
   * first connection needs it, kept, shared by all connections, and fetched anew when 80 to 85 % of
   * its life is over, or when a broker has refused it.
   */
  public static SaslMechanism oauthBearer(TokenProvider tokens) {
    return new OAuthBearerMechanism(requireNonNull(tokens, "tokens"));
  }

  /** GSSAPI: Kerberos 5 (RFC 4752), without a security layer. */
  public static SaslMechanism gssapi(Gssapi settings) {
    return new GssapiMechanism(requireNonNull(settings, "settings"));
  }

  /**
   * Understands a line of Kafka's {@code sasl.jaas.config}: {@code
   * org.apache.kafka.common.security.scram.ScramLoginModule required username="…" password="…";}.
   * No class is loaded for the names in it.
   *
   * @param mechanism as {@code sasl.mechanism} says it: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512,
   *     OAUTHBEARER or GSSAPI
   * @param jaasLine one login module with its options
   * @throws ConfigException says where the line is wrong, and nothing of what stands there
   */
  public static SaslMechanism fromJaas(String mechanism, String jaasLine) {
    return fromJaas(mechanism, jaasLine, Map.of());
  }

  /**
   * The same with what other properties of Kafka's say.
   *
   * @param properties by Kafka's names, {@code sasl.oauthbearer.token.endpoint.url} and the other
   *     {@code sasl.oauthbearer.*}, {@code sasl.login.*}, {@code sasl.kerberos.service.name};
   *     others are not looked at
   */
  public static SaslMechanism fromJaas(
      String mechanism, String jaasLine, Map<String, String> properties) {
    return JaasMechanisms.of(
        requireNonNull(mechanism, "mechanism"), requireNonNull(jaasLine, "jaasLine"), properties);
  }

  private static SaslMechanism scram(ScramHash hash, Credentials credentials) {
    return new ScramMechanism(hash, requireNonNull(credentials, "credentials"));
  }

  private static Credentials fixed(String user, String password) {
    UserPassword fixed = new UserPassword(user, password);
    if (user.isEmpty()) {
      throw new ConfigException("sasl.username", "", "a user's name");
    }
    if (password.isEmpty()) {
      throw new ConfigException("sasl.password", "", "a password, not an empty text");
    }
    return () -> fixed;
  }
}
