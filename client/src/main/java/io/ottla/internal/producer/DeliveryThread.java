package io.ottla.internal.producer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread on which a producer's reports are made, and the queue before it.
 *
 * <p>Starts when it is needed first, and ends when it is closed and all is told. What comes after
 * that starts it once more, for as long as it takes. Thread: any, where nothing else is said.
 *
 * <p>Always: first in, first told; one wake-up each time that there is something again after there
 * was nothing; never two threads at work.
 */
final class DeliveryThread implements Runnable {
  /* Implementation notes: `last` is a stack that many push to and one takes whole. At its bottom
   * lies null while the thread works, or else a mark that says what the thread does instead; who
   * pushes onto a mark removes it, and is the one who has to wake or start the thread. */

  private static final Logger log = LoggerFactory.getLogger(DeliveryThread.class);
  private static final AtomicInteger NEXT_NUMBER = new AtomicInteger();

  /** There is no thread. */
  private static final Handover NOBODY = new Mark();

  /** The thread waits. */
  private static final Handover ASLEEP = new Mark();

  private final Teller teller;
  private final AtomicReference<@Nullable Handover> last = new AtomicReference<>(NOBODY);
  private final AtomicReference<@Nullable Throwable> noThread = new AtomicReference<>();
  private volatile @Nullable Thread thread;
  private volatile boolean isClosing;
  private volatile boolean mayNotWait;

  DeliveryThread(Teller teller) {
    this.teller = teller;
  }

  /** Hands something over. Never waits. */
  void put(Handover what) {
    Handover former = push(what);
    if (former == NOBODY || (noThread.get() != null && noThread.getAndSet(null) != null)) {
      start();
    } else if (former == ASLEEP) {
      LockSupport.unpark(thread);
    }
  }

  private @Nullable Handover push(Handover what) {
    while (true) {
      Handover former = last.get();
      what.next = former == NOBODY || former == ASLEEP ? null : former;
      if (last.compareAndSet(former, what)) {
        return former;
      }
    }
  }

  private void start() {
    String name = "ottla-delivery-" + NEXT_NUMBER.getAndIncrement();
    Thread started = new Thread(null, this, name, 0, /* inheritThreadLocals= */ false);
    started.setDaemon(true);
    thread = started;
    try {
      started.start();
    } catch (OutOfMemoryError none) {
      noThread.set(none); // whoever comes next tries again
      log.error("no thread for delivery reports; they wait for one", none);
    }
  }

  /** Whether the calling thread is this one. */
  boolean isCurrent() {
    return Thread.currentThread() == thread;
  }

  /** Whether time is over, so that nobody who is told may wait any more. */
  boolean mayNotWait() {
    return mayNotWait;
  }

  /** Ends the thread when all that was handed over is told. */
  void close() {
    isClosing = true;
    if (last.compareAndSet(ASLEEP, null)) {
      LockSupport.unpark(thread);
    }
  }

  /** Interrupts who waits in a callback; nobody may wait in one from now on. */
  void stopWaiting() {
    mayNotWait = true;
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  /**
   * Waits for the end, which {@link #close} must have asked for.
   *
   * @return whether it has come; false at once on the thread itself
   */
  boolean awaitEnd(long nanos) throws InterruptedException {
    Thread running = thread;
    if (running == null) {
      return true;
    }
    if (isCurrent()) {
      return false;
    }
    TimeUnit.NANOSECONDS.timedJoin(running, nanos);
    return last.get() == NOBODY;
  }

  @Override
  public void run() {
    while (true) {
      Handover first = takeAll();
      if (first != null) {
        tellAll(first);
      } else if (!isClosing) {
        sleep();
      } else if (last.compareAndSet(null, NOBODY)) {
        return;
      }
    }
  }

  private @Nullable Handover takeAll() {
    Handover newest = last.getAndSet(null);
    Handover first = null;
    while (newest != null) {
      Handover older = newest.next;
      newest.next = first;
      first = newest;
      newest = older;
    }
    return first;
  }

  private void tellAll(Handover first) {
    for (Handover one = first; one != null; ) {
      Handover next = one.next;
      one.next = null;
      tell(one);
      one = next;
    }
  }

  private void tell(Handover one) {
    try {
      one.tell(teller);
    } catch (RuntimeException | Error bug) { // users' code is behind a wall of its own
      log.error("reports were not made as they should; those that follow are", bug);
    }
  }

  private void sleep() {
    if (!last.compareAndSet(null, ASLEEP)) {
      return;
    }
    if (isClosing) { // whoever closed may have looked before the mark was there
      last.compareAndSet(ASLEEP, null);
    }
    while (last.get() == ASLEEP) {
      LockSupport.park(this);
      boolean unused = Thread.interrupted(); // or else it would not park again
    }
  }

  private static final class Mark extends Handover {
    @Override
    void tell(Teller teller) {
      throw new IllegalStateException("a mark is never handed over");
    }
  }
}
