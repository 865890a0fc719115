package io.ottla.internal.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One question to a token endpoint (RFC 6749). It holds secrets and prints none.
 *
 * @param authorization the header that says who asks; null if the form does
 * @param form names and values
 * @param secrets what must not be seen in what the endpoint said
 */
public record TokenRequest(
    @Nullable String authorization, Map<String, String> form, List<String> secrets) {
  /** Keeps the order. */
  public TokenRequest {
    form = new LinkedHashMap<>(form);
    secrets = List.copyOf(secrets);
  }

  String body() {
    return form.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  /** As forms are encoded. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** What an endpoint said, without the secrets that it may have repeated. */
  String withoutSecrets(String said) {
    String clean = said;
    for (String secret : secrets) {
      clean = secret.isEmpty() ? clean : clean.replace(secret, "(hidden)");
    }
    return clean;
  }

  @Override
  public String toString() {
    return "TokenRequest[" + form.get("grant_type") + ", the rest hidden]";
  }
}
