package io.ottla.cli.command;

import io.ottla.cli.cluster.ProducerSetup;
import io.ottla.cli.format.JsonLines;
import io.ottla.cli.format.KeyDelimiter;
import io.ottla.cli.format.LineFormat;
import io.ottla.cli.format.PlainLines;
import io.ottla.cli.produce.ProduceOrder;
import io.ottla.cli.produce.ProduceTask;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import io.ottla.protocol.record.Header;
import java.nio.charset.StandardCharsets;
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
  @Mixin private ProducerChoices choices = new ProducerChoices();

  @Option(
      names = {"-t", "--topic"},
      required = true,
      paramLabel = "TOPIC",
      description = "The topic to write to.")
  private String topic = "";

  @Option(
      names = {"-p", "--partition"},
      paramLabel = "N",
      converter = ProduceConverters.OfPartition.class,
      description =
          "The partition for all records. Default: by the key's hash, as Kafka's own producer does;"
              + " without keys, by turns. 'any': so even if JSON lines name partitions.")
  private @Nullable Integer partition;

  @Option(
      names = {"-K", "--key-delimiter"},
      paramLabel = "DELIM",
      converter = ProduceConverters.OfKeyDelimiter.class,
      description =
          "What stands between key and value of a line: text, or \\t, \\0, \\xHH. A line without it"
              + " has no key.")
  private @Nullable KeyDelimiter delimiter;

  @Option(
      names = {"-k", "--key"},
      paramLabel = "KEY",
      description = "The key of all records that have none of their own.")
  private @Nullable String key;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "NAME=VALUE",
      converter = ProduceConverters.OfHeader.class,
      description = "A header for all records; without '=' it has no value. May be repeated.")
  private List<Header> headers = new ArrayList<>();

  @Option(
      names = {"-Z", "--null"},
      description = "An empty value is none: a tombstone.")
  private boolean isEmptyNull;

  @Option(
      names = "--json",
      description =
          "Lines are JSON objects with value, key, headers, partition and timestamp; docs/cli.md"
              + " tells more.")
  private boolean isJson;

  @Option(
      names = "--rate",
      paramLabel = "N",
      converter = ProduceConverters.OfRate.class,
      description = "How many records to send in a second. Default: as many as can be.")
  private @Nullable Double rate;

  @Option(
      names = "--keep-going",
      description = "Read on when a record was not delivered, or a line is not JSON.")
  private boolean keepsGoing;

  @Option(
      names = {"-q", "--quiet"},
      description = "Show no progress.")
  private boolean isQuiet;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Files to read, one after another; '-' is standard input, and so is nothing.")
  private List<String> files = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    ProduceOrder order =
        new ProduceOrder(
            new ProducerSetup(cluster.bootstrap(), ProduceTask.usualOptions(), choices.given()),
            topic,
            format(),
            new ProduceOrder.Additions(partition, keyBytes, headers),
            rate == null ? 0 : rate,
            keepsGoing,
            isQuiet,
            files);
    new ProduceTask(order, terminal).run();
    return ExitCode.OK.number();
  }

  private LineFormat format() {
    if (!isJson) {
      return new PlainLines(delimiter, isEmptyNull);
    }
    if (delimiter != null) {
      throw cluster.misuse("with --json the key is in the JSON: leave -K");
    }
    if (isEmptyNull) {
      throw cluster.misuse("with --json a tombstone is \"value\": null: leave -Z");
    }
    return new JsonLines();
  }
}
