package io.ottla.internal.cluster.metadata;

import java.util.concurrent.CompletableFuture;

/**
 * Somebody who waits for an answer that others wait for, too.
 *
 * <p>Units: nanoseconds of the injected clock.
 *
 * @param <T> what is waited for
 */
abstract class Waiter<T> {
  final CompletableFuture<T> future = new CompletableFuture<>();
  final long startNanos;
  final long deadlineNanos;

  /** The first question that began after it came; on the loop, valid once it waits there. */
  long firstAsk;

  Waiter(long startNanos, long deadlineNanos) {
    this.startNanos = startNanos;
    this.deadlineNanos = deadlineNanos;
  }

  boolean isDue(long nowNanos) {
    return nowNanos - deadlineNanos >= 0;
  }
}
