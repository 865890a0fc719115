package io.ottla.cli.command;

import io.ottla.cli.produce.KeyDelimiter;
import io.ottla.cli.produce.ProduceOrder;
import io.ottla.cli.produce.ProduceTask;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import io.ottla.protocol.record.Compression;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "produce",
    sortOptions = false,
    customSynopsis = "ottla produce -b HOST:PORT -t TOPIC [OPTION...] [FILE...]",
    description = "Writes lines to a topic: each line is a record, its newline not included.")
final class ProduceCommand implements Callable<Integer> {
  private final Terminal terminal;

  ProduceCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = {"-t", "--topic"},
      required = true,
      paramLabel = "TOPIC",
      description = "The topic to write to.")
  private String topic = "";

  @Option(
      names = {"-p", "--partition"},
      paramLabel = "N",
      converter = Converters.OfPartition.class,
      description =
          "The partition for all records. Default: by the key's hash, as Kafka's own producer does;"
              + " without keys, by turns.")
  private @Nullable Integer partition;

  @Option(
      names = {"-K", "--key-delimiter"},
      paramLabel = "DELIM",
      converter = Converters.OfKeyDelimiter.class,
      description =
          "What stands between key and value of a line: text, or \\t, \\0, \\xHH. A line without it"
              + " has no key.")
  private @Nullable KeyDelimiter delimiter;

  @Option(
      names = {"-z", "--compression"},
      defaultValue = "none",
      paramLabel = "CODEC",
      converter = Converters.OfCompression.class,
      description = "none, gzip, snappy, lz4 or zstd (default: ${DEFAULT-VALUE}).")
  private Compression compression = Compression.none();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Files to read, one after another; '-' is standard input, and so is nothing.")
  private List<String> files = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    new ProduceTask(
            new ProduceOrder(
                cluster.bootstrap(), topic, partition, delimiter, compression, List.copyOf(files)),
            terminal)
        .run();
    return ExitCode.OK.number();
  }
}
