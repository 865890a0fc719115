package io.ottla.testkit.internal.sasl;

import org.jspecify.annotations.Nullable;

/** The broker's side of one exchange of a SASL mechanism. Thread: the cluster's loop. */
interface ServerMechanism {
  /**
   * Takes the client's next token.
   *
   * @return what to say to it
   * @throws SaslRefusedException if it proves nothing
   */
  byte[] evaluate(byte[] token) throws SaslRefusedException;

  /** Who the client is; null until it has proven it. */
  @Nullable Principal principal();
}
