package io.ottla.config;

/** Whether a connection is encrypted, and whether the client says who it is; Kafka's four words. */
public enum SecurityProtocol {
  /** Neither. */
  PLAINTEXT,
  /** TLS; who the client is, its certificate may say. */
  SSL,
  /** SASL on a connection that everybody on its way can read. */
  SASL_PLAINTEXT,
  /** SASL within TLS. */
  SASL_SSL;

  /** Whether the connection is encrypted. */
  public boolean isTls() {
    return this == SSL || this == SASL_SSL;
  }

  /** Whether the client authenticates by SASL. */
  public boolean isSasl() {
    return this == SASL_PLAINTEXT || this == SASL_SSL;
  }

  /** The protocol with these two properties. */
  public static SecurityProtocol of(boolean isTls, boolean isSasl) {
    if (isTls) {
      return isSasl ? SASL_SSL : SSL;
    }
    return isSasl ? SASL_PLAINTEXT : PLAINTEXT;
  }
}
