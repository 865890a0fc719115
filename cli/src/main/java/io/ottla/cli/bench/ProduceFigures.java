package io.ottla.cli.bench;

import io.ottla.cli.terminal.JsonLine;
import io.ottla.cli.terminal.Table;
import io.ottla.testkit.load.LoadFigures;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of a run, for programs and for people. */
final class ProduceFigures {
  private final Map<String, @Nullable Number> figures;
  private final ProduceBenchOrder.Settings settings;
  private final int partitions;

  ProduceFigures(LoadFigures figures, ProduceBenchOrder order, int partitions) {
    this.figures = figures.fields();
    this.settings = order.settings();
    this.partitions = partitions;
  }

  String json() {
    JsonLine line =
        new JsonLine("bench")
            .text("bench", "produce")
            .text("client", "ottla")
            .text("version", version());
    figures.forEach(line::figure);
    return line.text("acks", settings.acks())
        .figure("linger_ms", settings.lingerMs())
        .figure("batch_bytes", settings.batchBytes())
        .text("compression", settings.compression())
        .number("partitions", partitions)
        .end();
  }

  List<String> table() {
    return new Table()
        .row("records/s", rounded("records_per_second"))
        .row("MB/s", decimal(figure("bytes_per_second") / 1e6))
        .row("seconds", decimal(figure("seconds")))
        .row("CPU seconds", decimal(figure("cpu_seconds")))
        .row("CPU µs per record", decimal(figure("cpu_seconds") * 1e6 / figure("records")))
        .row("allocated bytes per record", decimal(figure("allocated_bytes") / figure("records")))
        .row("collections", rounded("gc_count"))
        .row("latency p50", milliseconds("p50"))
        .row("latency p95", milliseconds("p95"))
        .row("latency p99", milliseconds("p99"))
        .row("latency p99.9", milliseconds("p999"))
        .row("latency max", milliseconds("max"))
        .row("records", rounded("records"))
        .row("failed", rounded("failed"))
        .row("warm-up records", rounded("warm_up_records"))
        .row("warm-up seconds", decimal(figure("warm_up_seconds")))
        .row("whole process, seconds", decimal(figure("process_seconds")))
        .row("whole process, CPU seconds", decimal(figure("process_cpu_seconds")))
        .lines();
  }

  private String milliseconds(String name) {
    Number latency = figures.get("latency_" + name + "_ms");
    return latency == null ? "-" : decimal(latency.doubleValue()) + " ms";
  }

  private long rounded(String name) {
    return Math.round(figure(name));
  }

  private double figure(String name) {
    Number figure = figures.get(name);
    return figure == null ? 0 : figure.doubleValue();
  }

  private static String decimal(double figure) {
    return String.format(Locale.ROOT, "%,.3f", figure);
  }

  private static String version() {
    String version = ProduceFigures.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }
}
