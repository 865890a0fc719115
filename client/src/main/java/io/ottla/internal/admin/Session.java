package io.ottla.internal.admin;

import io.ottla.Cluster;
import io.ottla.Route;
import io.ottla.error.OttlaException;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * What all calls of one administration share: whom they ask, how long they may take, and who wakes
 * them.
 *
 * <p>Thread: any. Units: nanoseconds of the injected clock.
 *
 * @param timeout of each call, all that it does included
 * @param loop wakes what waits; nothing of ours runs on it
 * @param callbacks where what was woken goes on
 */
record Session(Cluster cluster, Duration timeout, Loop loop, Executor callbacks, Clock clock) {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** The time of one call, which begins to run now. */
  Deadline begin() {
    return new Deadline(clock, clock.nanoTime() + timeout.toNanos(), timeout);
  }

  /** Asks whoever the route says, within what is left. */
  <R extends ResponseMessage> CompletableFuture<R> ask(
      RequestMessage<R> request, Route route, Deadline deadline) {
    return cluster.request(request, route, deadline.left());
  }

  /** Asks whoever the request's kind says; of each broker its own answer. */
  <R extends ResponseMessage> CompletableFuture<Parts<R>> askParts(
      RequestMessage<R> request, Deadline deadline) {
    return cluster.requestParts(request, deadline.left()).thenApply(Parts::new);
  }

  /** Completes after a time, on a callback thread. */
  CompletableFuture<Void> pause(Duration time) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    try {
      Loop.Delayed unused =
          loop.schedule(() -> callbacks.execute(() -> over.complete(null)), time.toNanos());
    } catch (RejectedExecutionException closed) {
      over.completeExceptionally(Refusals.closed());
    }
    return over;
  }

  /**
   * Runs a call for its user: what is thrown at once fails the future too, and it fails with the
   * exception itself, not with a wrapper of stages.
   */
  static <T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    CompletableFuture<T> inner;
    try {
      inner = call.get();
    } catch (OttlaException refused) {
      result.completeExceptionally(refused);
      return result;
    }
    CompletableFuture<?> unused =
        inner.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                result.complete(value);
              } else {
                result.completeExceptionally(reason(failure));
              }
            });
    return result;
  }

  /** What a future failed with, without the wrappers of stages. */
  static Throwable reason(Throwable failure) {
    Throwable reason = failure;
    while (reason instanceof CompletionException && reason.getCause() != null) {
      reason = reason.getCause();
    }
    return reason;
  }

  /** As {@link #reason}, of what can only be an exception of ours; a defect passes through. */
  static OttlaException failure(Throwable failure) {
    Throwable reason = reason(failure);
    if (reason instanceof OttlaException known) {
      return known;
    }
    throw new CompletionException(reason);
  }

  /**
   * When a call has to end.
   *
   * @param atNanos of the clock
   * @param whole the time that it had
   */
  record Deadline(Clock clock, long atNanos, Duration whole) {
    /**
     * What is left, but at least a millisecond: whoever asks too late hears so from the cluster.
     */
    Duration left() {
      Duration left = Duration.ofNanos(atNanos - clock.nanoTime());
      return left.compareTo(SHORTEST) < 0 ? SHORTEST : left;
    }

    /** What is left, but not more than this. */
    Duration left(Duration most) {
      Duration left = left();
      return left.compareTo(most) < 0 ? left : most;
    }

    boolean isOver() {
      return atNanos - clock.nanoTime() <= 0;
    }

    /** For the field of a request that says how long the broker may take. */
    int leftMs() {
      return (int) Math.min(Integer.MAX_VALUE, left().toMillis());
    }
  }
}
