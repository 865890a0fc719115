package io.ottla.internal.runtime;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of Ottla: daemons, named {@code ottla-<what>-<number>}. */
final class Threads {
  private static final int MOST_LOOKUPS = 8;
  private static final int MOST_BLOCKING = 8;
  private static final int MOST_CALLBACKS = 4;
  private static final long LINGER_SECONDS = 5;

  private Threads() {}

  static ThreadFactory named(String what) {
    AtomicInteger next = new AtomicInteger();
    return work -> {
      Thread thread = new Thread(work, "ottla-" + what + "-" + next.getAndIncrement());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * Where users' code runs. A pool that adds a thread while one of its own waits for a future, so
   * that a callback may wait for another request of the same client.
   */
  static ForkJoinPool callbacks() {
    AtomicInteger next = new AtomicInteger();
    int threads = Math.min(MOST_CALLBACKS, Math.max(2, Runtime.getRuntime().availableProcessors()));
    return new ForkJoinPool(
        threads,
        pool -> {
          ForkJoinWorkerThread thread = new CallbackThread(pool);
          thread.setName("ottla-callback-" + next.getAndIncrement());
          return thread;
        },
        null,
        /* asyncMode= first in, first out */ true);
  }

  /** Where host names are looked up: a blocking call of the operating system. */
  static ThreadPoolExecutor lookups() {
    return waiting("lookup", MOST_LOOKUPS);
  }

  /** Where authentication asks users' code, files, and token servers. */
  static ThreadPoolExecutor blocking() {
    return waiting("blocking", MOST_BLOCKING);
  }

  /** Where batches are compressed. */
  static ThreadPoolExecutor sealers() {
    return waiting("sealer", Math.max(1, Runtime.getRuntime().availableProcessors()));
  }

  private static ThreadPoolExecutor waiting(String what, int most) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most, most, LINGER_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), named(what));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static final class CallbackThread extends ForkJoinWorkerThread {
    CallbackThread(ForkJoinPool pool) {
      super(pool);
    }
  }
}
