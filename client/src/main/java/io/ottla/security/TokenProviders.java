package io.ottla.security;

import java.nio.file.Path;
import java.util.Map;

/** Token providers that are there already; for OIDC see {@link Oidc}. */
public final class TokenProviders {
  private TokenProviders() {}

  /**
   * The token in a file that something else writes, as Kubernetes and side cars do. It is read at
   * each authentication, so that whoever replaces the file has nobody to tell. White space around
   * the token does not matter; its end is read out of it if it is a JWT.
   */
  public static TokenProvider file(Path file) {
    return new FileTokens(file, Map.of());
  }
}
