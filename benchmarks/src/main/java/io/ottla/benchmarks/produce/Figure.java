package io.ottla.benchmarks.produce;

import com.google.errorprone.annotations.Immutable;

/** Something that is compared, per run. */
enum Figure {
  RATE("M records/s", true, run -> run.number("records_per_second") / 1e6),
  CPU("CPU µs/record", false, run -> run.per("cpu_seconds", "records") * 1e6),
  ALLOCATED("B/record", false, run -> run.per("allocated_bytes", "records")),
  COLLECTIONS("GCs", false, run -> run.number("gc_count")),
  COLLECTION_MILLIS("GC ms", false, run -> run.number("gc_seconds") * 1e3),
  BROKER_CPU("broker CPU µs/record", false, run -> run.number("broker_cpu_micros")),
  P50("p50 ms", false, run -> run.number("latency_p50_ms")),
  P99("p99 ms", false, run -> run.number("latency_p99_ms")),
  P999("p99.9 ms", false, run -> run.number("latency_p999_ms")),
  CPU_SHARE("CPU, % of a core", false, run -> run.per("cpu_seconds", "seconds") * 100),
  FIRST("first acknowledged, ms", false, run -> run.number("first_ack_ms"));

  /** How it is told from what a run measured. */
  @Immutable
  private interface Reading {
    double of(Figures run);
  }

  private final String title;
  private final boolean isMoreBetter;
  private final Reading value;

  Figure(String title, boolean isMoreBetter, Reading value) {
    this.title = title;
    this.isMoreBetter = isMoreBetter;
    this.value = value;
  }

  String title() {
    return title;
  }

  boolean isMoreBetter() {
    return isMoreBetter;
  }

  double of(Figures run) {
    return value.of(run);
  }
}
