package io.ottla.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ottla.internal.sasl.Jwt;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.callback.Callback;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerExtensionsValidatorCallback;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallback;

/**
 * What a broker asks about tokens; Kafka's own of this kind needs a library that we do not have.
 */
final class UnsignedTokens implements AuthenticateCallbackHandler {
  private static final Pattern SUBJECT = Pattern.compile("\"sub\":\"([^\"]*)\"");

  @Override
  public void configure(
      Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {}

  @Override
  public void handle(Callback[] callbacks) {
    for (Callback callback : callbacks) {
      if (callback instanceof OAuthBearerValidatorCallback token) {
        validate(token);
      } else if (callback instanceof OAuthBearerExtensionsValidatorCallback extensions) {
        extensions.inputExtensions().map().keySet().forEach(extensions::valid);
      }
    }
  }

  private static void validate(OAuthBearerValidatorCallback callback) {
    String payload = callback.tokenValue().split("\\.", -1)[1];
    Matcher subject = SUBJECT.matcher(new String(Base64.getUrlDecoder().decode(payload), UTF_8));
    long end = Jwt.expiresAtMillis(callback.tokenValue());
    if (end < System.currentTimeMillis() || !subject.find()) {
      callback.error("invalid_token", "kafka", null);
    } else {
      callback.token(new Accepted(callback.tokenValue(), subject.group(1), end));
    }
  }

  @Override
  public void close() {}

  private record Accepted(String value, String principalName, long lifetimeMs)
      implements OAuthBearerToken {
    @Override
    public Set<String> scope() {
      return Set.of();
    }

    @Override
    public Long startTimeMs() {
      return 0L;
    }
  }
}
