package io.ottla.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Turns Ctrl-C and SIGTERM into an interrupt of the thread that works, and gives it time to clean
 * up before the JVM ends.
 */
final class Interruption {
  private static final int CLEAN_UP_SECONDS = 20;

  private Interruption() {}

  /** Runs the work on this thread; a signal that comes meanwhile interrupts it. */
  static int guard(IntSupplier work) {
    Thread worker = Thread.currentThread();
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> interrupt(worker, done), "ottla-interruption"));
    try {
      return work.getAsInt();
    } finally {
      done.countDown();
    }
  }

  /** On the ordinary way out the work is done already, and nobody is interrupted. */
  private static void interrupt(Thread worker, CountDownLatch done) {
    if (done.getCount() == 0) {
      return;
    }
    worker.interrupt();
    try {
      done.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      // Nobody interrupts this thread; if so, the JVM shall end.
    }
  }
}
