package io.ottla.testkit.internal.loop;

/** Time as it passes; begins with the system's and then does not follow its jumps. Thread: any. */
public final class RunningTime implements Clock {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long startMillis = System.currentTimeMillis();
  private final long startNanos = System.nanoTime();

  @Override
  public long millis() {
    return startMillis + (System.nanoTime() - startNanos) / NANOS_PER_MILLI;
  }
}
