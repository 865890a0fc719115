package io.ottla.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a builder was told, checked and complete.
 *
 * @param firstPort the port of node 1, the others follow; 0 to choose free ones
 * @param extraListeners security protocol by listener name
 * @param securities by listener name, of those that have more to say than their protocol
 * @param dataDirectory null for a temporary one
 * @param classPath null to look it up
 */
record ServerSettings(
    KafkaVersion version,
    int nodes,
    int firstPort,
    SortedMap<String, String> extraListeners,
    SortedMap<String, ListenerSecurity> securities,
    AdvertisedAddress advertised,
    SortedMap<String, String> properties,
    @Nullable Path dataDirectory,
    @Nullable Path classPath,
    Path javaHome,
    List<String> jvmArguments,
    Duration startTimeout,
    Duration stopTimeout) {

  /** As it is named in messages: {@code Kafka 4.3 (1 node)}. */
  String title() {
    return "Kafka " + version.line() + (nodes == 1 ? " (1 node)" : " (" + nodes + " nodes)");
  }

  /** What a node must not print, and messages must not repeat. */
  List<String> secrets() {
    return securities.values().stream().flatMap(security -> security.secrets().stream()).toList();
  }

  /** The users to make when a log directory is formatted, each as Kafka's tool wants them. */
  List<String> scramUsers() {
    return securities.values().stream()
        .flatMap(security -> security.scramUsers().stream())
        .distinct()
        .toList();
  }

  /** Without properties, which may hold secrets. */
  @Override
  public String toString() {
    return title();
  }
}
