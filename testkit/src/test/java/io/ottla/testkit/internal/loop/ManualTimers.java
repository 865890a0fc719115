package io.ottla.testkit.internal.loop;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Timers for tests without a loop: time passes when the test says so, on the test's thread. */
public final class ManualTimers implements Timers {
  private record Waiting(long dueMillis, long number, Runnable task) {}

  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(
          Comparator.comparingLong(Waiting::dueMillis).thenComparingLong(Waiting::number));
  private long nowMillis = 1_700_000_000_000L;
  private long number;

  @Override
  public long nowMillis() {
    return nowMillis;
  }

  @Override
  public Timer schedule(long delayMillis, Runnable task) {
    Waiting entry = new Waiting(nowMillis + Math.max(0, delayMillis), number++, task);
    waiting.add(entry);
    return () -> waiting.remove(entry);
  }

  /** Lets time pass, and runs what becomes due at its own time; with 0, what is due now. */
  public void advance(long millis) {
    long until = nowMillis + millis;
    Waiting next = waiting.peek();
    while (next != null && next.dueMillis <= until) {
      waiting.remove(next);
      nowMillis = Math.max(nowMillis, next.dueMillis);
      next.task.run();
      next = waiting.peek();
    }
    nowMillis = until;
  }

  /** How many tasks wait. */
  public int waiting() {
    return waiting.size();
  }
}
