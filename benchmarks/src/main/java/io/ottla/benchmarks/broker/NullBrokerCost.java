package io.ottla.benchmarks.broker;

import io.ottla.testkit.bench.NullBroker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What the null broker costs per byte that it serves or swallows: one connection that reads or
 * writes as fast as it can, and looks at nothing.
 *
 * <p>Prints a Markdown table. First argument: seconds per measurement, default 5; each is done once
 * before, to warm up.
 */
public final class NullBrokerCost {
  private static final int PARTITIONS = 4;
  private static final int VALUE_BYTES = 100;

  /** Something that a client does again and again. */
  interface Exchange {
    void run(RawConnection connection) throws IOException;
  }

  private final int seconds;

  private NullBrokerCost(int seconds) {
    this.seconds = seconds;
  }

  /** Measures. */
  public static void main(String[] args) throws IOException {
    NullBrokerCost cost = new NullBrokerCost(args.length == 0 ? 5 : Integer.parseInt(args[0]));
    System.out.println(
        "| what | batches of | bytes | GB/s | broker, CPU ns/byte | client, CPU ns/byte |");
    System.out.println("|---|---|--:|--:|--:|--:|");
    for (int records : new int[] {10_000, 1_000, 150}) {
      cost.fetch(records);
    }
    for (int records : new int[] {9_000, 1_000, 150}) {
      cost.produce(records);
    }
  }

  private void fetch(int records) throws IOException {
    try (NullBroker broker = broker(records)) {
      measure(broker, "fetched", records, connection -> connection.fetch(PARTITIONS));
    }
  }

  private void produce(int records) throws IOException {
    try (NullBroker broker = broker(records)) {
      byte[] batch;
      try (RawConnection connection = new RawConnection(broker.port())) {
        batch = connection.firstBatch();
      }
      measure(broker, "produced", records, connection -> connection.produce(batch, PARTITIONS));
    }
  }

  private static NullBroker broker(int records) {
    return NullBroker.builder()
        .topic(RawConnection.TOPIC, PARTITIONS)
        .batch(records, VALUE_BYTES)
        .start();
  }

  private void measure(NullBroker broker, String what, int records, Exchange exchange)
      throws IOException {
    try (RawConnection connection = new RawConnection(broker.port())) {
      run(connection, exchange);
      long bytes = broker.bytesIn() + broker.bytesOut();
      Duration brokerCpu = broker.cpuTime();
      long clientCpu = threadCpuNanos();
      long start = System.nanoTime();
      run(connection, exchange);
      double nanos = System.nanoTime() - start;
      double served = broker.bytesIn() + broker.bytesOut() - bytes;
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %,d | %.2f | %.3f | %.3f |%n",
          what,
          "%,d records, %,d kB".formatted(records, records * (VALUE_BYTES + 8) / 1000),
          (long) served,
          served / nanos,
          broker.cpuTime().minus(brokerCpu).toNanos() / served,
          (threadCpuNanos() - clientCpu) / served);
    }
  }

  private void run(RawConnection connection, Exchange exchange) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      exchange.run(connection);
    }
    connection.drain();
  }

  private static long threadCpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
