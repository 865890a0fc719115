package io.ottla.cli.command;

import io.ottla.cli.bench.ProduceBenchOrder;
import io.ottla.cli.bench.ProduceBenchTask;
import io.ottla.cli.cluster.ProducerSetup;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import io.ottla.testkit.load.LoadPlan;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "produce",
    sortOptions = false,
    customSynopsis = "ottla bench produce -b HOST:PORT -t TOPIC [OPTION...]",
    description =
        "Writes made-up records without keys to a topic, and prints how fast that went and what it"
            + " cost. Use a topic whose records nobody wants.")
final class BenchProduceCommand implements Callable<Integer> {
  private static final Map<String, String> USUAL =
      Map.of("topics.create", "false", "report.errors.only", "true");

  private final Terminal terminal;

  BenchProduceCommand(Terminal terminal) {
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
      names = {"-n", "--records"},
      defaultValue = "1000000",
      paramLabel = "N",
      converter = Converters.OfCount.class,
      description = "How many records to measure (default: ${DEFAULT-VALUE}).")
  private long records;

  @Option(
      names = {"-s", "--size"},
      defaultValue = "100",
      paramLabel = "BYTES",
      converter = ProduceConverters.OfSize.class,
      description = "How long each value is (default: ${DEFAULT-VALUE}).")
  private long size;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      converter = Converters.OfCountOrNone.class,
      description = "How many records to send before those (default: a tenth as many).")
  private @Nullable Long warmUp;

  @Option(
      names = "--linger",
      paramLabel = "TIME",
      converter = Converters.OfDurationOrNone.class,
      description = "How long a batch waits for more records (default: the client's, 5ms).")
  private @Nullable Duration linger;

  @Option(
      names = "--batch",
      paramLabel = "BYTES",
      converter = ProduceConverters.OfSize.class,
      description = "When a batch is full (default: the client's).")
  private @Nullable Long batch;

  @Option(
      names = "--threads",
      defaultValue = "1",
      paramLabel = "N",
      converter = ProduceConverters.OfThreads.class,
      description = "How many threads send, with one producer (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--rate",
      paramLabel = "N",
      converter = ProduceConverters.OfRate.class,
      description = "How many records are due in a second. Default: as many as can be sent.")
  private @Nullable Double rate;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      converter = Converters.OfPartitionCount.class,
      description = "Create the topic with so many partitions, unless it is there.")
  private @Nullable Integer partitions;

  @Option(names = "--json", description = "Print JSON: one line with all figures.")
  private boolean isJson;

  @Override
  public Integer call() throws InterruptedException {
    new ProduceBenchTask(order(), terminal).run();
    return ExitCode.OK.number();
  }

  private ProduceBenchOrder order() {
    Map<String, String> given = choices.given();
    if (linger != null) {
      given.put("linger", linger.toMillis() + "ms");
    }
    if (batch != null) {
      given.put("batch.bytes", batch.toString());
    }
    long before = warmUp == null ? LoadPlan.usualWarmUp(records) : warmUp;
    return new ProduceBenchOrder(
        new ProducerSetup(cluster.bootstrap(), USUAL, given),
        topic,
        partitions,
        new LoadPlan(records, before, (int) size, threads, rate == null ? 0 : rate),
        new ProduceBenchOrder.Settings(
            choices.acks(),
            linger == null ? null : linger.toMillis(),
            batch,
            choices.compression()),
        isJson);
  }
}
