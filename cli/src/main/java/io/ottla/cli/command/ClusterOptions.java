package io.ottla.cli.command;

import io.ottla.cli.cluster.Bootstrap;
import io.ottla.cli.cluster.HostPort;
import io.ottla.error.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the cluster is, and how to talk to it; shared by all commands that talk to one. */
final class ClusterOptions {
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(30);
  private static final String NO_SERVERS = "Missing required option: '--bootstrap=HOST:PORT'";

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = {"-b", "--bootstrap"},
      split = ",",
      paramLabel = "HOST:PORT",
      converter = Converters.OfHostPort.class,
      description =
          "Brokers to ask for the cluster; the first that answers is taken. Required, unless the"
              + " options name some.")
  private List<HostPort> servers = new ArrayList<>();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Options of the client, one KEY=VALUE on a line; a client.properties of Kafka's own"
              + " tools will do.")
  private @Nullable Path file;

  @Option(
      names = "-X",
      paramLabel = "KEY=VALUE",
      description =
          "An option of the client, by Ottla's name, Kafka's or librdkafka's; goes before the"
              + " file's; may be repeated.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Converters.OfDuration.class,
      description = "How long to try before giving up (default: 30s).")
  private @Nullable Duration timeout;

  /** What was told, checked as far as that is possible without asking anybody. */
  Bootstrap bootstrap() {
    Duration patience = timeout == null ? USUAL_TIMEOUT : timeout;
    Bootstrap bootstrap = new Bootstrap(servers, patience, timeout != null, file, options);
    try {
      io.ottla.ClusterOptions checked = bootstrap.ofCluster();
      if (checked.bootstrapServers().isEmpty()) {
        throw misuse(NO_SERVERS);
      }
      return bootstrap;
    } catch (ConfigException e) {
      boolean isAboutServers = e.key().equals("bootstrap.servers") && servers.isEmpty();
      throw misuse(isAboutServers ? NO_SERVERS : String.valueOf(e.getMessage()));
    }
  }

  /** Options that do not go together. */
  ParameterException misuse(String words) {
    return new ParameterException(Objects.requireNonNull(command).commandLine(), words);
  }
}
