package io.ottla.security;

import static java.util.Objects.requireNonNull;

import io.ottla.error.ConfigException;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.sasl.EndpointSettings;
import io.ottla.internal.sasl.TokenEndpoint;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of an authorization server (OpenID Connect, OAuth 2), asked for over HTTP.
 *
 * <p>A server in trouble (5xx, 408, 429, or no answer) is asked again after 100 ms, 200 ms, … until
 * 10 s have passed; what it refuses is not asked again. Errors say which endpoint it was and what
 * it answered.
 *
 * <p>Thread: this builder belongs to one; what it builds is for any. Nothing of it prints a secret.
 */
public final class Oidc {
  private final URI endpoint;
  private final OidcGrant grant;
  private final Map<String, String> extensions = new LinkedHashMap<>();
  private @Nullable String scope;
  private @Nullable SSLContext trust;
  private Duration connectTimeout = Duration.ofSeconds(5);
  private Duration requestTimeout = Duration.ofSeconds(10);
  private Duration firstPause = Duration.ofMillis(100);
  private Duration retryTime = Duration.ofSeconds(10);

  private Oidc(URI endpoint, OidcGrant grant) {
    this.endpoint = endpoint;
    this.grant = grant;
  }

  /**
   * By a client's name and secret (KIP-768). They are sent as HTTP's basic authentication, as they
   * are; see {@link #clientCredentialsEncoded}.
   *
   * @param endpoint the token endpoint, http or https
   * @throws ConfigException if the endpoint is none
   */
  public static Oidc clientCredentials(URI endpoint, String clientId, String clientSecret) {
    return credentials(endpoint, clientId, clientSecret, false);
  }

  /** The same for servers that want both form-encoded first, as RFC 6749 has it. */
  public static Oidc clientCredentialsEncoded(URI endpoint, String clientId, String clientSecret) {
    return credentials(endpoint, clientId, clientSecret, true);
  }

  private static Oidc credentials(URI endpoint, String id, String secret, boolean encodes) {
    requireSome("sasl.oauthbearer.client.credentials.client.id", id);
    requireSome("sasl.oauthbearer.client.credentials.client.secret", secret);
    return new Oidc(checked(endpoint), OidcGrant.secret(id, secret, encodes));
  }

  /**
   * By a client's name and a JWT, signed by somebody else, that shows that it is it (KIP-1258).
   *
   * @param assertion a file that holds it; read for each token
   */
  public static Oidc clientAssertion(URI endpoint, String clientId, Path assertion) {
    requireSome("sasl.oauthbearer.client.credentials.client.id", clientId);
    return new Oidc(checked(endpoint), OidcGrant.clientAssertion(clientId, assertion));
  }

  /**
   * By a JWT, signed by somebody else, that is exchanged for a token (KIP-1139).
   *
   * @param assertion a file that holds it; read for each token
   */
  public static Oidc jwtBearer(URI endpoint, Path assertion) {
    return new Oidc(checked(endpoint), OidcGrant.jwtBearer(assertion));
  }

  /** What the token shall be good for; none by default. */
  public Oidc scope(String scopes) {
    scope = requireNonNull(scopes, "scopes");
    return this;
  }

  /** Something to tell the broker besides the token (KIP-342); the name of letters only. */
  public Oidc extension(String name, String value) {
    extensions.put(name, value);
    return this;
  }

  /** The longest to a connection; 5 s by default. */
  public Oidc connectTimeout(Duration longest) {
    connectTimeout = positive("sasl.login.connect.timeout.ms", longest);
    return this;
  }

  /** The longest from the start of one attempt to the end of its answer; 10 s by default. */
  public Oidc requestTimeout(Duration longest) {
    requestTimeout = positive("sasl.login.read.timeout.ms", longest);
    return this;
  }

  /**
   * How a server in trouble is asked again.
   *
   * @param first the first pause, each further one is twice as long; 100 ms by default
   * @param most the time after which no further attempt begins; 10 s by default, zero for one
   *     attempt
   */
  public Oidc retry(Duration first, Duration most) {
    firstPause = positive("sasl.login.retry.backoff.ms", first);
    if (most.isNegative()) {
      throw new ConfigException("sasl.login.retry.backoff.max.ms", most.toString(), "0 or more");
    }
    retryTime = most;
    return this;
  }

  /** Whom to trust with https; whom this Java trusts by default. */
  public Oidc trust(SSLContext context) {
    trust = requireNonNull(context, "context");
    return this;
  }

  /** The provider, for {@link Sasl#oauthBearer}. It opens nothing until a token is needed. */
  public TokenProvider build() {
    EndpointSettings settings =
        new EndpointSettings(
            endpoint,
            connectTimeout.toNanos(),
            requestTimeout.toNanos(),
            firstPause.toNanos(),
            retryTime.toNanos(),
            trust);
    return new OidcTokens(new TokenEndpoint(settings, Clock.system()), grant, scope, extensions);
  }

  private static URI checked(URI endpoint) {
    boolean isHttp =
        "http".equalsIgnoreCase(endpoint.getScheme())
            || "https".equalsIgnoreCase(endpoint.getScheme());
    if (!isHttp || endpoint.getHost() == null) {
      throw new ConfigException(
          "sasl.oauthbearer.token.endpoint.url",
          endpoint.getScheme() + ":…",
          "an URL of http or https with a host");
    }
    return endpoint;
  }

  private static void requireSome(String key, String value) {
    if (value.isEmpty()) {
      throw new ConfigException(key, "", "not empty");
    }
  }

  private static Duration positive(String key, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new ConfigException(key, value.toString(), "longer than nothing");
    }
    return value;
  }

  @Override
  public String toString() {
    return "Oidc[hidden]";
  }
}
