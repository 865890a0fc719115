package io.ottla.cli.command;

import io.ottla.cli.demo.DemoOrder;
import io.ottla.cli.demo.DemoTask;
import io.ottla.cli.terminal.ExitCode;
import io.ottla.cli.terminal.Terminal;
import io.ottla.protocol.record.Compression;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "demo",
    sortOptions = false,
    customSynopsis = "ottla demo [OPTION...] [FILE...]",
    description =
        "Starts a real Kafka, streams records through it, reads them back, and checks that none is"
            + " lost, doubled or out of order.")
final class DemoCommand implements Callable<Integer> {
  private final Terminal terminal;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Option(
      names = {"-n", "--count"},
      defaultValue = "300000",
      paramLabel = "COUNT",
      converter = Converters.OfCount.class,
      description = "How many orders to make when no file is given (default: ${DEFAULT-VALUE}).")
  private long count;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "NUMBER",
      description = "The same seed makes the same orders (default: ${DEFAULT-VALUE}).")
  private long seed;

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
      description = "Files whose lines to stream in place of orders; '-' is standard input.")
  private List<String> files = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    new DemoTask(new DemoOrder(List.copyOf(files), count, seed, compression), terminal).run();
    return ExitCode.OK.number();
  }
}
