package io.ottla.benchmarks.produce;

import io.ottla.testkit.bench.NullBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A null broker in a process of its own. Prints its port, then for each line that it reads what it
 * has done so far; ends with its input.
 */
public final class NullBrokerMain {
  private NullBrokerMain() {}

  /**
   * @param arguments a topic's name and its number of partitions, as often as wanted
   */
  public static void main(String[] arguments) throws IOException {
    var builder = NullBroker.builder();
    for (int i = 0; i < arguments.length; i += 2) {
      builder.topic(arguments[i], Integer.parseInt(arguments[i + 1]));
    }
    try (NullBroker broker = builder.start();
        BufferedReader questions =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      System.out.println(broker.port());
      while (questions.readLine() != null) {
        Figures figures = new Figures();
        figures.put("records", (double) broker.recordsIn());
        figures.put("bytes", (double) broker.bytesIn());
        figures.put("cpu_seconds", broker.cpuTime().toNanos() / 1e9);
        System.out.println(figures.toJson());
      }
    }
  }
}
