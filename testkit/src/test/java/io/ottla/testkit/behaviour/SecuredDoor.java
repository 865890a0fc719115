package io.ottla.testkit.behaviour;

/** The ports that the suite on security is about. */
enum SecuredDoor {
  /** Neither TLS nor SASL. */
  OPEN,
  /** SASL without TLS; a session lasts as long as the credentials. */
  LASTING,
  /** SASL without TLS; a session lasts a minute. */
  MINUTE,
  /** SASL without TLS; a session lasts half a second. */
  BRIEF,
  /** TLS, for clients with certificates alone. */
  MUTUAL
}
