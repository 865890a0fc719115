package io.ottla.testkit.load;

import java.util.SplittableRandom;

/**
 * Some records that are sent in one go, shared out among threads: record n to thread n % threads.
 */
final class LoadPhase {
  private final LoadPlan plan;
  private final long records;
  private final LoadClock clock;
  private final Payloads payloads;
  private final Latencies latencies;
  private final long startNanos;

  LoadPhase(LoadPlan plan, long records, LoadClock clock, Payloads payloads, Latencies latencies) {
    this.plan = plan;
    this.records = records;
    this.clock = clock;
    this.payloads = payloads;
    this.latencies = latencies;
    this.startNanos = clock.nanos();
  }

  /** Sends one thread's share; ends early if the thread is interrupted. */
  void send(int thread, LoadClient client) {
    SplittableRandom random = new SplittableRandom(thread);
    long untilTimed = gap(random);
    for (long number = thread; number < records; number += plan.threads()) {
      long due = plan.isPaced() ? awaitDue(number) : 0;
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
      byte[] value = payloads.value(number);
      if (--untilTimed > 0) {
        client.send(value);
      } else {
        long start = plan.isPaced() ? due : clock.nanos();
        client.sendTimed(value, new TimedRecord(start, clock, latencies));
        untilTimed = gap(random);
      }
    }
  }

  /** At random, so that it is not always the same place in a batch. */
  private long gap(SplittableRandom random) {
    long stride = plan.timedStride();
    return stride == 1 ? 1 : random.nextLong(1, 2 * stride);
  }

  private long awaitDue(long number) {
    long due = startNanos + (long) (number * (1e9 / plan.ratePerSecond()));
    while (clock.nanos() < due && !Thread.currentThread().isInterrupted()) {
      clock.sleepUntil(due);
    }
    return due;
  }
}
