package io.ottla.cli.command;

import io.ottla.cli.consume.ConsumeOrder;
import io.ottla.cli.consume.ConsumeTask;
import io.ottla.cli.consume.StartOffset;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "consume",
    sortOptions = false,
    customSynopsis = "ottla consume -b HOST:PORT -t TOPIC [OPTION...]",
    description =
        "Prints the values of a topic's records, each with a newline; waits for more, unless told"
            + " when to stop.")
final class ConsumeCommand implements Callable<Integer> {
  private final Terminal terminal;

  ConsumeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = {"-t", "--topic"},
      required = true,
      paramLabel = "TOPIC",
      description = "The topic to read.")
  private String topic = "";

  @Option(
      names = {"-p", "--partition"},
      paramLabel = "N",
      converter = Converters.OfPartition.class,
      description = "The partition to read. Default: all; records are in order within each.")
  private @Nullable Integer partition;

  @Option(
      names = {"-o", "--offset"},
      defaultValue = "beginning",
      paramLabel = "OFFSET",
      converter = Converters.OfStartOffset.class,
      description = "Where to begin: beginning, end, or an offset (default: ${DEFAULT-VALUE}).")
  private StartOffset start = new StartOffset.Beginning();

  @Option(
      names = {"-e", "--exit"},
      description = "Stop at the end: after the last record that is there when the command begins.")
  private boolean stopsAtEnd;

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      converter = Converters.OfCount.class,
      description = "Stop after this many records.")
  private @Nullable Long count;

  @Override
  public Integer call() throws InterruptedException {
    new ConsumeTask(
            new ConsumeOrder(cluster.bootstrap(), topic, partition, start, stopsAtEnd, count),
            terminal)
        .run();
    return ExitCode.OK.number();
  }
}
