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
 * Lets tests wait for what happens in a cluster, without looking again and again. Thread: {@link
 * #until} on a test's; {@link #look} and all conditions on the cluster's loop.
 */
final class Awaiting {
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
      waiter.done.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException tooLate) {
      String text = loop.call(otherwise::get);
      loop.run(() -> waiters.remove(waiter));
      throw new AssertionError("after " + patience + ": " + text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for a fake cluster", e);
    } catch (ExecutionException never) {
      throw new IllegalStateException(never);
    }
  }
}
