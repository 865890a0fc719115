package io.ottla.testkit.internal.log;

/** Somebody's wish to be told. Thread: the cluster's loop. */
@FunctionalInterface
public interface Subscription {
  /** Tells no more; does nothing the second time. */
  void cancel();
}
