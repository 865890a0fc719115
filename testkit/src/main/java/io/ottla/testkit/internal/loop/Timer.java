package io.ottla.testkit.internal.loop;

/** A task that waits for its time. Thread: the cluster's loop. */
@FunctionalInterface
public interface Timer {
  /** Takes the task back; does nothing if it has run. */
  void cancel();
}
