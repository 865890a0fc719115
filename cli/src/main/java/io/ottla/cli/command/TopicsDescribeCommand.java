package io.ottla.cli.command;

import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import io.ottla.cli.topics.DescribeTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "describe",
    sortOptions = false,
    customSynopsis = "ottla topics describe -b HOST:PORT [OPTION...] NAME...",
    description =
        "Prints each partition's leader and replicas, and what was configured of the topic.")
final class TopicsDescribeCommand implements Callable<Integer> {
  private final Terminal terminal;

  TopicsDescribeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(names = "--json", description = "Print JSON: one line per topic, partition and config.")
  private boolean isJson;

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The topics' names.")
  private List<String> names = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    List<String> topics = names.stream().distinct().toList();
    new DescribeTask(cluster.bootstrap(), topics, isJson, terminal).run();
    return ExitCode.OK.number();
  }
}
