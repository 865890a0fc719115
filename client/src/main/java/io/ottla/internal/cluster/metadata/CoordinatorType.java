package io.ottla.internal.cluster.metadata;

/** What a coordinator coordinates. */
public enum CoordinatorType {
  /** Groups of consumers. */
  GROUP((byte) 0, "group"),
  /** Transactions. */
  TRANSACTION((byte) 1, "transactional id");

  private final byte code;
  private final String label;

  CoordinatorType(byte code, String label) {
    this.code = code;
    this.label = label;
  }

  byte code() {
    return code;
  }

  /** As messages call it. */
  String label() {
    return label;
  }
}
