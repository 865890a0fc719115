package io.ottla.internal.producer;

import java.util.concurrent.atomic.AtomicLong;

/** Lets the first few of many alike through, and then ever fewer. Thread: any. */
final class Seldom {
  private final long always;
  private final AtomicLong times = new AtomicLong();

  /**
   * @param always how many of the first are let through; then each whose number is a power of two
   */
  Seldom(long always) {
    this.always = always;
  }

  /** It happens once more: whether it is let through. */
  boolean isTime() {
    long now = times.incrementAndGet();
    return now <= always || Long.bitCount(now) == 1;
  }

  /** How often it has happened. */
  long times() {
    return times.get();
  }
}
