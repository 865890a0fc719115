package io.ottla.security;

import org.jspecify.annotations.Nullable;

/**
 * The client's side of one authentication. Its methods are called one after another, each on a
 * thread that may wait; whatever they throw ends the authentication.
 */
public interface SaslExchange extends AutoCloseable {
  /** The first bytes to send; empty if the mechanism has the broker begin. */
  byte[] first();

  /**
   * Answers a challenge of the broker.
   *
   * @param challenge the broker's bytes, possibly empty
   * @return the bytes to send; null if the exchange is complete and nothing more is to be sent
   * @throws io.ottla.error.AuthenticationException if the broker's bytes are not what they should
   *     be: whoever answers is not who he says
   */
  byte @Nullable [] next(byte[] challenge);

  /** Whether this side is satisfied; until then the broker's consent is not enough. */
  boolean isComplete();

  /**
   * When the credentials used end, in milliseconds since 1970; {@link Long#MAX_VALUE} if never. The
   * connection re-authenticates before.
   */
  default long expiresAtMillis() {
    return Long.MAX_VALUE;
  }

  /** The broker has refused these credentials: what is kept of them for later is of no use. */
  default void refused() {}

  /** Forgets secrets. */
  @Override
  default void close() {}
}
