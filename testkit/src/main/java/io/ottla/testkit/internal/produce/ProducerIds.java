package io.ottla.testkit.internal.produce;

/** The producer ids of a cluster: each is given out once. Thread: the cluster's loop. */
public final class ProducerIds {
  private long next;

  /** An id that nobody has. */
  public long next() {
    return next++;
  }
}
