package io.ottla.cli.cluster;

import io.ottla.BrokerOptions;
import io.ottla.ClusterOptions;
import io.ottla.ConnectionOptions;
import io.ottla.ProducerBuilder;
import io.ottla.cli.terminal.CommandFailedException;
import io.ottla.cli.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where to find a cluster, and how to talk to it.
 *
 * <p>What is said later replaces what was said before: a time that nobody gave, the file, what was
 * given on the command line, and last the options by their names.
 *
 * @param servers in place of those that the file names; empty for those
 * @param timeout how long to try before giving up: to find the cluster, and later each request or
 *     delivery
 * @param isTimeoutGiven whether somebody said so, in which case it goes before the file's
 * @param file options, as Kafka's own tools take them; null for none
 * @param options further options, which replace all others
 */
public record Bootstrap(
    List<HostPort> servers,
    Duration timeout,
    boolean isTimeoutGiven,
    @Nullable Path file,
    Map<String, String> options) {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
  private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(30);
  private static final String CLIENT_ID = "ottla-cli";

  /** Copies list and map. */
  public Bootstrap {
    servers = List.copyOf(servers);
    options = new LinkedHashMap<>(options);
  }

  /** One cluster, with options at their defaults. */
  public static Bootstrap of(String servers, Duration timeout) {
    List<HostPort> parsed = Arrays.stream(servers.split(",")).map(HostPort::parse).toList();
    return new Bootstrap(parsed, timeout, true, null, Map.of());
  }

  /** The options of the cluster, checked. */
  public ClusterOptions ofCluster() {
    ClusterOptions.Builder builder = ClusterOptions.builder();
    configure(builder);
    return builder.build();
  }

  /** Sets the options of the cluster. */
  void configure(ClusterOptions.Builder builder) {
    configure(
        builder,
        () -> builder.callTimeout(timeout),
        () -> {
          if (!servers.isEmpty()) {
            builder.bootstrapServers(
                String.join(",", servers.stream().map(HostPort::toString).toList()));
          }
        });
  }

  /** The servers to ask first, as a client takes them. */
  String serverList() {
    return String.join(",", ofCluster().bootstrapServers().stream().map(Object::toString).toList());
  }

  /**
   * Sets the options of a producer.
   *
   * @param usual options that all others replace
   * @param given options from the command line, which replace the file's
   */
  <K, V> void configure(
      ProducerBuilder<K, V> builder, Map<String, String> usual, Map<String, String> given) {
    usual.forEach((key, value) -> builder.set(key, value));
    configure(
        builder,
        () ->
            builder
                .callTimeout(timeout)
                .deliveryTimeout(timeout)
                .requestTimeout(shorter(LONGEST_ATTEMPT, timeout.dividedBy(2))),
        () -> {
          builder.bootstrapServers(serverList());
          given.forEach((key, value) -> builder.set(key, value));
        });
  }

  /** Sets the options of a connection to one broker. */
  void configure(BrokerOptions.Builder builder) {
    configure(builder, () -> builder.requestTimeout(timeout), () -> {});
  }

  private void configure(
      ConnectionOptions.Builder<?> builder, Runnable setTimeout, Runnable setGiven) {
    builder.clientId(CLIENT_ID);
    if (!isTimeoutGiven) {
      setTimeout.run();
    }
    Path from = readable();
    if (from != null) {
      builder.load(from);
    }
    if (isTimeoutGiven) {
      setTimeout.run();
    }
    if (timeout.compareTo(LONGEST_CONNECT) < 0) {
      builder.connectTimeout(timeout);
    }
    setGiven.run();
    builder.load(options, "-X");
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private @Nullable Path readable() {
    Path path = file;
    if (path != null && !Files.isReadable(path)) {
      throw new CommandFailedException(
          ExitCode.FILE,
          "cannot read "
              + path
              + ": "
              + (Files.exists(path) ? "permission denied" : "no such file"));
    }
    if (path != null && Files.isDirectory(path)) {
      throw new CommandFailedException(
          ExitCode.FILE, "cannot read " + path + ": it is a directory");
    }
    return path;
  }
}
