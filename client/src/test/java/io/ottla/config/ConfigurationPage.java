package io.ottla.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reference page, as it follows from the table. */
final class ConfigurationPage {
  private static final String HEAD =
      """
      # Configuration

      <!-- Made of the option table (io.ottla.config) by ConfigurationPageTest, which says how. -->

      An option is given in code, by a method of the client's builder, or as text: one by one with `set`, many with `load`, from a map or
      from a file of properties. As text it may have any of its names: Ottla's, Kafka's, librdkafka's. So a file that was written for
      another client can be used as it is.

      ```java
      import java.nio.file.Files;

      class Configured {
        public static void main(String[] args) throws Exception {
          Path file = Files.writeString(Path.of("target", "client.properties"), "request.timeout.ms = 20000");
          try (Broker broker = Ottla.broker("localhost", 9092, options -> options.load(file).set("idle.timeout", "5m").clientId("orders"))) {
            System.out.println(broker.options());
          }
        }
      }
      ```

      - **What comes later replaces what came before**: a file, then a map, then code. Within one file or map an option that is given by
        two of its names is an error.
      - **Durations** have a unit: `500ms`, `30s`, `2m`, `1h`. Only by names of other clients that end in `.ms` a bare number is one of
        milliseconds. **Sizes** may have one: `64KB` is 64000 bytes, `64KiB` is 65536.
      - **What is wrong** is told when the client is built, all of it at once, with the file and the line. A name that nobody knows is an
        error that says which one may have been meant.
      - **What other clients know and Ottla has no use for** (`key.serializer` in a file for everything) is a note in the log, at INFO,
        when the client opens. If leaving it out would do harm, it is an error.
      - **Secrets do not print**: not in logs, not in errors, not in `toString`.

      A default that is one of two that belong together moves along: with `request.timeout = 5m` alone, `call.timeout` is 5 min, too.
      Options without a mark are everybody's; *broker* marks those of `Ottla.broker`, *cluster* those of clusters and of what stands on one,
      *producer* those of producers. A topic of a producer may have its own value of those that are marked *topic*:
      `producer.topic("orders", topic -> topic.set("linger", "0"))`.
      """;

  private ConfigurationPage() {}

  static String text() {
    return HEAD
        + section("Connections", ConnectionKeys.ALL)
        + section("Metadata", MetadataKeys.ALL)
        + section("Producers", ProducerKeys.ALL)
        + section("TLS", SecurityKeys.ALL)
        + section("SASL", SaslKeys.ALL)
        + unused();
  }

  private static String section(String title, List<Option<?>> options) {
    return "\n## "
        + title
        + "\n\n"
        + "| option | what it is | default | accepted | Kafka | librdkafka |\n"
        + "|---|---|---|---|---|---|\n"
        + options.stream().map(ConfigurationPage::row).collect(Collectors.joining());
  }

  private static String row(Option<?> option) {
    return "| `"
        + option.name()
        + "`"
        + mark(option)
        + " | "
        + option.doc()
        + " | "
        + fallback(option)
        + " | "
        + option.accepted()
        + " | "
        + names(option, Dialect.KAFKA)
        + " | "
        + names(option, Dialect.LIBRDKAFKA)
        + " |\n";
  }

  private static String mark(Option<?> option) {
    String topic = option.isPerTopic() ? " *topic*" : "";
    return switch (option.scope()) {
          case CONNECTION -> "";
          case BROKER -> " *broker*";
          case CLUSTER -> " *cluster*";
          case PRODUCER -> " *producer*";
        }
        + topic;
  }

  private static <T> String fallback(Option<T> option) {
    return option.fallback().map(value -> "`" + option.type().show(value) + "`: ").orElse("")
        + option.reason();
  }

  private static String names(Option<?> option, Dialect dialect) {
    return option.names(dialect).stream()
        .map(name -> "`" + name + "`")
        .collect(Collectors.joining(", "));
  }

  private static String unused() {
    Map<String, TreeSet<String>> notes = new TreeMap<>();
    Map<String, TreeSet<String>> refusals = new TreeMap<>();
    Set<String> toProducers = new TreeSet<>();
    UnusedKeys.ofProducers().forEach(key -> toProducers.add(key.name()));
    Stream.concat(
            UnusedKeys.all().stream().filter(key -> !toProducers.contains(key.name())),
            UnusedKeys.ofProducers().stream())
        .forEach(
            key ->
                (key.isRefusal() ? refusals : notes)
                    .computeIfAbsent(key.why(), why -> new TreeSet<>())
                    .add("`" + key.name() + "`" + (key.harmless().isEmpty() ? "" : "\u00b9")));
    return "\n## Names of other clients that have no effect\n\nEach is a note in the log.\n\n"
        + list(notes)
        + "\n"
        + "Each of these is an error, because a connection would fail without it, or be less safe"
        + " than it looks.\n\n"
        + list(refusals)
        + "\n\u00b9 Nothing is said of a value that asks for what is so anyway.\n";
  }

  private static String list(Map<String, ? extends Set<String>> namesByReason) {
    return namesByReason.entrySet().stream()
        .map(entry -> "- " + entry.getKey() + ": " + String.join(", ", entry.getValue()) + "\n")
        .collect(Collectors.joining());
  }
}
