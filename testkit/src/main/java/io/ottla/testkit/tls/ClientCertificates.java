package io.ottla.testkit.tls;

/** Whether a broker wants to see its clients' certificates, as {@code ssl.client.auth} says. */
public enum ClientCertificates {
  /** It does not ask. */
  NONE,
  /** It asks, and serves clients without one, too. One that it does not trust is refused. */
  REQUESTED,
  /** It asks, and refuses clients without one that it trusts. */
  REQUIRED;

  /**
   * As Kafka writes it.
   *
   * @return a value of {@code ssl.client.auth}
   */
  public String inKafka() {
    return switch (this) {
      case NONE -> "none";
      case REQUESTED -> "requested";
      case REQUIRED -> "required";
    };
  }
}
