package io.ottla.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ottla.internal.sasl.TokenRequest;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** By what an authorization server knows us. Asked anew for each token: files may have changed. */
interface OidcGrant {
  /** What to ask the server. */
  TokenRequest request(@Nullable String scope);

  /** A client's name and secret (RFC 6749, 4.4), in the header. */
  static OidcGrant secret(String clientId, String clientSecret, boolean encodes) {
    String pair =
        encodes
            ? TokenRequest.encoded(clientId) + ":" + TokenRequest.encoded(clientSecret)
            : clientId + ":" + clientSecret;
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    List<String> secrets = List.of(clientSecret, TokenRequest.encoded(clientSecret), basic);
    return scope ->
        new TokenRequest("Basic " + basic, form("client_credentials", Map.of(), scope), secrets);
  }

  /** A client's name and a JWT in a file that shows that it is it (RFC 7523, 2.2; KIP-1258). */
  static OidcGrant clientAssertion(String clientId, Path assertion) {
    return scope -> {
      String jwt = FileTokens.read(assertion, "client assertion");
      Map<String, String> fields = new LinkedHashMap<>();
      fields.put("client_id", clientId);
      fields.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
      fields.put("client_assertion", jwt);
      return new TokenRequest(null, form("client_credentials", fields, scope), List.of(jwt));
    };
  }

  /** A JWT in a file that is exchanged for a token (RFC 7523, 2.1; KIP-1139). */
  static OidcGrant jwtBearer(Path assertion) {
    return scope -> {
      String jwt = FileTokens.read(assertion, "assertion");
      return new TokenRequest(
          null,
          form("urn:ietf:params:oauth:grant-type:jwt-bearer", Map.of("assertion", jwt), scope),
          List.of(jwt));
    };
  }

  private static Map<String, String> form(
      String grant, Map<String, String> fields, @Nullable String scope) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", grant);
    form.putAll(fields);
    if (scope != null) {
      form.put("scope", scope);
    }
    return form;
  }
}
