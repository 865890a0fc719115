package io.ottla.internal.cluster.metadata;

import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be told to others once one's own house is in order: in the order in which it happened,
 * also if somebody who is told something makes more happen.
 *
 * <p>Thread: the cluster's loop.
 */
final class Afterwards {
  private static final Logger log = LoggerFactory.getLogger(Afterwards.class);

  private final Queue<Runnable> told = new ArrayDeque<>();
  private boolean isTelling;

  void add(Runnable telling) {
    told.add(telling);
  }

  /** Tells all; does nothing if that is going on further up the stack. */
  void tell() {
    if (isTelling) {
      return;
    }
    isTelling = true;
    try {
      for (Runnable next = told.poll(); next != null; next = told.poll()) {
        tell(next);
      }
    } finally {
      isTelling = false;
    }
  }

  private static void tell(Runnable next) {
    try {
      next.run();
    } catch (RuntimeException bug) {
      log.error("a listener of the metadata failed", bug);
    }
  }
}
