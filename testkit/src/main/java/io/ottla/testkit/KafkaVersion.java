package io.ottla.testkit;

/** A line of Kafka's server that {@link KafkaServer} can run. */
public enum KafkaVersion {
  /** Kafka 4.3, the newest line with a published server. */
  V4_3("4.3"),
  /** Kafka 3.9, the last line that still speaks to clients older than 2.1. */
  V3_9("3.9");

  private final String line;

  KafkaVersion(String line) {
    this.line = line;
  }

  /**
   * The line as Kafka writes it.
   *
   * @return for example {@code 4.3}
   */
  public String line() {
    return line;
  }

  /**
   * The system property that names the directory with this server's jars.
   *
   * @return for example {@code ottla.kafka.4.3}
   */
  public String classPathProperty() {
    return "ottla.kafka." + line;
  }
}
