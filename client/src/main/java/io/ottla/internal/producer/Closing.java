package io.ottla.internal.producer;

import io.ottla.internal.cluster.ClusterFloor;
import io.ottla.internal.runtime.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The end of a producer: sends what waits as long as there is time, fails the rest, has all reports
 * made, and only then closes what it stands on.
 *
 * <p>Thread: any; the steps run on the loop, and, as the last ones wait, on a callback thread.
 * Always: the steps are taken once, however many close; the earliest deadline counts.
 */
final class Closing {
  /** A listener that takes longer for the last reports is interrupted. */
  private static final long REPORTS_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long INTERRUPTED_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ClusterFloor floor;
  private final Supplier<CompletableFuture<Void>> flush;
  private final Departures departures;
  private final Rounds rounds;
  private final Reports reports;
  private final Runnable onClosed;
  private final AtomicBoolean isClosing = new AtomicBoolean();
  private final AtomicBoolean isFinishing = new AtomicBoolean();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final List<Loop.Delayed> timers = new ArrayList<>(); // the loop's: of the deadlines

  Closing(
      ClusterFloor floor,
      Supplier<CompletableFuture<Void>> flush,
      Departures departures,
      Rounds rounds,
      Reports reports,
      Runnable onClosed) {
    this.floor = floor;
    this.flush = flush;
    this.departures = departures;
    this.rounds = rounds;
    this.reports = reports;
    this.onClosed = onClosed;
  }

  /** Whether it is under way, or over. */
  boolean isClosing() {
    return isClosing.get();
  }

  /** Notes that it is under way; false if it was. */
  boolean begin() {
    return isClosing.compareAndSet(false, true);
  }

  /** Waits for the end, which comes after this time at the latest. */
  void end(Duration timeout) {
    CompletableFuture<Void> unused = flush.get().thenRun(this::finish);
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(timeout));
    onLoop(() -> finishAfter(nanos));
    if (!reports.isReporting()) {
      await();
    }
  }

  private void finishAfter(long nanos) {
    if (!isFinishing.get()) {
      timers.add(floor.loop().schedule(this::finish, nanos));
    }
  }

  private void await() {
    try {
      ended.get();
    } catch (InterruptedException hurry) {
      finish();
      ended.join();
      Thread.currentThread().interrupt();
    } catch (ExecutionException never) {
      throw new IllegalStateException("the end of a producer is never a failure", never);
    }
  }

  private void finish() {
    if (isFinishing.compareAndSet(false, true)) {
      onLoop(
          () -> {
            timers.forEach(Loop.Delayed::cancel);
            departures.close();
            rounds.whenOver(() -> floor.callbacks().execute(this::endReports));
          });
    }
  }

  private void endReports() {
    try {
      reports.close();
      if (!reports.awaitEnd(REPORTS_NANOS)) {
        reports.stopWaiting();
        boolean unused = reports.awaitEnd(INTERRUPTED_NANOS);
      }
    } catch (InterruptedException shutDown) {
      Thread.currentThread().interrupt();
    } finally {
      onClosed.run();
      ended.complete(null);
    }
  }

  private void onLoop(Runnable task) {
    try {
      floor.loop().execute(task);
    } catch (RejectedExecutionException afterTheEnd) {
      ended.complete(null);
    }
  }
}
