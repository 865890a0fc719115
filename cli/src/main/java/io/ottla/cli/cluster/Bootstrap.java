package io.ottla.cli.cluster;

import io.ottla.BrokerOptions;
import io.ottla.ClusterOptions;
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
 * @param servers in place of those that the options name; empty for those
 * @param timeout how long to try before giving up: to find the cluster, and later each request or
 *     delivery
 * @param file options, as Kafka's own tools take them; null for none
 * @param options further options, which replace those of the file
 */
public record Bootstrap(
    List<HostPort> servers, Duration timeout, @Nullable Path file, Map<String, String> options) {
  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
  private static final String CLIENT_ID = "ottla-cli";

  /** Copies list and map. */
  public Bootstrap {
    servers = List.copyOf(servers);
    options = new LinkedHashMap<>(options);
  }

  /** One cluster, with options at their defaults. */
  public static Bootstrap of(String servers, Duration timeout) {
    List<HostPort> parsed = Arrays.stream(servers.split(",")).map(HostPort::parse).toList();
    return new Bootstrap(parsed, timeout, null, Map.of());
  }

  /** The options of the cluster, checked. */
  public ClusterOptions ofCluster() {
    ClusterOptions.Builder builder = ClusterOptions.builder();
    configure(builder);
    return builder.build();
  }

  /** Sets the options of the cluster. */
  void configure(ClusterOptions.Builder builder) {
    builder.clientId(CLIENT_ID);
    Path from = readable();
    if (from != null) {
      builder.load(from);
    }
    builder.load(options, "-X").requestTimeout(timeout).callTimeout(timeout);
    if (timeout.compareTo(LONGEST_CONNECT) < 0) {
      builder.connectTimeout(timeout);
    }
    if (!servers.isEmpty()) {
      builder.bootstrapServers(String.join(",", servers.stream().map(HostPort::toString).toList()));
    }
  }

  /** Sets the options of a connection to one broker. */
  void configure(BrokerOptions.Builder builder) {
    builder.clientId(CLIENT_ID);
    Path from = readable();
    if (from != null) {
      builder.load(from);
    }
    builder.load(options, "-X").requestTimeout(timeout);
    if (timeout.compareTo(LONGEST_CONNECT) < 0) {
      builder.connectTimeout(timeout);
    }
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
