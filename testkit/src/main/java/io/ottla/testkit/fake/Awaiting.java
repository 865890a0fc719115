package io.ottla.testkit.fake;

import io.ottla.testkit.internal.loop.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Lets tests wait for what happens in a cluster. Thread: {@link #until} on a test's; {@link #look}
 * and all conditions on the cluster's loop.
 */
final class Awaiting {
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private record Waiter(BooleanSupplier condition, CompletableFuture<Boolean> done) {}

  private final Loop loop;
  private final List<Waiter> waiters = new ArrayList<>();

  Awaiting(Loop loop) {
    this.loop = loop;
  }

  /** Something happened that a test may wait for. */
  void look() {
    waiters.removeIf(
        waiter -> {
          boolean holds = waiter.condition.getAsBoolean();
          if (holds) {
            waiter.done.complete(true);
          }
          return holds;
        });
  }

  /**
   * Waits until a condition holds.
   *
   * @throws AssertionError with {@code otherwise} if it does not by then
   */
  void until(BooleanSupplier condition, Duration patience, Supplier<String> otherwise) {
    if (loop.inLoop()) {
      throw new IllegalStateException("the cluster's own thread cannot wait for the cluster");
    }
    Waiter waiter = new Waiter(condition, new CompletableFuture<>());
    loop.run(
        () -> {
          waiters.add(waiter);
          look();
        });
    try {
      if (!isDone(waiter, patience)) {
        String text = loop.call(otherwise::get);
        loop.run(() -> waiters.remove(waiter));
        throw new AssertionError("after " + patience + ": " + text);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a fake cluster", e);
    } catch (ExecutionException never) {
      throw new IllegalStateException(never);
    }
  }

  /**
   * Not everything that a condition looks at announces itself, a connection that ends for example;
   * so it is asked now and then besides.
   */
  private boolean isDone(Waiter waiter, Duration patience)
      throws InterruptedException, ExecutionException {
    long endNanos = System.nanoTime() + patience.toNanos();
    while (true) {
      long leftNanos = endNanos - System.nanoTime();
      try {
        waiter.done.get(Math.min(leftNanos, LOOK_AGAIN_NANOS), TimeUnit.NANOSECONDS);
        return true;
      } catch (TimeoutException notYet) {
        if (leftNanos <= LOOK_AGAIN_NANOS) {
          return false;
        }
        loop.run(this::look);
      }
    }
  }
}
