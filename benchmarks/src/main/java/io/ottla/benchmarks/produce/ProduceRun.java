package io.ottla.benchmarks.produce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One run of one client in this process: a first record, a warm-up, and the phase that is measured,
 * which ends when its last record is acknowledged.
 *
 * <p>Thread: the one that created it; its feeders have their own.
 */
final class ProduceRun {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MICROS_PER_MILLI = 1e3;

  private final ProduceArguments arguments;
  private final LatencyHistogram latencies = new LatencyHistogram();
  private final byte[][] values;

  ProduceRun(ProduceArguments arguments) throws IOException {
    this.arguments = arguments;
    this.values = values();
  }

  /** The values of the file that all clients get: as many as a power of two. */
  private byte[][] values() throws IOException {
    byte[] all = Files.readAllBytes(Path.of(arguments.text("values")));
    int bytes = arguments.integer("value-bytes");
    byte[][] cut = new byte[Integer.highestOneBit(all.length / bytes)][];
    for (int i = 0; i < cut.length; i++) {
      cut[i] = Arrays.copyOfRange(all, i * bytes, (i + 1) * bytes);
    }
    return cut;
  }

  Figures run() throws InterruptedException {
    try (ProduceClient client = open()) {
      feed(client, 0, 1);
      double firstMillis = millisSinceStart();
      Figures figures =
          switch (arguments.text("mode")) {
            case "first" -> figures(client, Usage.now(), 1);
            case "idle" -> idle(client);
            default -> measure(client);
          };
      figures.put("first_ack_ms", firstMillis);
      return figures;
    }
  }

  private ProduceClient open() {
    ProduceClient.Ending ending = sent -> latencies.add(System.nanoTime() - sent);
    return arguments.text("client").equals("ottla")
        ? new OttlaProduce(arguments, ending)
        : new KafkaClientsProduce(arguments, ending);
  }

  private double millisSinceStart() {
    String started = arguments.find("started-micros");
    return started == null
        ? Double.NaN
        : (ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) - Long.parseLong(started))
            / MICROS_PER_MILLI;
  }

  private Figures idle(ProduceClient client) throws InterruptedException {
    Usage begin = Usage.now();
    Thread.sleep((long) (arguments.number("seconds") * 1000));
    return figures(client, begin, 1);
  }

  private Figures measure(ProduceClient client) throws InterruptedException {
    long before = feed(client, arguments.number("warm-up"), 0);
    latencies.clear();
    Usage begin = Usage.now();
    long sent = feed(client, arguments.number("seconds"), (long) arguments.number("records"));
    Figures figures = figures(client, begin, sent);
    figures.put("warm_up_records", (double) before);
    return figures;
  }

  /** Returns when all have ended. */
  private long feed(ProduceClient client, double seconds, long most) throws InterruptedException {
    int threads = most == 1 ? 1 : arguments.integer("threads");
    List<Feeder> feeders = new ArrayList<>();
    List<Thread> others = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Feeder feeder = new Feeder(client, values, arguments, seconds, most / threads);
      feeders.add(feeder);
      if (i > 0) {
        others.add(new Thread(feeder, "feeder-" + i));
      }
    }
    others.forEach(Thread::start);
    feeders.get(0).run();
    for (Thread other : others) {
      other.join();
    }
    client.flush();
    return feeders.stream().mapToLong(Feeder::sent).sum();
  }

  private Figures figures(ProduceClient client, Usage begin, long records) {
    Usage end = Usage.now();
    double seconds = (end.nanos() - begin.nanos()) / NANOS_PER_SECOND;
    Figures figures = new Figures();
    figures.put("client", arguments.text("client"));
    figures.put("version", client.version());
    figures.put("java", System.getProperty("java.vm.version", ""));
    figures.put("records", (double) records);
    figures.put("bytes", (double) records * values[0].length);
    figures.put("seconds", seconds);
    figures.put("records_per_second", Math.rint(records / seconds));
    figures.put("cpu_seconds", (end.cpuNanos() - begin.cpuNanos()) / NANOS_PER_SECOND);
    figures.put("process_cpu_seconds", end.cpuNanos() / NANOS_PER_SECOND);
    figures.put("allocated_bytes", (double) (end.allocatedBytes() - begin.allocatedBytes()));
    figures.put("gc_count", (double) (end.collections() - begin.collections()));
    figures.put("gc_seconds", (end.collectionMillis() - begin.collectionMillis()) / 1e3);
    figures.put("failed", (double) client.failed());
    if (arguments.hasLatencies()) {
      figures.put("latency_p50_ms", latencies.percentileMillis(0.5));
      figures.put("latency_p99_ms", latencies.percentileMillis(0.99));
      figures.put("latency_p999_ms", latencies.percentileMillis(0.999));
      figures.put("latency_max_ms", latencies.maxMillis());
    }
    return figures;
  }
}
