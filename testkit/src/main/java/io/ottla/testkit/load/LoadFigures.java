package io.ottla.testkit.load;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came out of a run. Immutable. */
public final class LoadFigures {
  private final LoadPlan plan;
  private final Usage warmUp;
  private final Usage measured;
  private final Usage process;
  private final LatencySummary latencies;
  private final long failed;

  LoadFigures(
      LoadPlan plan,
      Usage warmUp,
      Usage measured,
      Usage process,
      LatencySummary latencies,
      long failed) {
    this.plan = plan;
    this.warmUp = warmUp;
    this.measured = measured;
    this.process = process;
    this.latencies = latencies;
    this.failed = failed;
  }

  /** How many records failed, those of the warm-up too. */
  public long failed() {
    return failed;
  }

  /**
   * All figures, by their names in JSON and in their order. Those whose names do not begin with
   * {@code warm_up} or {@code process} are of the measured part alone; latencies are null if no
   * record was timed.
   */
  public Map<String, @Nullable Number> fields() {
    Map<String, @Nullable Number> fields = new LinkedHashMap<>();
    long bytes = plan.records() * plan.recordBytes();
    fields.put("records", plan.records());
    fields.put("bytes", bytes);
    fields.put("seconds", Rounded.of(measured.seconds()));
    fields.put("records_per_second", perSecond(plan.records()));
    fields.put("bytes_per_second", perSecond(bytes));
    fields.put("cpu_seconds", Rounded.of(measured.cpuNanos() / 1e9));
    fields.put("allocated_bytes", measured.allocatedBytes());
    fields.put("gc_count", measured.collections());
    fields.put("gc_seconds", Rounded.of(measured.collectionMillis() / 1e3));
    latencies.describe(fields);
    fields.put("failed", failed);
    fields.put("warm_up_records", plan.warmUpRecords());
    fields.put("warm_up_seconds", Rounded.of(warmUp.seconds()));
    fields.put("process_seconds", Rounded.of(process.seconds()));
    fields.put("process_cpu_seconds", Rounded.of(process.cpuNanos() / 1e9));
    fields.put("record_bytes", plan.recordBytes());
    fields.put("threads", plan.threads());
    fields.put("rate", plan.ratePerSecond());
    return fields;
  }

  private double perSecond(long amount) {
    return Rounded.of(amount / Math.max(1e-9, measured.seconds()));
  }
}
