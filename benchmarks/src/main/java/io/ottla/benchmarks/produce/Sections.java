package io.ottla.benchmarks.produce;

import static io.ottla.benchmarks.produce.Figure.ALLOCATED;
import static io.ottla.benchmarks.produce.Figure.BROKER_CPU;
import static io.ottla.benchmarks.produce.Figure.COLLECTIONS;
import static io.ottla.benchmarks.produce.Figure.COLLECTION_MILLIS;
import static io.ottla.benchmarks.produce.Figure.CPU;
import static io.ottla.benchmarks.produce.Figure.CPU_SHARE;
import static io.ottla.benchmarks.produce.Figure.FIRST;
import static io.ottla.benchmarks.produce.Figure.P50;
import static io.ottla.benchmarks.produce.Figure.P99;
import static io.ottla.benchmarks.produce.Figure.P999;
import static io.ottla.benchmarks.produce.Figure.RATE;

import java.util.ArrayList;
import java.util.List;

/** All that is measured, in the order of the report. */
final class Sections {
  private static final List<Client> ALL = List.of(Client.values());
  private static final List<Client> JVM = List.of(Client.OTTLA, Client.KAFKA_CLIENTS);
  private static final List<Figure> FLOW =
      List.of(RATE, CPU, ALLOCATED, COLLECTIONS, COLLECTION_MILLIS, BROKER_CPU);
  private static final List<Figure> LATENCY = List.of(P50, P99, P999, CPU_SHARE);
  private static final int WIDE = 10_000;
  private static final int IDLE_SECONDS = 10;

  private final Options options;
  private final ProduceArguments base;
  private final List<Section> sections = new ArrayList<>();

  private Sections(Options options, ProduceArguments base) {
    this.options = options;
    this.base = base.with("warm-up", options.warmUp()).with("seconds", options.seconds());
  }

  static List<Section> of(Options options, ProduceArguments base) {
    Sections all = new Sections(options, base);
    all.throughput();
    all.latency();
    all.codecs();
    all.wide();
    all.quiet();
    return all.sections.stream().filter(options::wants).toList();
  }

  private void throughput() {
    add("throughput", "Throughput, null broker", false, base, ALL, FLOW, RATE);
    add(
        "reports",
        "Throughput with a report per record, null broker",
        false,
        base.with("reports", true),
        ALL,
        FLOW,
        RATE);
    if (!options.isShort()) {
      for (int bytes : new int[] {16_384, 65_536, 1_000_000}) {
        ProduceArguments sized = base.with("batch-bytes", bytes);
        add(
            "batches",
            "Throughput in batches of %,d bytes, null broker".formatted(bytes),
            false,
            sized,
            ALL,
            FLOW,
            RATE);
      }
      add(
          "threads",
          "Throughput from two threads, null broker",
          false,
          base.with("threads", 2),
          JVM,
          FLOW,
          RATE);
    }
    ProduceArguments real = base.with("records", options.records());
    add("real", "Throughput, Kafka", true, real, ALL, FLOW, RATE);
    add("tls", "Throughput over TLS, Kafka", true, base.with("tls", true), JVM, FLOW, CPU);
  }

  private void latency() {
    for (int rate : new int[] {10_000, 100_000}) {
      for (int linger : new int[] {0, 5}) {
        ProduceArguments paced = base.with("rate", rate).with("linger-ms", linger);
        String title = "Latency at %,d records/s, linger %d ms".formatted(rate, linger);
        add("latency", title + ", null broker", false, paced, ALL, LATENCY, P99);
        if (!options.isShort()) {
          add("latency-real", title + ", Kafka", true, paced, ALL, LATENCY, P99);
        }
      }
    }
  }

  private void codecs() {
    for (String codec : List.of("lz4", "zstd", "snappy", "gzip")) {
      if (!options.isShort() || !codec.equals("snappy")) {
        ProduceArguments packed = base.with("compression", codec);
        add("codecs", "Throughput with " + codec + ", null broker", false, packed, JVM, FLOW, RATE);
      }
    }
  }

  private void wide() {
    ProduceArguments turns =
        base.with("spread", "round-robin").with("linger-ms", 250).with("memory-bytes", 512 << 20);
    add(
        "wide",
        "Each record names one of 4 partitions, null broker",
        false,
        turns,
        JVM,
        FLOW,
        RATE);
    ProduceArguments wide = turns.with("partitions", WIDE).with("batch-bytes", 16_384);
    add(
        "wide",
        "Each record names one of 10,000 partitions, null broker",
        false,
        wide,
        JVM,
        FLOW,
        RATE);
  }

  private void quiet() {
    ProduceArguments idle = base.with("mode", "idle").with("seconds", IDLE_SECONDS);
    add("idle", "Idle behind one record", false, idle, ALL, List.of(CPU_SHARE), CPU_SHARE);
    ProduceArguments first = base.with("mode", "first");
    add("start", "From the start of the process", false, first, ALL, List.of(FIRST), FIRST);
    add(
        "start",
        "From the start of the process, with a CDS archive",
        false,
        first.with("cds", true),
        JVM,
        List.of(FIRST),
        FIRST);
  }

  private void add(
      String id,
      String title,
      boolean isReal,
      ProduceArguments arguments,
      List<Client> clients,
      List<Figure> figures,
      Figure chart) {
    sections.add(new Section(id, title, isReal, arguments, clients, figures, chart));
  }
}
