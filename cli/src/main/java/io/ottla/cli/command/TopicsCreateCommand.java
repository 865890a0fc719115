package io.ottla.cli.command;

import io.ottla.admin.NewTopic;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import io.ottla.cli.topics.CreateOrder;
import io.ottla.cli.topics.CreateTask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    sortOptions = false,
    customSynopsis = "ottla topics create -b HOST:PORT [OPTION...] NAME...",
    description = "Creates topics, and waits until every broker shows them with leaders.")
final class TopicsCreateCommand implements Callable<Integer> {
  private final Terminal terminal;

  TopicsCreateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = {"-p", "--partitions"},
      paramLabel = "N",
      converter = Converters.OfPartitionCount.class,
      description = "How many partitions. Default: as the brokers are set up.")
  private @Nullable Integer partitions;

  @Option(
      names = {"-r", "--replicas"},
      paramLabel = "N",
      converter = Converters.OfReplicaCount.class,
      description = "How many copies of each partition. Default: as the brokers are set up.")
  private @Nullable Integer replicas;

  @Option(
      names = {"-c", "--topic-config"},
      paramLabel = "KEY=VALUE",
      description = "A config of the topics, such as retention.ms=60000; may be repeated.")
  private Map<String, String> configs = new LinkedHashMap<>();

  @Option(names = "--if-not-exists", description = "A topic that is there already is no error.")
  private boolean ifNotExists;

  @Option(
      names = "--check",
      description = "Create nothing; have the brokers say whether they would.")
  private boolean onlyChecks;

  @Option(names = "--json", description = "Print JSON: one line per topic that was created.")
  private boolean isJson;

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The topics' names.")
  private List<String> names = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    List<NewTopic> topics = names.stream().distinct().map(this::topic).toList();
    new CreateTask(
            new CreateOrder(cluster.bootstrap(), topics, onlyChecks, ifNotExists, isJson), terminal)
        .run();
    return ExitCode.OK.number();
  }

  private NewTopic topic(String name) {
    return new NewTopic(
        name,
        partitions == null ? NewTopic.BROKERS_DEFAULT : partitions,
        replicas == null ? NewTopic.BROKERS_DEFAULT : replicas,
        List.of(),
        configs);
  }
}
