package io.ottla.cli.command;

import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import io.ottla.cli.topics.DeleteOrder;
import io.ottla.cli.topics.DeleteTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    sortOptions = false,
    customSynopsis = "ottla topics delete -b HOST:PORT [OPTION...] NAME...",
    description =
        "Deletes topics with all their records, and waits until no broker shows them. Asks first.")
final class TopicsDeleteCommand implements Callable<Integer> {
  private final Terminal terminal;

  TopicsDeleteCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask. Required where there is no terminal.")
  private boolean isSure;

  @Option(names = "--if-exists", description = "A topic that is not there is no error.")
  private boolean ifExists;

  @Option(names = "--json", description = "Print JSON: one line per topic that was deleted.")
  private boolean isJson;

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The topics' names.")
  private List<String> names = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    List<String> topics = names.stream().distinct().toList();
    new DeleteTask(new DeleteOrder(cluster.bootstrap(), topics, isSure, ifExists, isJson), terminal)
        .run();
    return ExitCode.OK.number();
  }
}
