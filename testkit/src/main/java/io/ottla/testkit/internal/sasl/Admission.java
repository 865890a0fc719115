package io.ottla.testkit.internal.sasl;

/** What becomes of a request, in view of who asks. */
public enum Admission {
  /** It is served. */
  SERVE,
  /** It is answered with ILLEGAL_SASL_STATE, and the connection ends. */
  REFUSE,
  /** The connection ends. */
  CLOSE
}
