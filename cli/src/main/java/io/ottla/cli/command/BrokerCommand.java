package io.ottla.cli.command;

import io.ottla.cli.broker.BrokerOrder;
import io.ottla.cli.broker.BrokerTask;
import io.ottla.cli.broker.TopicSpec;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "broker",
    sortOptions = false,
    customSynopsis = "ottla broker [OPTION...]",
    description =
        "Runs a Kafka of one node for development, prints its address, and stops it on Ctrl-C.")
final class BrokerCommand implements Callable<Integer> {
  private final Terminal terminal;

  BrokerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Option(
      names = "--port",
      defaultValue = "9092",
      paramLabel = "PORT",
      converter = Converters.OfPort.class,
      description = "The port for clients; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where to keep the data. Default: a temporary directory that is deleted at the end.")
  private @Nullable Path data;

  @Option(
      names = "--topic",
      paramLabel = "NAME[:PARTITIONS]",
      converter = Converters.OfTopicSpec.class,
      description = "A topic to create, with one partition unless told otherwise; may be repeated.")
  private List<TopicSpec> topics = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    new BrokerTask(new BrokerOrder(port, data, List.copyOf(topics)), terminal).run();
    return ExitCode.OK.number();
  }
}
