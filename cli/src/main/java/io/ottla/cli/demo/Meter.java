package io.ottla.cli.demo;

import java.util.concurrent.atomic.AtomicLong;

/** Records and bytes counted by one thread, read by any. */
final class Meter {
  private final AtomicLong records = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong firstNanos = new AtomicLong();
  private final AtomicLong lastNanos = new AtomicLong();

  /** Counts a record. */
  void count(int size) {
    if (records.get() == 0) {
      firstNanos.set(System.nanoTime());
    }
    bytes.lazySet(bytes.get() + size);
    records.lazySet(records.get() + 1);
  }

  /** The last record is counted. */
  void end() {
    lastNanos.set(System.nanoTime());
  }

  boolean isEnded() {
    return lastNanos.get() != 0;
  }

  long records() {
    return records.get();
  }

  long bytes() {
    return bytes.get();
  }

  /** From the first record to the last, in seconds; not less than a microsecond. */
  double seconds() {
    return Math.max(1e-6, (lastNanos.get() - firstNanos.get()) / 1e9);
  }
}
