package io.ottla.testkit.internal.loop;

/**
 * The time of a fake cluster, and what it is to do later. With a manual clock nothing is due before
 * a test moves it.
 *
 * <p>Thread: the cluster's loop. Units: milliseconds since 1970.
 */
public interface Timers {
  /** The cluster's time. */
  long nowMillis();

  /**
   * Runs a task on the loop when the time has come; tasks that are due at the same time run in the
   * order in which they were given.
   *
   * @param delayMillis from now; 0 or less: in the next turn
   */
  Timer schedule(long delayMillis, Runnable task);
}
