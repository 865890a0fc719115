package io.ottla.testkit.internal.admin;

/** Where a configuration's value comes from, with the number by which it is told. */
enum ConfigSource {
  /** Set for the topic. */
  TOPIC(1),
  /** Set for all brokers while they run. */
  DYNAMIC_DEFAULT_BROKER(3),
  /** In the brokers' properties. */
  STATIC_BROKER(4),
  /** Kafka's own. */
  DEFAULT(5);

  private final int id;

  ConfigSource(int id) {
    this.id = id;
  }

  byte id() {
    return (byte) id;
  }
}
