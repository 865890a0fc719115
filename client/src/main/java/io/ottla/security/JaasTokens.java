package io.ottla.security;

import io.ottla.error.ConfigException;
import io.ottla.internal.sasl.JaasLine;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the tokens come from that OAUTHBEARER's properties speak of. */
final class JaasTokens {
  private static final String URL = "sasl.oauthbearer.token.endpoint.url";
  private static final String ID = "sasl.oauthbearer.client.credentials.client.id";
  private static final String SECRET = "sasl.oauthbearer.client.credentials.client.secret";

  private JaasTokens() {}

  static TokenProvider of(JaasOptions options) {
    String url = options.property(URL);
    if (url == null) {
      return unsecured(options);
    }
    Map<String, String> extensions = options.startingWith("extension_");
    if (url.startsWith("file:")) {
      return new FileTokens(JaasMechanisms.path(url), extensions);
    }
    Oidc oidc = oidc(endpoint(url), options);
    String scope = options.get("scope", "sasl.oauthbearer.scope");
    if (scope != null) {
      oidc.scope(scope);
    }
    extensions.forEach(oidc::extension);
    return timed(oidc, options).build();
  }

  private static URI endpoint(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException noUrl) {
      throw new ConfigException(URL, "(hidden)", "an URL of http, https or file");
    }
  }

  private static Oidc oidc(URI endpoint, JaasOptions options) {
    String id = options.get("clientId", ID);
    String secret = options.get("clientSecret", SECRET);
    String assertion = options.property("sasl.oauthbearer.assertion.file");
    if (assertion != null) {
      return id == null
          ? Oidc.jwtBearer(endpoint, JaasMechanisms.path(assertion))
          : Oidc.clientAssertion(endpoint, id, JaasMechanisms.path(assertion));
    }
    if (id == null || secret == null) {
      throw JaasLine.wrong("clientId and clientSecret, here or as " + ID + " and " + SECRET);
    }
    return JaasMechanisms.isTrue(options.property("sasl.oauthbearer.header.urlencode"))
        ? Oidc.clientCredentialsEncoded(endpoint, id, secret)
        : Oidc.clientCredentials(endpoint, id, secret);
  }

  private static Oidc timed(Oidc oidc, JaasOptions options) {
    Duration connect = duration(options, "sasl.login.connect.timeout.ms");
    if (connect != null) {
      oidc.connectTimeout(connect);
    }
    Duration read = duration(options, "sasl.login.read.timeout.ms");
    if (read != null) {
      oidc.requestTimeout(read);
    }
    Duration first = duration(options, "sasl.login.retry.backoff.ms");
    Duration most = duration(options, "sasl.login.retry.backoff.max.ms");
    return oidc.retry(
        first == null ? Duration.ofMillis(100) : first,
        most == null ? Duration.ofSeconds(10) : most);
  }

  private static @Nullable Duration duration(JaasOptions options, String key) {
    Long millis = options.millis(key);
    return millis == null ? null : Duration.ofMillis(millis);
  }

  /** Tokens that nobody signs: what Kafka's clients make for development. */
  private static TokenProvider unsecured(JaasOptions options) {
    String subject = options.get("unsecuredLoginStringClaim_sub");
    if (subject == null) {
      throw new ConfigException(URL, "", "where tokens come from: an URL of http, https or file");
    }
    return new UnsecuredTokens(subject, options.startingWith("extension_"));
  }
}
