package io.ottla.testkit.load;

/** A record of which it is measured how long it took. Thread: any. */
public final class TimedRecord {
  private final long startNanos;
  private final LoadClock clock;
  private final Latencies latencies;

  TimedRecord(long startNanos, LoadClock clock, Latencies latencies) {
    this.startNanos = startNanos;
    this.clock = clock;
    this.latencies = latencies;
  }

  /** It was delivered, now. Not called for a record that failed. */
  public void delivered() {
    latencies.add(clock.nanos() - startNanos);
  }
}
