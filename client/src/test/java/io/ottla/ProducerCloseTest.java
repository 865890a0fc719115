package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.ClosedException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.DeliveryQueue;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.Overflow;
import io.ottla.producer.Producer;
import io.ottla.producer.Purge;
import io.ottla.producer.TopicProducer;
import io.ottla.protocol.message.ApiKey;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The end of a producer: in every state, from any thread, with one report for each record. */
final class ProducerCloseTest extends ProducerRoomTestBase {
  private Producer<byte[], byte[]> slow(Overflow overflow) {
    return producer(builder -> builder.overflow(overflow).linger(LONG));
  }

  @Test
  void close_sends_what_waits_whatever_its_linger() {
    Producer<byte[], byte[]> producer = slow(Overflow.fail());
    post(producer, 50, KILO);

    producer.close();

    assertThat(sent.delivered()).isEqualTo(50);
    sent.assertLogIsTrue(fake, "orders");
  }

  @Test
  void a_producer_that_never_sent_closes() {
    Producer<byte[], byte[]> producer = slow(Overflow.fail());

    producer.close();
    producer.close(Duration.ZERO);

    assertThat(fake.requests().count(ApiKey.PRODUCE)).isZero();
  }

  @Test
  void close_without_time_fails_what_is_left() {
    holdProduce();
    Producer<byte[], byte[]> producer =
        producer(
            builder ->
                builder.overflow(Overflow.fail()).linger(LONG).batchRecords(1).maxInFlight(1));
    post(producer, 20, KILO);
    gate.await(1, PATIENCE);

    producer.close(Duration.ZERO);

    assertThat(sent.failed()).hasSize(20);
    assertThat(sent.failed()).anyMatch(report -> report.outcome() == SendOutcome.UNKNOWN);
    assertThat(sent.failed())
        .filteredOn(report -> report.outcome() == SendOutcome.NOT_SENT)
        .isNotEmpty()
        .allSatisfy(report -> assertThat(report.error()).isInstanceOf(ClosedException.class));
  }

  @Test
  void close_ends_when_no_broker_is_there() {
    Producer<byte[], byte[]> producer = slow(Overflow.fail());
    fake.brokers().forEach(broker -> broker.stop());
    post(producer, 5, KILO);

    producer.close(Duration.ofMillis(100));

    assertThat(sent.failed())
        .hasSize(5)
        .allMatch(report -> report.outcome() == SendOutcome.NOT_SENT);
  }

  @Test
  @Scenario("G25")
  void records_of_a_topic_of_which_nothing_is_known_are_reported_at_close() {
    Producer<byte[], byte[]> producer = slow(Overflow.fail());
    fake.on(ApiKey.METADATA).always(Fault.hold(gate));
    for (int i = 0; i < 5; i++) {
      producer.send(sent.next("orders", -1, KILO), report -> {});
    }

    producer.close(Duration.ofMillis(50));

    assertThat(sent.failed()).hasSize(5);
  }

  @Test
  @Scenario("G17")
  void who_waits_for_room_does_not_wait_for_ever() throws Exception {
    Producer<byte[], byte[]> producer = producer(Overflow.block(LONG));
    int taken = fill(producer);
    // Several each: a batch that is sealed meanwhile gives some room back.
    Thread first = start(() -> post(producer, 500, KILO));
    Thread second = start(() -> post(producer, 500, KILO));
    awaitWaiting(producer, 2);

    producer.close(Duration.ZERO);

    join(first);
    join(second);
    sent.assertAllReported();
    assertThat(sent.failureOf(taken)).isInstanceOf(ClosedException.class);
    assertThat(sent.failureOf(taken).outcome()).isEqualTo(SendOutcome.NOT_SENT);
  }

  @Test
  @Scenario("G25")
  void what_is_sent_after_close_fails_and_flush_returns() throws Exception {
    Producer<byte[], byte[]> producer = producer(Overflow.block(LONG));
    TopicProducer<byte[], byte[]> orders = producer.topic("orders");
    get(orders.send(null, new byte[8]));
    producer.close();

    assertThatThrownBy(() -> get(orders.send(null, new byte[8])))
        .hasCauseInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> get(producer.send("orders", new byte[8])))
        .hasCauseInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> get(producer.send("unheard-of", new byte[8])))
        .hasCauseInstanceOf(ClosedException.class);
    post(producer, 3, KILO);
    sent.assertAllReported();
    assertThat(sent.failed()).hasSize(3);
    get(producer.flush());
    get(producer.purge(Purge.ALL));
    producer.close();
  }

  @Test
  void many_may_close_at_once_and_the_earliest_end_counts() throws Exception {
    holdProduce();
    Producer<byte[], byte[]> producer = slow(Overflow.fail());
    post(producer, 20, KILO);
    List<Thread> patient = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      patient.add(start(() -> producer.close(LONG)));
    }

    producer.close(Duration.ofMillis(20));

    for (Thread thread : patient) {
      join(thread);
    }
    assertThat(sent.failed()).hasSize(20);
  }

  @Test
  @Scenario("G31")
  void a_listener_may_close() throws Exception {
    CountDownLatch returned = new CountDownLatch(1);
    Producer<byte[], byte[]> producer = producer(Overflow.fail());
    DeliveryListener closes =
        report -> {
          producer.close();
          returned.countDown();
        };
    producer.send("orders", null, new byte[8], closes);
    post(producer, 20, KILO);

    returned.await();
    producer.close();

    assertThat(sent.reported()).isEqualTo(20);
  }

  @Test
  @Scenario("G31")
  void a_stage_of_a_future_may_close_and_send() throws Exception {
    Producer<byte[], byte[]> producer = producer(Overflow.block(LONG));

    CompletableFuture<Delivery> afterwards =
        producer
            .send("orders", new byte[8])
            .thenCompose(
                delivery -> {
                  producer.close(Duration.ZERO);
                  return producer.send("orders", new byte[8]);
                });

    assertThatThrownBy(() -> get(afterwards)).hasCauseInstanceOf(ClosedException.class);
  }

  @Test
  void an_interrupt_hurries_a_close() throws Exception {
    holdProduce();
    Producer<byte[], byte[]> producer = slow(Overflow.fail());
    post(producer, 5, KILO);
    AtomicBoolean isInterrupted = new AtomicBoolean();
    Thread closer =
        start(
            () -> {
              producer.close(LONG);
              isInterrupted.set(Thread.currentThread().isInterrupted());
            });
    gate.await(1, PATIENCE);

    closer.interrupt();

    join(closer);
    assertThat(isInterrupted).isTrue();
    assertThat(sent.failed()).hasSize(5);
  }

  @Test
  @Scenario("G25")
  void each_record_sent_around_a_close_has_one_report() throws Exception {
    for (int round = 0; round < 6; round++) {
      Producer<byte[], byte[]> producer =
          producer(builder -> builder.overflow(Overflow.block(LONG)).linger(Duration.ZERO));
      List<Thread> senders = new ArrayList<>();
      for (int t = 0; t < 3; t++) {
        senders.add(
            start(
                () -> {
                  for (int i = 0; i < 200; i++) {
                    producer.send(sent.next("orders", i % PARTITIONS, KILO), report -> {});
                  }
                }));
      }
      sent.awaitReports(600 * round + 20 * round);

      producer.close(round % 2 == 0 ? LONG : Duration.ZERO);

      for (Thread sender : senders) {
        join(sender);
      }
      sent.assertAllReported();
    }
    sent.assertLogIsTrue(fake, "orders");
  }

  @Test
  void listeners_that_wait_for_ever_do_not_hold_up_the_end() throws Exception {
    BlockingQueue<DeliveryReport> full = new ArrayBlockingQueue<>(2);
    CountDownLatch never = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Producer<byte[], byte[]> withQueue =
        producer(builder -> builder.onReport(DeliveryQueue.into(full)));
    Producer<byte[], byte[]> withListener =
        producer(
            builder ->
                builder.onReport(
                    report -> {
                      try {
                        never.await();
                      } catch (InterruptedException timeIsOver) {
                        interrupted.complete(true);
                      }
                    }));
    for (int i = 0; i < 5; i++) {
      CompletableFuture<Delivery> one = withQueue.send("orders", new byte[8]);
      assertThat(one).isNotNull();
      CompletableFuture<Delivery> unused = withListener.send("orders", new byte[8]);
    }

    Thread other = start(() -> withQueue.close(Duration.ofMillis(200)));
    withListener.close(Duration.ofMillis(200));
    join(other);

    assertThat(full).hasSize(2);
    assertThat(get(interrupted)).isTrue();
    assertThat(Warnings.take(line -> line.contains("listener of reports for orders threw")))
        .as("reports that found no room")
        .hasSize(3);
  }
}
