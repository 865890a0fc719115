package io.ottla.internal.broker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.CompletableFuture;

/**
 * Lets what prepares calls overlap, and what follows happen in the order of the calls.
 *
 * <p>Thread: any. Always: of two actions added by one thread the first has run before the second
 * begins. An action runs on the adding thread if nothing has to be waited for, else on the thread
 * that ended the wait.
 */
final class InOrder {
  @GuardedBy("this")
  private CompletableFuture<Void> tail = CompletableFuture.completedFuture(null);

  /** Runs the action once {@code prepared} has ended, in either way, and all before it have run. */
  void add(CompletableFuture<?> prepared, Runnable action) {
    synchronized (this) {
      if (!tail.isDone() || !prepared.isDone()) {
        tail =
            tail.thenCompose(
                ignored ->
                    prepared.handle(
                        (value, failure) -> {
                          action.run();
                          return null;
                        }));
        return;
      }
    }
    action.run();
  }
}
