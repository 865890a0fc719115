package io.ottla.internal.producer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much the batches of a producer may take, and who waits for room.
 *
 * <p>Thread: any. Always: what is taken stays at or below the limit; who waits is served in the
 * order of coming, and nobody who comes later takes what they wait for. Units: bytes of pooled
 * buffers.
 */
final class Memory {
  /** Somebody who waits for room. */
  private static final class Waiter {
    final long bytes;
    final Condition changed;
    boolean isServed;

    Waiter(long bytes, Condition changed) {
      this.bytes = bytes;
      this.changed = changed;
    }
  }

  private final long limit;
  private final AtomicLong taken = new AtomicLong();
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();

  @GuardedBy("lock")
  private boolean isClosed;

  @GuardedBy("lock")
  private final List<Runnable> onRoom = new ArrayList<>();

  private volatile boolean isAwaited; // whether onRoom has any; written under the lock
  private volatile int waiting; // how many waiters there are; written under the lock

  Memory(long limit) {
    this.limit = limit;
  }

  long limit() {
    return limit;
  }

  /** What is taken now. */
  long taken() {
    return taken.get();
  }

  /** How many threads wait for room now. */
  int waiting() {
    return waiting;
  }

  /** Whether somebody waits for room, or to hear of it. */
  boolean isWanted() {
    return waiting > 0 || isAwaited;
  }

  /** Whether more than half is taken: batches had better begin small. */
  boolean isScarce() {
    return taken.get() > limit / 2;
  }

  /** Takes room if there is enough and nobody waits for some. */
  boolean tryTake(long bytes) {
    return waiting == 0 && take(bytes);
  }

  /** Takes room if there is enough for what has begun already, also before those who wait. */
  boolean grow(long bytes) {
    return take(bytes);
  }

  private boolean take(long bytes) {
    for (long now = taken.get(); now + bytes <= limit; now = taken.get()) {
      if (taken.compareAndSet(now, now + bytes)) {
        return true;
      }
    }
    return false;
  }

  /** Gives room back. */
  void give(long bytes) {
    taken.addAndGet(-bytes);
    if (waiting > 0) {
      lock.lock();
      try {
        serve();
      } finally {
        lock.unlock();
      }
    }
    if (isAwaited) {
      tell();
    }
  }

  /**
   * Calls once, as soon as half of the memory is free, at once if it is: on the thread that gives
   * room back, so it must not take long.
   */
  void onRoom(Runnable then) {
    lock.lock();
    try {
      onRoom.add(then);
      isAwaited = true;
    } finally {
      lock.unlock();
    }
    tell();
  }

  private void tell() {
    List<Runnable> told;
    lock.lock();
    try {
      if (isScarce() && !isClosed) {
        return;
      }
      told = List.copyOf(onRoom);
      onRoom.clear();
      isAwaited = false;
    } finally {
      lock.unlock();
    }
    told.forEach(Runnable::run);
  }

  /**
   * Waits for room, behind all who came before.
   *
   * @return whether it was taken; if not, the time is over or the memory closed
   */
  boolean take(long bytes, long mostNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (isClosed) {
        return false;
      }
      Waiter waiter = new Waiter(bytes, lock.newCondition());
      waiters.add(waiter);
      waiting = waiters.size();
      serve();
      return await(waiter, mostNanos);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean await(Waiter waiter, long mostNanos) throws InterruptedException {
    long leftNanos = mostNanos;
    try {
      while (!waiter.isServed && !isClosed && leftNanos > 0) {
        leftNanos = waiter.changed.awaitNanos(leftNanos);
      }
    } catch (InterruptedException interrupted) {
      if (waiter.isServed) {
        Thread.currentThread().interrupt(); // it has what it waited for
        return true;
      }
      leave(waiter);
      throw interrupted;
    }
    if (!waiter.isServed) {
      leave(waiter);
    }
    return waiter.isServed;
  }

  @GuardedBy("lock")
  private void leave(Waiter waiter) {
    waiters.remove(waiter);
    waiting = waiters.size();
    serve(); // the next one may need less
  }

  @GuardedBy("lock")
  private void serve() {
    for (Waiter first = waiters.peek();
        first != null && take(first.bytes);
        first = waiters.peek()) {
      waiters.remove();
      waiting = waiters.size();
      first.isServed = true;
      first.changed.signal();
    }
  }

  /** Nobody waits any more. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      waiters.forEach(waiter -> waiter.changed.signal());
    } finally {
      lock.unlock();
    }
    tell();
  }

  /** Whether nobody waits any more. */
  boolean isClosed() {
    lock.lock();
    try {
      return isClosed;
    } finally {
      lock.unlock();
    }
  }
}
