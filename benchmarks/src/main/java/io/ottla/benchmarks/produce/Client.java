package io.ottla.benchmarks.produce;

/** Who is compared. */
enum Client {
  OTTLA("ottla", "Ottla", "#1f6f8b"),
  KAFKA_CLIENTS("kafka-clients", "kafka-clients", "#c8553d"),
  LIBRDKAFKA("librdkafka", "librdkafka", "#8d8741");

  private final String id;
  private final String title;
  private final String colour;

  Client(String id, String title, String colour) {
    this.id = id;
    this.title = title;
    this.colour = colour;
  }

  /** As on the command line. */
  String id() {
    return id;
  }

  String title() {
    return title;
  }

  String colour() {
    return colour;
  }

  boolean runsOnJvm() {
    return this != LIBRDKAFKA;
  }
}
