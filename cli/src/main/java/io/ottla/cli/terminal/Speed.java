package io.ottla.cli.terminal;

import java.util.ArrayDeque;

/** How fast a count grows, over the last second. Thread: one at a time. */
public final class Speed {
  private static final long WINDOW_NANOS = 1_000_000_000;

  private record Sample(long nanos, long count) {}

  private final ArrayDeque<Sample> samples = new ArrayDeque<>();

  /** Tells the count as it is now; returns by how much a second it has grown of late. */
  public double at(long nowNanos, long count) {
    while (samples.size() > 1 && nowNanos - samples.getFirst().nanos > WINDOW_NANOS) {
      samples.removeFirst();
    }
    Sample now = new Sample(nowNanos, count);
    Sample before = samples.isEmpty() ? now : samples.getFirst();
    samples.addLast(now);
    return (count - before.count) / Math.max(1e-3, (nowNanos - before.nanos) / 1e9);
  }
}
