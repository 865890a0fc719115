package io.ottla.cli.command;

import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import io.ottla.cli.topics.ListTask;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    sortOptions = false,
    customSynopsis = "ottla topics list -b HOST:PORT [OPTION...]",
    description = "Prints each topic's name, and how many partitions and replicas it has.")
final class TopicsListCommand implements Callable<Integer> {
  private final Terminal terminal;

  TopicsListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = {"-a", "--all"},
      description = "The topics too that Kafka keeps for itself.")
  private boolean withInternal;

  @Option(names = "--json", description = "Print JSON: one line per topic.")
  private boolean isJson;

  @Override
  public Integer call() throws InterruptedException {
    new ListTask(cluster.bootstrap(), withInternal, isJson, terminal).run();
    return ExitCode.OK.number();
  }
}
