package io.ottla.testkit.internal.sasl;

import org.jspecify.annotations.Nullable;

/** Says whose a bearer token is. Runs on the cluster's loop. */
@FunctionalInterface
public interface TokenCheck {
  /**
   * Looks at a token.
   *
   * @return whose it is, and until when; null if it is not good
   */
  @Nullable Principal check(String token);
}
