package io.ottla.internal.runtime;

import java.util.concurrent.Executor;

/**
 * One event loop, for rooms that know no transport: what it is given runs on one thread, one after
 * another. Nothing that runs there may block.
 */
public interface Loop extends Executor {
  /** Whether the calling thread is the loop's. */
  boolean inLoop();

  /**
   * Runs a task on the loop, later.
   *
   * @param delayNanos from now on; 0 or less for as soon as can be
   * @throws java.util.concurrent.RejectedExecutionException if the loop has ended
   */
  Delayed schedule(Runnable task, long delayNanos);

  /** A task that is to run later. */
  interface Delayed {
    /** Takes it away, unless it runs or has run. On the loop. */
    void cancel();
  }
}
