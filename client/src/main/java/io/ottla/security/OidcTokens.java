package io.ottla.security;

import io.ottla.internal.sasl.TokenEndpoint;
import io.ottla.internal.sasl.TokenReply;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tokens of an authorization server. It asks each time; whoever uses it keeps what it gets. */
final class OidcTokens implements TokenProvider {
  private final TokenEndpoint endpoint;
  private final OidcGrant grant;
  private final @Nullable String scope;
  private final Map<String, String> extensions;

  OidcTokens(
      TokenEndpoint endpoint,
      OidcGrant grant,
      @Nullable String scope,
      Map<String, String> extensions) {
    this.endpoint = endpoint;
    this.grant = grant;
    this.scope = scope;
    this.extensions = Map.copyOf(extensions);
  }

  @Override
  public Token token() {
    TokenReply reply = endpoint.fetch(grant.request(scope));
    return new Token(reply.token(), reply.expiresAtMillis(), extensions);
  }

  @Override
  public String toString() {
    return "TokenProvider[" + endpoint + "]";
  }
}
