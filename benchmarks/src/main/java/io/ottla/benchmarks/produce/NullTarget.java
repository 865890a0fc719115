package io.ottla.benchmarks.produce;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The null broker: one process for all runs, with a topic for each number of partitions. */
final class NullTarget implements Target {
  private final Process process;
  private final BufferedReader answers;
  private final int port;

  /**
   * @param partitions the numbers of partitions that runs will ask for
   */
  NullTarget(List<Integer> partitions) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path", ""),
            NullBrokerMain.class.getName());
    for (int count : partitions) {
      builder.command().addAll(List.of(topic(count), Integer.toString(count)));
    }
    process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers = process.inputReader();
    port = Integer.parseInt(line());
  }

  private static String topic(int partitions) {
    return "bench-" + partitions;
  }

  private String line() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new EOFException("the null broker has ended");
    }
    return line;
  }

  @Override
  public ProduceArguments prepare(ProduceArguments arguments) {
    return arguments
        .with("bootstrap", "localhost:" + port)
        .with("topic", topic(arguments.integer("partitions")));
  }

  @Override
  public double cpuSeconds() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    return Figures.parse(line()).number("cpu_seconds");
  }

  @Override
  public void close() {
    process.destroy();
  }
}
