package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.producer.DeliveryQueue;
import io.ottla.producer.DeliveryReport;
import io.ottla.watch.Warnings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Reports that go into a queue of the program's. */
class DeliveryQueueTest extends ReportsTestBase {
  private final BlockingQueue<DeliveryReport> queue = new ArrayBlockingQueue<>(2);

  private String taken() throws InterruptedException {
    DeliveryReport report = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(report).isNotNull();
    return text(report.value()) + "@" + report.offset();
  }

  /** Until the delivery thread waits for room. */
  private static void awaitWaiting() {
    Awaitility.await()
        .until(
            () ->
                Thread.getAllStackTraces().entrySet().stream()
                    .filter(thread -> thread.getKey().getName().startsWith("ottla-delivery-"))
                    .anyMatch(
                        thread ->
                            List.of(thread.getValue()).stream()
                                .anyMatch(frame -> frame.getMethodName().equals("put"))));
  }

  @Test
  void a_full_queue_makes_the_reports_wait_and_loses_none() throws InterruptedException {
    Reports reports = reports(DeliveryQueue.into(queue), false);
    reports.delivered(batchOf(4), "orders", 3, 40, BatchEnds.NO_TIME);
    reports.delivered(batchOf(1), "orders", 3, 44, BatchEnds.NO_TIME);

    awaitWaiting();
    assertThat(queue).hasSize(2);
    assertThat(tally).as("their room is still taken").hasValue(0);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(taken());
    }

    assertThat(all).containsExactly("v0@40", "v1@41", "v2@42", "v3@43", "v0@44");
  }

  @Test
  void a_full_queue_of_which_nobody_takes_does_not_hold_up_the_end() throws InterruptedException {
    Reports reports = reports(DeliveryQueue.into(queue), false);
    reports.delivered(batchOf(4), "orders", 3, 40, BatchEnds.NO_TIME);
    awaitWaiting();

    reports.close();
    assertThat(reports.awaitEnd(TimeUnit.MILLISECONDS.toNanos(1))).isFalse();
    reports.stopWaiting();

    assertThat(reports.awaitEnd(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS))).isTrue();
    assertThat(queue).hasSize(2);
    assertThat(tally).hasValue(4);
    assertThat(Warnings.take(line -> line.contains("for orders threw"))).hasSize(2);
  }

  @Test
  void when_time_is_over_there_may_still_be_room() throws InterruptedException {
    Reports reports = reports(DeliveryQueue.into(queue), false);
    reports.stopWaiting();

    reports.delivered(batchOf(2), "orders", 3, 40, BatchEnds.NO_TIME);
    reports.close();

    assertThat(reports.awaitEnd(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS))).isTrue();
    assertThat(queue).hasSize(2);
  }
}
