package io.ottla.internal.broker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.ottla.producer.ProduceResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The results that wait for {@code readResponses}, with a bound.
 *
 * <p>Room is reserved before anything is sent, so that no result that comes has to be dropped.
 * Thread: any.
 */
public final class KeptResults {
  private final int max;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final Queue<ProduceResult> results = new ArrayDeque<>();

  @GuardedBy("lock")
  private int reserved;

  @GuardedBy("lock")
  private boolean isClosed;

  /**
   * @param max how many results wait at most
   */
  public KeptResults(int max) {
    this.max = max;
  }

  int max() {
    return max;
  }

  /** Takes room for results that will come; false if there is not enough. */
  boolean reserve(int count) {
    lock.lock();
    try {
      if (count > max - reserved - results.size()) {
        return false;
      }
      reserved += count;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Keeps results for which room was reserved. */
  void put(List<ProduceResult> come) {
    lock.lock();
    try {
      reserved -= come.size();
      results.addAll(come);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the waits; what is there and what still comes can be taken. */
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes all that is there, and waits for the first if nothing is.
   *
   * @return empty if nothing came in time, the thread was interrupted, or it is closed
   */
  public List<ProduceResult> take(Duration timeout) {
    long leftNanos = TimeUnit.NANOSECONDS.convert(timeout);
    lock.lock();
    try {
      while (results.isEmpty() && leftNanos > 0 && !isEnded()) {
        leftNanos = changed.awaitNanos(leftNanos);
      }
      List<ProduceResult> taken = new ArrayList<>(results);
      results.clear();
      return taken;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean isEnded() {
    return isClosed && reserved == 0;
  }
}
