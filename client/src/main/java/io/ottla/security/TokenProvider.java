package io.ottla.security;

/**
 * Where bearer tokens come from, for OAUTHBEARER.
 *
 * <p>Thread: any, one at a time for each mechanism; it may wait, for example for a server. What it
 * prints must not show a secret.
 */
@FunctionalInterface
public interface TokenProvider {
  /**
   * A token that is valid now. Asked by itself, never by the application's polling: when a
   * connection needs one and the last one is near its end, is over, or was refused.
   *
   * @throws io.ottla.error.AuthenticationException if there will be none until something changes
   * @throws io.ottla.error.RetriableException if there may be one a little later
   */
  Token token();
}
