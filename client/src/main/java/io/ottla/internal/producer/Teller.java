package io.ottla.internal.producer;

import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.DeliveryReport;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells users what became of a record, and stands between their code and ours.
 *
 * <p>Thread: the delivery thread; {@link #isHeard} and {@link #onUnheard} any.
 */
final class Teller {
  private static final Logger log = LoggerFactory.getLogger(Teller.class);
  private static final int ALL_LOGGED = 10;

  private final @Nullable DeliveryListener listener;
  private final boolean isErrorsOnly;
  private final Reports.Tally tally;
  private final Seldom unheard = new Seldom(1);
  private final Seldom thrown = new Seldom(ALL_LOGGED);

  Teller(@Nullable DeliveryListener listener, boolean isErrorsOnly, Reports.Tally tally) {
    this.listener = listener;
    this.isErrorsOnly = isErrorsOnly;
    this.tally = tally;
  }

  /** Whether the producer's own listener hears of such records. */
  boolean isHeard(boolean isDelivered) {
    return listener != null && !(isErrorsOnly && isDelivered);
  }

  /** Whether a record's sender wants to hear what became of it. */
  static boolean isAwaited(@Nullable Object ticket) {
    return ticket != null && !(ticket instanceof Ticket both && both.target() == null);
  }

  /**
   * Tells the sender, if it wants to hear, and then the producer's listener.
   *
   * @param target a listener, a future, or null
   * @param mayWait whether they may wait; if not they find their thread interrupted
   */
  void tell(@Nullable Object target, DeliveryReport report, boolean mayWait) {
    if (target instanceof CompletableFuture<?> future) {
      complete(future, report, mayWait);
    } else if (target != null) {
      call((DeliveryListener) target, report, mayWait);
    }
    DeliveryListener everybody = listener;
    if (everybody != null && !(isErrorsOnly && report.isDelivered())) {
      call(everybody, report, mayWait);
    }
  }

  @SuppressWarnings("unchecked") // a ticket's future is one of these: see Ticket
  private void complete(CompletableFuture<?> future, DeliveryReport report, boolean mayWait) {
    enter(mayWait);
    try {
      Throwable error = report.error();
      if (error == null) {
        ((CompletableFuture<Delivery>) future)
            .complete(
                new Delivery(
                    report.topic(), report.partition(), report.offset(), report.timestampMs()));
      } else {
        future.completeExceptionally(error);
      }
    } catch (Throwable fromStages) {
      future.completeExceptionally(fromStages); // without effect, unless there was no memory
      onThrown(report.topic(), fromStages);
    } finally {
      leave();
    }
  }

  private void call(DeliveryListener told, DeliveryReport report, boolean mayWait) {
    enter(mayWait);
    try {
      told.onReport(report);
    } catch (Throwable fromListener) {
      onThrown(report.topic(), fromListener);
    } finally {
      leave();
    }
  }

  /** Runs what waited for the reports; users' code may hang on it. */
  void run(Runnable then, boolean mayWait) {
    enter(mayWait);
    try {
      then.run();
    } catch (Throwable fromUser) {
      onThrown("any topic, after a flush", fromUser);
    } finally {
      leave();
    }
  }

  private static void enter(boolean mayWait) {
    if (!mayWait) {
      Thread.currentThread().interrupt();
    }
  }

  /** An interrupt that users leave behind is not for the next one. */
  private static void leave() {
    boolean unused = Thread.interrupted();
  }

  /**
   * Their error harms nobody else. One of the machine's is not ours to hide, but if this thread
   * ended all records after this one would have no report: so the program hears of it as if it had.
   */
  private void onThrown(String where, Throwable fromUser) {
    try {
      if (fromUser instanceof VirtualMachineError && !(fromUser instanceof StackOverflowError)) {
        Thread current = Thread.currentThread();
        current.getUncaughtExceptionHandler().uncaughtException(current, fromUser);
      } else if (thrown.isTime()) {
        log.warn(
            "a listener of reports for {} threw; nobody else is harmed ({} times so far)",
            where,
            thrown.times(),
            fromUser);
      }
    } catch (Throwable evenNow) {
      // Out of memory, most likely: the reports go on.
    }
  }

  /** Records failed, and there is no listener or future that would hear of it. Any thread. */
  void onUnheard(String topic, int partition, int records, Throwable failure) {
    if (unheard.isTime()) {
      log.warn(
          "{} record(s) to {}-{} failed and nobody was told, for want of a listener or future ({}"
              + " times so far): {}",
          records,
          topic,
          partition,
          unheard.times(),
          failure.toString());
    }
  }

  /** So many reports are made. Any thread. */
  void onReported(int records) {
    tally.onReported(records);
  }

  /** Its report is made. Any thread. */
  void onReported(Reports.Refusal refusal) {
    tally.onRefusalReported(refusal);
  }
}
