package io.ottla.security;

/**
 * A way to authenticate: one of Ottla's own, or a user's.
 *
 * <p>Thread: any; several connections may begin at once. Nothing that it prints shows a secret.
 */
public interface SaslMechanism {
  /** Its name as brokers know it, for example {@code SCRAM-SHA-256}. */
  String name();

  /**
   * Begins one authentication of one connection. It is asked anew for each connection and for each
   * re-authentication, so that credentials that changed are taken up. Runs on a thread that may
   * wait, never on a network thread.
   *
   * @param peer whom to authenticate to
   * @throws io.ottla.error.AuthenticationException if there are no usable credentials; in its
   *     words, without secrets
   * @throws io.ottla.error.RetriableException if there may be some a little later: the connection
   *     counts as failed, and is tried again after its back-off
   */
  SaslExchange begin(SaslPeer peer);
}
