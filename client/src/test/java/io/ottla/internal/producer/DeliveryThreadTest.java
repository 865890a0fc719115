package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.DeliveryReport;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The thread of the reports: what users do on it, how it begins and how it ends. */
class DeliveryThreadTest extends ReportsTestBase {
  private final List<String> heard = new ArrayList<>(); // the delivery thread's, until it settled

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @Test
  void a_listener_that_throws_harms_nobody_and_is_logged_with_the_topic() {
    DeliveryListener own =
        report -> {
          throw new AssertionError("own");
        };
    CompletableFuture<Delivery> future = new CompletableFuture<>();
    Reports reports =
        reports(
            report -> {
              heard.add("@" + report.offset());
              throw new IllegalStateException("all");
            },
            false);

    reports.delivered(batch(own, future), "orders", 3, 40, BatchEnds.NO_TIME);
    settle();

    assertThat(future.join().offset()).isEqualTo(41);
    assertThat(heard).containsExactly("@40", "@41");
    assertThat(Warnings.take(line -> line.contains("for orders threw"))).hasSize(3);
    assertThat(tally).hasValue(2);
  }

  @Test
  void a_listener_that_always_throws_does_not_fill_the_log() {
    Reports reports =
        reports(
            report -> {
              throw new IllegalStateException("always");
            },
            false);

    reports.delivered(batchOf(1_000), "orders", 3, 40, BatchEnds.NO_TIME);
    settle();

    assertThat(Warnings.take(line -> line.contains("for orders threw"))).hasSize(10 + 6);
    assertThat(tally).hasValue(1_000);
  }

  @Test
  void the_program_hears_of_the_machines_errors_and_reports_go_on() {
    List<Throwable> uncaught = new ArrayList<>();
    VirtualMachineError error = new InternalError("of the machine");
    Reports reports =
        reports(
            report -> {
              Thread.currentThread()
                  .setUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
              throw error;
            },
            false);

    reports.delivered(batchOf(2), "orders", 3, 40, BatchEnds.NO_TIME);
    settle();

    assertThat(uncaught).containsExactly(error, error);
    assertThat(tally).hasValue(2);
  }

  @Test
  void endless_recursion_of_a_listener_is_an_error_like_others() {
    CompletableFuture<DeliveryListener> itself = new CompletableFuture<>();
    itself.complete(report -> itself.join().onReport(report));
    Reports reports = reports(itself.join(), false);

    reports.delivered(batchOf(2), "orders", 3, 40, BatchEnds.NO_TIME);
    settle();

    assertThat(Warnings.take(line -> line.contains("for orders threw"))).hasSize(2);
    assertThat(tally).hasValue(2);
  }

  @Test
  void an_interrupt_that_a_listener_leaves_does_not_reach_the_next() {
    Reports reports =
        reports(
            report -> {
              heard.add("" + Thread.currentThread().isInterrupted());
              Thread.currentThread().interrupt();
            },
            false);

    reports.delivered(batchOf(2), "orders", 3, 40, BatchEnds.NO_TIME);
    settle();

    assertThat(heard).containsExactly("false", "false");
  }

  @Test
  void stages_of_futures_run_on_the_delivery_thread() {
    CompletableFuture<Delivery> future = new CompletableFuture<>();
    CompletableFuture<String> name = future.thenApply(delivery -> Thread.currentThread().getName());
    Reports reports = reports(null, false);

    reports.delivered(batch(future), "orders", 3, 40, BatchEnds.NO_TIME);

    assertThat(name.join()).startsWith("ottla-delivery-");
  }

  @Test
  @Scenario("G31")
  void a_callback_may_hand_over_more_and_close() throws InterruptedException {
    CompletableFuture<Reports> made = new CompletableFuture<>();
    CompletableFuture<Delivery> second = new CompletableFuture<>();
    CompletableFuture<Boolean> endedForIt = new CompletableFuture<>();
    DeliveryListener reenters =
        report -> {
          assertThat(made.join().isReporting()).isTrue();
          made.join().refused(refusal("orders", second));
          made.join().close();
          try {
            endedForIt.complete(made.join().awaitEnd(Long.MAX_VALUE));
          } catch (InterruptedException interrupted) {
            endedForIt.completeExceptionally(interrupted);
          }
        };
    made.complete(reports(null, false));

    made.join().delivered(batch(reenters), "orders", 3, 40, BatchEnds.NO_TIME);

    assertThat(endedForIt.join()).as("it does not wait for itself").isFalse();
    assertThatThrownBy(second::join).hasMessageContaining("has no room");
    assertThat(made.join().isReporting()).isFalse();
    assertThat(made.join().awaitEnd(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS))).isTrue();
  }

  @Test
  void a_report_is_of_use_on_its_thread_only() {
    CountDownLatch isLookedAt = new CountDownLatch(1);
    CompletableFuture<DeliveryReport> shown = new CompletableFuture<>();
    Reports reports =
        reports(
            report -> {
              shown.complete(report);
              await(isLookedAt);
            },
            false);

    reports.delivered(batchOf(1), "orders", 3, 40, BatchEnds.NO_TIME);

    DeliveryReport report = shown.join();
    assertThatThrownBy(report::key).hasMessageContaining("on its thread");
    isLookedAt.countDown();
  }

  @Test
  void the_thread_ends_when_all_that_was_handed_over_is_told() throws InterruptedException {
    CountDownLatch mayGoOn = new CountDownLatch(1);
    CountDownLatch isAtIt = new CountDownLatch(1);
    Reports reports =
        reports(
            report -> {
              isAtIt.countDown();
              await(mayGoOn);
            },
            false);
    reports.delivered(batchOf(2), "orders", 3, 40, BatchEnds.NO_TIME);
    reports.delivered(batchOf(2), "orders", 3, 42, BatchEnds.NO_TIME);
    await(isAtIt);

    reports.close();
    reports.close();

    assertThat(reports.awaitEnd(0)).isFalse();
    assertThat(deliveryThreads()).hasSize(1);
    mayGoOn.countDown();
    assertThat(reports.awaitEnd(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS))).isTrue();
    assertThat(tally).hasValue(4);
    assertThat(deliveryThreads()).isEmpty();
  }

  @Test
  void an_idle_thread_ends_when_it_is_closed() throws InterruptedException {
    Reports reports = reports(null, false);
    settle();

    reports.close();

    assertThat(reports.awaitEnd(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS))).isTrue();
  }

  @Test
  void closing_just_as_the_thread_falls_asleep_ends_it() throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      Reports reports = reports(null, false);
      reports.afterAll(() -> {});
      reports.close();

      assertThat(reports.awaitEnd(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS))).isTrue();
    }
  }

  @Test
  void what_never_reported_has_ended_at_once() throws InterruptedException {
    Reports reports = reports(null, false);

    reports.close();

    assertThat(reports.awaitEnd(0)).isTrue();
  }

  @Test
  @Scenario("G25")
  void what_is_refused_after_the_end_has_its_report_all_the_same() throws InterruptedException {
    Reports reports = reports(null, false);
    settle();
    reports.close();
    assertThat(reports.awaitEnd(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS))).isTrue();

    for (int i = 0; i < 3; i++) {
      CompletableFuture<Delivery> late = new CompletableFuture<>();
      reports.refused(refusal("orders", late));
      assertThatThrownBy(late::join).hasMessageContaining("has no room");
      assertThat(reports.awaitEnd(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS))).isTrue();
    }
  }

  @Test
  void a_listener_that_waits_for_ever_is_interrupted_when_time_is_over()
      throws InterruptedException {
    CountDownLatch isAtIt = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Reports reports =
        reports(
            report -> {
              isAtIt.countDown();
              try {
                never.await();
                heard.add("waited");
              } catch (InterruptedException interrupted) {
                heard.add("interrupted");
              }
            },
            false);
    reports.delivered(batchOf(3), "orders", 3, 40, BatchEnds.NO_TIME);
    await(isAtIt);
    reports.close();

    reports.stopWaiting();

    assertThat(reports.awaitEnd(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS))).isTrue();
    assertThat(heard).containsExactly("interrupted", "interrupted", "interrupted");
    assertThat(tally).hasValue(3);
  }

  @Test
  void what_waits_for_all_reports_comes_after_them() {
    List<String> order = new ArrayList<>();
    CompletableFuture<Boolean> end = new CompletableFuture<>();
    Reports reports = reports(report -> order.add("@" + report.offset()), false);

    reports.delivered(batchOf(2), "orders", 3, 40, BatchEnds.NO_TIME);
    reports.afterAll(() -> order.add("after"));
    reports.delivered(batchOf(1), "orders", 3, 42, BatchEnds.NO_TIME);
    reports.afterAll(
        () -> {
          end.complete(true);
          throw new IllegalStateException("of a user's stage");
        });
    settle();

    assertThat(end.join()).isTrue();
    assertThat(order).containsExactly("@40", "@41", "after", "@42");
    assertThat(Warnings.take(line -> line.contains("after a flush"))).hasSize(1);
  }

  @Test
  void what_many_threads_hand_over_is_told_once_and_in_each_ones_order()
      throws InterruptedException {
    int threads = 4;
    int each = 5_000;
    ConcurrentHashMap<String, Integer> lastOf = new ConcurrentHashMap<>();
    AtomicInteger disorder = new AtomicInteger();
    Reports reports =
        reports(
            report -> {
              int number = (Integer) java.util.Objects.requireNonNull(report.ref());
              Integer before = lastOf.put(report.topic(), number);
              if (number != (before == null ? 0 : before + 1)) {
                disorder.incrementAndGet();
              }
            },
            false);
    List<Thread> senders = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      String topic = "topic-" + t;
      senders.add(
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  reports.refused(refusal(topic, new Ticket(i, null)));
                }
              }));
    }

    senders.forEach(Thread::start);
    for (Thread sender : senders) {
      sender.join();
    }
    settle();

    assertThat(disorder).hasValue(0);
    assertThat(lastOf).hasSize(threads);
    assertThat(lastOf.values()).containsOnly(each - 1);
    assertThat(refusalsTold).hasSize(threads * each);
  }
}
