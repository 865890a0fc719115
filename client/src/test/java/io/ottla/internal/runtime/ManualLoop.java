package io.ottla.internal.runtime;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** A loop, and its clock, that move when a test moves them. The test's thread is the loop's. */
public final class ManualLoop implements Loop, Clock {
  private record Task(long dueNanos, long order, Runnable work) {}

  private final Queue<Runnable> ready = new ArrayDeque<>();
  private final PriorityQueue<Task> later =
      new PriorityQueue<>(Comparator.comparingLong(Task::dueNanos).thenComparing(Task::order));
  private long nowNanos;
  private long order;

  @Override
  public boolean inLoop() {
    return true;
  }

  @Override
  public void execute(Runnable task) {
    ready.add(task);
  }

  @Override
  public Delayed schedule(Runnable task, long delayNanos) {
    Task delayed = new Task(nowNanos + Math.max(0, delayNanos), order++, task);
    later.add(delayed);
    return () -> later.remove(delayed);
  }

  @Override
  public long nanoTime() {
    return nowNanos;
  }

  @Override
  public long wallMillis() {
    return TimeUnit.NANOSECONDS.toMillis(nowNanos);
  }

  /** Runs all that is ready now, and what that makes ready. */
  public void run() {
    for (Runnable task = ready.poll(); task != null; task = ready.poll()) {
      task.run();
    }
  }

  /** Lets time pass; each timer fires at its own moment. */
  public void pass(long nanos) {
    long endNanos = nowNanos + nanos;
    run();
    for (Task next = later.peek(); next != null && next.dueNanos <= endNanos; next = later.peek()) {
      later.remove();
      nowNanos = next.dueNanos;
      next.work.run();
      run();
    }
    nowNanos = endNanos;
  }

  /** How many timers are armed. */
  public int timers() {
    return later.size();
  }
}
