package io.ottla.testkit.internal.loop;

/** The system's time. If that goes back, what waits for a time waits longer. Thread: any. */
public final class RunningTime implements Clock {
  /** The system's time. */
  public RunningTime() {}

  @Override
  public long millis() {
    return System.currentTimeMillis();
  }
}
