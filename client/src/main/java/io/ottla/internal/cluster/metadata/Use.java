package io.ottla.internal.cluster.metadata;

/**
 * Whether something was looked up since it was last asked about that.
 *
 * <p>Thread: any marks, the cluster's loop takes the mark away. Both without a fence: a mark that
 * is seen late counts for the next time, and what is forgotten too early is loaded again.
 */
final class Use {
  private boolean isMarked = true; // unfenced on purpose
  private long lastNanos; // on the loop

  Use(long nowNanos) {
    lastNanos = nowNanos;
  }

  /** Somebody looked it up. Reads before it writes, so that its memory stays shared. */
  void mark() {
    if (!isMarked) {
      isMarked = true;
    }
  }

  /** Whether nobody has looked it up for this long; takes the mark away. */
  boolean isIdle(long nowNanos, long maxIdleNanos) {
    if (isMarked) {
      isMarked = false;
      lastNanos = nowNanos;
    }
    return nowNanos - lastNanos >= maxIdleNanos;
  }
}
