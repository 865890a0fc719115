package io.ottla.cli.command;

import io.ottla.cli.cluster.Bootstrap;
import io.ottla.cli.cluster.HostPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where the cluster is; shared by all commands that talk to one. */
final class ClusterOptions {
  @Option(
      names = {"-b", "--bootstrap"},
      required = true,
      split = ",",
      paramLabel = "HOST:PORT",
      converter = Converters.OfHostPort.class,
      description = "Brokers to ask for the cluster; the first that answers is taken.")
  private List<HostPort> servers = new ArrayList<>();

  @Option(
      names = "--timeout",
      defaultValue = "30s",
      paramLabel = "TIME",
      converter = Converters.OfDuration.class,
      description = "How long to try before giving up (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofSeconds(30);

  Bootstrap bootstrap() {
    return new Bootstrap(List.copyOf(servers), timeout);
  }
}
