package io.ottla.benchmarks.produce;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run is told: names and values, on the command line {@code --name value}. The program for
 * librdkafka takes the same ones with the same defaults, and passes over those it does not know.
 *
 * <p>Immutable. Units are in the names; {@code seconds} is how long the measured phase sends,
 * {@code records}, if above 0, how many it sends instead.
 */
final class ProduceArguments {
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("client", "ottla"),
          Map.entry("mode", "run"), // run; first: until one is acknowledged; idle: then nothing
          Map.entry("bootstrap", "localhost:9092"),
          Map.entry("topic", "bench"),
          Map.entry("partitions", "4"),
          Map.entry("spread", "sticky"), // or round-robin: each record names its partition
          Map.entry("value-bytes", "100"),
          Map.entry("acks", "all"), // idempotent with all, else not
          Map.entry("linger-ms", "5"),
          Map.entry("batch-bytes", "262144"),
          Map.entry("memory-bytes", "67108864"),
          Map.entry("compression", "none"),
          Map.entry("threads", "1"),
          Map.entry("rate", "0"), // records per second; 0: as fast as it goes
          Map.entry("tls", "false"), // for whoever starts the runs: with "ca", a client connects so
          Map.entry("cds", "false"), // likewise: whether it runs with an archive of its classes
          Map.entry("reports", "false"), // whether each record's end is heard of
          Map.entry("warm-up", "2"),
          Map.entry("seconds", "5"),
          Map.entry("records", "0"));

  private final Map<String, String> given;

  private ProduceArguments(Map<String, String> given) {
    this.given = given;
  }

  static ProduceArguments defaults() {
    return new ProduceArguments(Map.of());
  }

  static ProduceArguments parse(String[] arguments) {
    Map<String, String> given = new TreeMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
        throw new IllegalArgumentException("expected --name value, found: " + arguments[i]);
      }
      given.put(arguments[i].substring(2), arguments[i + 1]);
    }
    return new ProduceArguments(given);
  }

  ProduceArguments with(String name, Object value) {
    Map<String, String> changed = new TreeMap<>(given);
    changed.put(name, value.toString());
    return new ProduceArguments(changed);
  }

  /** As a command line has them. */
  List<String> toCommand() {
    List<String> command = new ArrayList<>();
    given.forEach(
        (name, value) -> {
          command.add("--" + name);
          command.add(value);
        });
    return command;
  }

  /** Null if it is neither given nor has a default. */
  @Nullable String find(String name) {
    return given.getOrDefault(name, DEFAULTS.get(name));
  }

  String text(String name) {
    String value = find(name);
    if (value == null) {
      throw new IllegalArgumentException("--" + name + " is missing");
    }
    return value;
  }

  int integer(String name) {
    return Integer.parseInt(text(name));
  }

  double number(String name) {
    return Double.parseDouble(text(name));
  }

  boolean is(String name) {
    return Boolean.parseBoolean(text(name));
  }

  /** Whether the clients tell how long each record took. */
  boolean hasLatencies() {
    return is("reports") || number("rate") > 0;
  }
}
