package io.ottla.cli.command;

import io.ottla.cli.metadata.MetadataTask;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "metadata",
    sortOptions = false,
    customSynopsis = "ottla metadata -b HOST:PORT [OPTION...]",
    description = "Prints the cluster's id, its brokers, and its topics with their partitions.")
final class MetadataCommand implements Callable<Integer> {
  private final Terminal terminal;

  MetadataCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(names = "--json", description = "Print JSON: one line per broker, topic and partition.")
  private boolean isJson;

  @Override
  public Integer call() throws InterruptedException {
    new MetadataTask(cluster.bootstrap(), isJson, terminal).run();
    return ExitCode.OK.number();
  }
}
