package io.ottla.internal.cluster;

import io.ottla.internal.runtime.Loop;
import io.ottla.internal.runtime.LoopConfined;
import java.util.concurrent.RejectedExecutionException;

/**
 * The ends of one link's calls on their way to the cluster's loop.
 *
 * <p>An answer that is there already is told at once, for that is where the speed is. A failure
 * goes through the loop's queue: it may come while the link goes over those who wait, where nobody
 * must send anew. What comes behind a failure does not overtake it.
 *
 * <p>Thread: the link's loop, or the cluster's; the count is touched on the cluster's only. Always:
 * ends are told in the order in which they came.
 */
@LoopConfined
final class Arrivals {
  private final Loop loop;
  private int queued; // behind which answers have to queue, too

  /**
   * @param loop the cluster's
   */
  Arrivals(Loop loop) {
    this.loop = loop;
  }

  /** A call was answered. */
  void answered(Runnable end) {
    if (loop.inLoop() && queued == 0) {
      end.run();
    } else {
      failed(end);
    }
  }

  /** A call failed. */
  void failed(Runnable end) {
    if (loop.inLoop()) {
      queued++;
      execute(
          () -> {
            queued--;
            end.run();
          });
    } else {
      execute(end);
    }
  }

  /** Nothing reads a call's bytes any more. */
  void freed(Runnable action) {
    if (loop.inLoop()) {
      action.run();
      return;
    }
    try {
      loop.execute(action);
    } catch (RejectedExecutionException afterTheLastClose) {
      action.run(); // nobody else is left to give them back
    }
  }

  private void execute(Runnable end) {
    try {
      loop.execute(end);
    } catch (RejectedExecutionException afterTheLastClose) {
      // Nobody is left whom it could be told to: all requests ended before the loop did.
    }
  }
}
