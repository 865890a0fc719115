package io.ottla.internal.producer;

/** Whether the cluster has been away for so long that records go to the overflow. Any thread. */
@FunctionalInterface
interface Outage {
  boolean isOverflowing();
}
