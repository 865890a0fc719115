package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.Overflow;
import io.ottla.producer.Producer;
import io.ottla.producer.Purge;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flush and purge: what they wait for, what they do not wait for, and what they leave. */
final class ProducerFlushingTest extends ProducerRoomTestBase {
  @Test
  void a_flush_of_nothing_ends() throws Exception {
    Producer<byte[], byte[]> producer = producer(Overflow.fail());

    get(producer.flush());
    post(producer, 1, KILO);
    get(producer.flush());
    get(producer.flush());

    assertThat(sent.reported()).isEqualTo(1);
  }

  @Test
  void all_reports_are_made_when_a_flush_ends() throws Exception {
    Producer<byte[], byte[]> producer =
        producer(builder -> builder.overflow(Overflow.block(LONG)).linger(LONG));

    for (int round = 1; round <= 20; round++) {
      post(producer, 50, 100);
      get(producer.flush());
      assertThat(sent.reported()).isEqualTo(50 * round);
    }
  }

  @Test
  @Scenario("G19")
  void records_that_keep_failing_do_not_starve_a_flush() throws Exception {
    Producer<byte[], byte[]> producer =
        producer(
            builder -> builder.overflow(Overflow.block(LONG)).set("record.max.bytes", "10000"));
    fake.on(ApiKey.PRODUCE).always(Fault.error(ErrorCode.INVALID_RECORD));
    AtomicBoolean isEnough = new AtomicBoolean();
    List<Thread> senders = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      senders.add(
          start(
              () -> {
                for (int i = 0; !isEnough.get(); i++) {
                  post(producer, 1, i % 2 == 0 ? 20 * KILO : KILO);
                }
              }));
    }
    sent.awaitReports(100);

    for (int i = 0; i < 10; i++) {
      get(producer.flush());
    }

    isEnough.set(true);
    for (Thread sender : senders) {
      join(sender);
    }
    get(producer.flush());
    sent.assertAllReported();
  }

  @Test
  void a_flush_waits_for_what_is_under_way() throws Exception {
    Producer<byte[], byte[]> producer =
        producer(builder -> builder.overflow(Overflow.fail()).linger(Duration.ZERO));
    post(producer, 1, KILO);
    CompletableFuture<Void> flushed = producer.flush();
    get(flushed);
    holdProduce();

    post(producer, 10, KILO);
    CompletableFuture<Void> full = producer.flush();
    gate.await(1, PATIENCE);

    assertThat(flushed).isCompletedWithValue(null);
    assertThat(full).isNotDone();
    gate.open();
    get(full);
  }

  @Test
  void each_of_many_flushes_waits_for_what_its_thread_sent() throws Exception {
    Producer<byte[], byte[]> producer =
        producer(builder -> builder.overflow(Overflow.block(LONG)).linger(LONG));
    List<Thread> threads = new ArrayList<>();
    AtomicBoolean isWrong = new AtomicBoolean();
    for (int t = 0; t < 4; t++) {
      threads.add(
          start(
              () -> {
                for (int i = 0; i < 25; i++) {
                  CompletableFuture<Delivery> mine = producer.send("orders", new byte[100]);
                  producer.flush().join();
                  if (!mine.isDone()) {
                    isWrong.set(true);
                  }
                }
              }));
    }

    for (Thread thread : threads) {
      join(thread);
    }
    assertThat(isWrong).isFalse();
  }

  @Test
  @Scenario("G31")
  void a_callback_may_flush() throws Exception {
    Producer<byte[], byte[]> producer =
        producer(builder -> builder.overflow(Overflow.fail()).linger(LONG));
    CompletableFuture<Void> flushed =
        producer
            .send("orders", new byte[10])
            .thenCompose(
                delivery -> {
                  post(producer, 3, KILO);
                  return producer.flush();
                });

    get(producer.flush());
    get(flushed);

    assertThat(sent.delivered()).isEqualTo(3);
  }

  @Test
  void a_flush_ends_though_no_broker_is_there() throws Exception {
    Producer<byte[], byte[]> producer =
        producer(builder -> builder.overflow(Overflow.fail()).set("delivery.timeout", "300ms"));
    fake.brokers().forEach(broker -> broker.stop());

    post(producer, 10, KILO);
    producer.send(sent.next("bills", -1, KILO), report -> {});
    get(producer.flush());

    assertThat(sent.failed())
        .hasSize(11)
        .allMatch(report -> report.outcome() == SendOutcome.NOT_SENT);
  }

  @Test
  @Scenario("L37")
  void purge_of_what_is_queued_leaves_what_is_under_way() throws Exception {
    holdProduce();
    Producer<byte[], byte[]> producer =
        producer(
            builder ->
                builder.overflow(Overflow.block(LONG)).maxInFlight(1).batchRecords(1).linger(LONG));
    post(producer, 10, KILO);
    gate.await(1, PATIENCE);

    CompletableFuture<Void> purge = producer.purge(Purge.QUEUED);
    CompletableFuture<Integer> afterIt = producer.partitions("bills"); // asks brokers meanwhile
    assertThat(get(afterIt)).isEqualTo(1);
    assertThat(purge).as("reports keep the order, and the first is under way").isNotDone();
    gate.open();
    get(purge);

    List<DeliveryReport> purged = sent.failed();
    assertThat(purged).isNotEmpty().hasSizeLessThan(10);
    assertThat(purged)
        .allSatisfy(
            report -> {
              assertThat(report.error()).isInstanceOf(RefusedException.class);
              assertThat(report.error()).hasMessageContaining("purge");
              assertThat(report.outcome()).isEqualTo(SendOutcome.NOT_SENT);
              assertThat(report.offset()).isEqualTo(Delivery.UNKNOWN_OFFSET);
            });
    assertThat(sent.delivered()).isEqualTo(10 - purged.size());
    post(producer, 5, KILO);
    get(producer.flush());
    assertThat(sent.delivered()).isEqualTo(15 - purged.size());
    sent.assertLogIsTrue(fake, "orders");
  }

  @Test
  @Scenario("L37")
  void purge_of_all_says_that_brokers_may_have_what_was_under_way() throws Exception {
    fake.on(ApiKey.PRODUCE).once(Fault.holdReply(gate));
    Producer<byte[], byte[]> producer =
        producer(
            builder ->
                builder.overflow(Overflow.block(LONG)).maxInFlight(1).batchRecords(1).linger(LONG));
    post(producer, 10, KILO);
    gate.await(1, PATIENCE);

    get(producer.purge(Purge.ALL));

    assertThat(sent.failed()).hasSize(10);
    assertThat(sent.failed())
        .filteredOn(report -> report.outcome() == SendOutcome.UNKNOWN)
        .as("under way")
        .isNotEmpty()
        .hasSizeLessThan(10);
    gate.open();
    post(producer, 5, KILO);
    get(producer.flush());
    assertThat(sent.delivered()).isEqualTo(5);
    sent.assertLogIsTrue(fake, "orders");
  }

  @Test
  @Scenario({"G24", "L37"})
  void purge_gives_up_records_of_a_topic_of_which_nothing_is_known() throws Exception {
    Producer<byte[], byte[]> producer = producer(Overflow.block(LONG));
    fake.on(ApiKey.METADATA).always(Fault.hold(gate));
    for (int i = 0; i < 10; i++) {
      producer.send(sent.next("orders", -1, KILO), report -> {});
    }

    get(producer.purge(Purge.QUEUED));

    assertThat(sent.failed()).hasSize(10);
    gate.open();
    post(producer, 1, KILO);
    get(producer.flush());
    assertThat(sent.delivered()).isEqualTo(1);
    sent.assertLogIsTrue(fake, "orders");
  }

  @ParameterizedTest
  @EnumSource(Purge.class)
  @Scenario("G24")
  void purges_between_sends_orphan_nothing(Purge which) throws Exception {
    Producer<byte[], byte[]> producer =
        producer(builder -> builder.overflow(Overflow.block(LONG)).linger(Duration.ZERO));
    List<Thread> senders = new ArrayList<>();
    for (int t = 0; t < 3; t++) {
      senders.add(
          start(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  producer.send(sent.next("orders", i % PARTITIONS, KILO), report -> {});
                }
              }));
    }

    for (int i = 0; i < 20; i++) {
      get(producer.purge(which));
      sent.awaitReports(Math.min(100 * i, 3_000));
    }
    for (Thread sender : senders) {
      join(sender);
    }
    get(producer.flush());

    sent.assertAllReported();
    sent.assertLogIsTrue(fake, "orders");
    assertThat(get(producer.send("orders", new byte[8])).hasOffset()).isTrue();
  }

  @Test
  void what_was_purged_failed_its_future() throws Exception {
    holdProduce();
    Producer<byte[], byte[]> producer =
        producer(builder -> builder.overflow(Overflow.fail()).linger(LONG));
    CompletableFuture<Delivery> future = producer.send("orders", new byte[10]);

    get(producer.purge(Purge.QUEUED));

    assertThatThrownBy(() -> get(future)).hasCauseInstanceOf(RefusedException.class);
  }
}
