package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.BufferFullException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.DivertedRecord;
import io.ottla.producer.Overflow;
import io.ottla.producer.Producer;
import io.ottla.producer.TopicProducer;
import io.ottla.testkit.scenario.Scenario;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What happens to records for which there is no room, policy by policy. */
final class ProducerOverflowTest extends ProducerRoomTestBase {
  private void assertFull(int number) {
    assertThat(sent.failureOf(number)).isInstanceOf(BufferFullException.class);
    assertThat(sent.failureOf(number).outcome()).isEqualTo(SendOutcome.NOT_SENT);
  }

  @Test
  @Scenario("G16")
  void who_blocks_goes_on_when_there_is_room() throws Exception {
    Producer<byte[], byte[]> producer = producer(Overflow.block(LONG));
    int taken = fill(producer);

    Thread sender = start(() -> post(producer, 50, KILO));
    awaitWaiting(producer, 1);
    assertThat(sent.reported()).isZero();
    gate.open();

    join(sender);
    get(producer.flush());
    assertThat(sent.delivered()).isEqualTo(taken + 50);
    assertThat(producer.stats().buffer().blockedSends()).isPositive();
    sent.assertLogIsTrue(fake, "orders");
  }

  @Test
  void who_blocked_long_enough_fails_and_alone() throws Exception {
    Producer<byte[], byte[]> producer = producer(Overflow.block(Duration.ofMillis(20)));
    int taken = fill(producer);

    post(producer, 1, KILO);
    sent.awaitReports(1);
    assertFull(taken);
    gate.open();

    get(producer.flush());
    assertThat(sent.delivered()).isEqualTo(taken);
    sent.assertLogIsTrue(fake, "orders");
  }

  @Test
  void fail_fails_at_once() throws Exception {
    Producer<byte[], byte[]> producer = producer(Overflow.fail());
    int taken = fill(producer);

    post(producer, 3, KILO);
    sent.awaitReports(3);
    gate.open();

    get(producer.flush());
    assertThat(sent.failed()).hasSize(3);
    assertFull(taken);
    assertThat(sent.delivered()).isEqualTo(taken);
    assertThat(producer.stats().buffer().blockedSends()).isZero();
    assertThat(producer.stats().records().refused()).isEqualTo(3);
  }

  @Test
  void drop_newest_reports_and_counts_what_it_drops() throws Exception {
    Producer<byte[], byte[]> producer = producer(Overflow.dropNewest());
    int taken = fill(producer);

    post(producer, 3, KILO);
    sent.awaitReports(3);
    gate.open();

    get(producer.flush());
    assertFull(taken);
    assertThat(sent.delivered()).isEqualTo(taken);
    assertThat(producer.stats().records().dropped()).isEqualTo(3);
  }

  @Test
  void drop_oldest_fails_the_oldest_that_no_broker_can_have() throws Exception {
    Producer<byte[], byte[]> producer = producer(Overflow.dropOldest());
    get(producer.send(sent.next("orders", 0, KILO)));
    int taken = 1 + fill(producer);

    post(producer, 60, KILO);
    gate.open();

    get(producer.flush());
    List<DeliveryReport> failed = sent.failed();
    assertThat(failed)
        .isNotEmpty()
        .allSatisfy(report -> assertThat(report.error()).isInstanceOf(BufferFullException.class))
        .allMatch(report -> report.outcome() == SendOutcome.NOT_SENT)
        .as("where they would have gone")
        .allMatch(report -> report.partition() == 0);
    List<Integer> numbers = failed.stream().map(report -> (Integer) report.ref()).sorted().toList();
    assertThat(numbers).as("of those that were there before").allMatch(number -> number < taken);
    assertThat(producer.stats().records().dropped()).isEqualTo(failed.size());
    sent.assertLogIsTrue(fake, "orders");
  }

  @Test
  void divert_hands_the_record_to_a_function_on_the_senders_thread() throws Exception {
    List<DivertedRecord> diverted = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    Producer<byte[], byte[]> producer =
        producer(
            Overflow.divert(
                record -> {
                  diverted.add(record);
                  threads.add(Thread.currentThread());
                }));
    int taken = fill(producer);

    post(producer, 2, KILO);
    gate.open();

    get(producer.flush());
    assertThat(threads).containsOnly(Thread.currentThread()).hasSize(2);
    assertThat(diverted).extracting(DivertedRecord::topic).containsOnly("orders");
    assertThat(diverted).extracting(DivertedRecord::partition).containsOnly(0);
    assertThat(diverted.get(0).value())
        .startsWith("%08d".formatted(taken).getBytes(StandardCharsets.US_ASCII));
    assertThat(sent.delivered()).isEqualTo(taken);
    assertThat(sent.failed()).hasSize(2);
    assertThat(producer.stats().records().diverted()).isEqualTo(2);
  }

  @Test
  void what_is_diverted_can_go_to_another_producer() throws Exception {
    Producer<byte[], byte[]> other =
        producer(builder -> builder.onReport(report -> {}).clientId("other"));
    ConcurrentLinkedQueue<CompletableFuture<Delivery>> elsewhere = new ConcurrentLinkedQueue<>();
    Producer<byte[], byte[]> producer =
        producer(Overflow.divert(record -> elsewhere.add(other.send(record.to("bills")))));
    fill(producer);

    post(producer, 2, KILO);
    gate.open();

    for (CompletableFuture<Delivery> sentElsewhere : elsewhere) {
      assertThat(get(sentElsewhere).topic()).isEqualTo("bills");
    }
    assertThat(fake.records("bills")).hasSize(2);
  }

  @Test
  void a_function_that_throws_fails_its_record_alone() throws Exception {
    IllegalStateException bug = new IllegalStateException("a bug of the function's");
    Producer<byte[], byte[]> producer =
        producer(
            Overflow.divert(
                record -> {
                  throw bug;
                }));
    int taken = fill(producer);

    post(producer, 1, KILO);
    sent.awaitReports(1);
    gate.open();

    get(producer.flush());
    assertThat(sent.failureOf(taken)).hasRootCause(bug);
    assertThat(sent.delivered()).isEqualTo(taken);
  }

  @Test
  void a_topic_may_overflow_in_a_way_of_its_own() throws Exception {
    Producer<byte[], byte[]> producer = producer(Overflow.block(LONG));
    TopicProducer<byte[], byte[]> bills =
        producer.topic("bills", options -> options.overflow(Overflow.fail()));
    fill(producer);

    CompletableFuture<Delivery> bill = bills.send(null, new byte[KILO]);

    assertThatThrownBy(() -> get(bill)).hasCauseInstanceOf(BufferFullException.class);
    Thread sender = start(() -> post(producer, 1, KILO));
    awaitWaiting(producer, 1);
    gate.open();
    join(sender);
  }

  @Test
  void records_overflow_when_no_broker_was_there_for_a_while() throws Exception {
    Producer<byte[], byte[]> producer =
        producer(
            builder ->
                builder
                    .overflow(Overflow.fail())
                    .overflowAfter(Duration.ofMillis(50))
                    .set("delivery.timeout", "1h"));
    get(producer.send(sent.next("orders", 0, KILO)));
    List<Integer> ports = fake.brokers().stream().map(broker -> broker.port()).toList();
    assertThat(ports).hasSize(2);
    fake.brokers().forEach(broker -> broker.kill());

    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              post(producer, 1, KILO);
              return !sent.failed().isEmpty();
            });
    DeliveryReport first =
        sent.failed().stream()
            .min(Comparator.comparing(report -> (Integer) report.ref()))
            .orElseThrow();
    assertThat(first.error()).isInstanceOf(BufferFullException.class);
    assertThat(first.error()).hasMessageContaining("overflow.after");
    int failed = sent.failed().size();
    fake.brokers().forEach(broker -> broker.start());

    get(producer.flush());
    post(producer, 1, KILO);
    get(producer.flush());
    assertThat(sent.failed()).as("nothing more").hasSizeGreaterThanOrEqualTo(failed);
    assertThat(sent.delivered()).isGreaterThanOrEqualTo(2);
    sent.assertLogIsTrue(fake, "orders");
  }

  @Test
  @Scenario("G31")
  void a_listener_that_sends_never_waits_for_the_room_that_its_own_report_would_free()
      throws Exception {
    CountDownLatch isAtIt = new CountDownLatch(1);
    CountDownLatch isFull = new CountDownLatch(1);
    CompletableFuture<Delivery> fromListener = new CompletableFuture<>();
    Producer<byte[], byte[]> producer = producer(Overflow.block(LONG));
    DeliveryListener sends =
        report -> {
          isAtIt.countDown();
          try {
            isFull.await();
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
          var unused =
              producer
                  .send("orders", new byte[KILO])
                  .whenComplete(
                      (delivery, failure) -> {
                        if (failure == null) {
                          fromListener.complete(delivery);
                        } else {
                          fromListener.completeExceptionally(failure);
                        }
                      });
        };
    producer.send("bills", null, new byte[KILO], sends);
    isAtIt.await();
    int taken = fill(producer);
    isFull.countDown();

    assertThatThrownBy(() -> get(fromListener)).hasCauseInstanceOf(BufferFullException.class);
    gate.open();
    Awaitility.await().atMost(PATIENCE).until(() -> sent.delivered() >= taken);
  }

  @Test
  void try_send_never_waits_in_any_state() throws Exception {
    Producer<byte[], byte[]> producer = producer(Overflow.block(LONG));
    fake.brokers().forEach(broker -> broker.stop());

    assertThat(producer.trySend(sent.next("orders", 0, KILO))).as("nothing is known").isTrue();
    fill(producer);
    assertThat(producer.trySend(sent.next("orders", 0, KILO))).as("it is full").isFalse();
    sent.takeBack();
    gate.open();
    fake.brokers().forEach(broker -> broker.start());
    get(producer.flush());
    producer.close();

    boolean isTaken = producer.trySend(sent.next("orders", 0, KILO));

    if (!isTaken) {
      sent.takeBack();
    }
    assertThat(producer.stats().buffer().blockedSends()).isZero();
  }
}
