package io.ottla.testkit.fake;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where requests or answers wait until a test lets them go on; see {@link Fault#hold} and {@link
 * Fault#holdReply}. With it a test arranges any order of events without a clock.
 *
 * <p>Thread-safe. What is let go goes on in the order in which it came.
 */
public final class Gate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition hasArrived = lock.newCondition();

  @GuardedBy("lock")
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  @GuardedBy("lock")
  private int arrivals;

  @GuardedBy("lock")
  private boolean isOpen;

  /** A gate that is closed. */
  public Gate() {}

  void arrive(Runnable goOn) {
    lock.lock();
    try {
      arrivals++;
      hasArrived.signalAll();
      if (!isOpen) {
        waiting.add(goOn);
        return;
      }
    } finally {
      lock.unlock();
    }
    goOn.run();
  }

  /**
   * How many have come so far, whether they still wait or not.
   *
   * @return the count
   */
  public int arrivals() {
    lock.lock();
    try {
      return arrivals;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until somebody has come.
   *
   * @param count how many must have come, since the gate was made
   * @param patience how long to wait, by the system's time
   * @throws AssertionError if fewer have come by then
   */
  public void await(int count, Duration patience) {
    long nanos = patience.toNanos();
    lock.lock();
    try {
      while (arrivals < count) {
        if (nanos <= 0) {
          throw new AssertionError(
              "after %s %d of %d have come to the gate".formatted(patience, arrivals, count));
        }
        nanos = hasArrived.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting at a gate", e);
    } finally {
      lock.unlock();
    }
  }

  /** {@link #await(int, Duration)} for the first one, ten seconds long. */
  public void await() {
    await(1, Duration.ofNanos(TimeUnit.SECONDS.toNanos(10)));
  }

  /** Lets the first that waits go on. Does nothing if none waits. */
  public void letOneGo() {
    Runnable first;
    lock.lock();
    try {
      first = waiting.poll();
    } finally {
      lock.unlock();
    }
    if (first != null) {
      first.run();
    }
  }

  /** Lets all go on that wait, and all that come. */
  public void open() {
    List<Runnable> all;
    lock.lock();
    try {
      isOpen = true;
      all = new ArrayList<>(waiting);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    all.forEach(Runnable::run);
  }
}
