package io.ottla.config;

/** Whose name for an option it is. */
public enum Dialect {
  /** Our own. */
  OTTLA("Ottla's"),
  /** Apache Kafka's own clients. */
  KAFKA("Kafka's"),
  /** librdkafka and what is built on it. */
  LIBRDKAFKA("librdkafka's");

  private final String whose;

  Dialect(String whose) {
    this.whose = whose;
  }

  /** Whose name it is, for messages. */
  String whose() {
    return whose;
  }
}
