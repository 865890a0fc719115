package io.ottla.internal.cluster;

import io.ottla.internal.runtime.Loop;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;

/** Brings to the cluster's loop what ends elsewhere. */
final class Loops {
  private Loops() {}

  /** Runs it on the loop, at once if this is the loop, and not at all if that has ended. */
  static void run(Loop loop, Runnable task) {
    if (loop.inLoop()) {
      task.run();
      return;
    }
    try {
      loop.execute(task);
    } catch (RejectedExecutionException afterTheLastClose) {
      // Nobody is left who would see the effect.
    }
  }

  /** A failure without the wrapping that futures add. */
  static Throwable unwrapped(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
