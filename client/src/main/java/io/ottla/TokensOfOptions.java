package io.ottla;

import io.ottla.config.OptionValues;
import io.ottla.config.SaslKeys;
import io.ottla.security.Oidc;
import io.ottla.security.TokenProvider;
import io.ottla.security.TokenProviders;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;

/** Where tokens for OAUTHBEARER come from, as the {@code sasl.oauthbearer} options say. */
final class TokensOfOptions {
  private TokensOfOptions() {}

  static TokenProvider provider(OptionValues values) {
    URI endpoint = endpoint(values);
    return "file".equalsIgnoreCase(endpoint.getScheme())
        ? TokenProviders.file(file(values, endpoint))
        : configured(values, grant(values, endpoint)).build();
  }

  private static Oidc grant(OptionValues values, URI endpoint) {
    Optional<Path> assertion = values.find(SaslKeys.OAUTH_ASSERTION);
    if (values.get(SaslKeys.OAUTH_GRANT).equals("JWT_BEARER")) {
      return Oidc.jwtBearer(endpoint, SaslOfOptions.needed(values, SaslKeys.OAUTH_ASSERTION));
    }
    String id = SaslOfOptions.needed(values, SaslKeys.OAUTH_CLIENT_ID);
    if (assertion.isPresent()) {
      return Oidc.clientAssertion(endpoint, id, assertion.get());
    }
    String secret = SaslOfOptions.needed(values, SaslKeys.OAUTH_CLIENT_SECRET);
    return values.get(SaslKeys.OAUTH_URLENCODE)
        ? Oidc.clientCredentialsEncoded(endpoint, id, secret)
        : Oidc.clientCredentials(endpoint, id, secret);
  }

  private static Oidc configured(OptionValues values, Oidc oidc) {
    oidc.connectTimeout(values.get(SaslKeys.LOGIN_CONNECT_TIMEOUT))
        .requestTimeout(values.get(SaslKeys.LOGIN_READ_TIMEOUT))
        .retry(
            values.get(SaslKeys.LOGIN_RETRY_BACKOFF), values.get(SaslKeys.LOGIN_RETRY_BACKOFF_MAX));
    values.find(SaslKeys.OAUTH_SCOPE).ifPresent(oidc::scope);
    values
        .find(SaslKeys.OAUTH_EXTENSIONS)
        .ifPresent(extensions -> extensions.forEach(each -> extension(values, oidc, each)));
    return oidc;
  }

  private static void extension(OptionValues values, Oidc oidc, String nameAndValue) {
    int equals = nameAndValue.indexOf('=');
    if (equals < 1) {
      throw values.refusal(SaslKeys.OAUTH_EXTENSIONS, SaslKeys.OAUTH_EXTENSIONS.accepted());
    }
    oidc.extension(
        nameAndValue.substring(0, equals).strip(), nameAndValue.substring(equals + 1).strip());
  }

  private static URI endpoint(OptionValues values) {
    try {
      return new URI(SaslOfOptions.needed(values, SaslKeys.TOKEN_URL));
    } catch (URISyntaxException malformed) {
      throw values.refusal(SaslKeys.TOKEN_URL, "a URL of https, http or file");
    }
  }

  private static Path file(OptionValues values, URI endpoint) {
    try {
      return Path.of(endpoint);
    } catch (IllegalArgumentException | FileSystemNotFoundException malformed) {
      throw values.refusal(SaslKeys.TOKEN_URL, "a file by its whole path: file:///etc/token");
    }
  }
}
