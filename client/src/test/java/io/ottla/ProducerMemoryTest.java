package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.SendOutcome;
import io.ottla.producer.Acks;
import io.ottla.producer.Overflow;
import io.ottla.producer.Producer;
import io.ottla.producer.TopicProducer;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.scenario.Scenario;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory of a producer: its bound holds, and what was taken comes back, however it ends. */
final class ProducerMemoryTest extends ProducerRoomTestBase {
  private static final long LIMIT = 256 << 10;

  @ParameterizedTest
  @ValueSource(strings = {"none", "lz4", "gzip"})
  @Scenario({"G16", "G22"})
  void what_is_held_stays_within_the_memory(String codec) throws Exception {
    Producer<byte[], byte[]> producer =
        producer(builder -> builder.overflow(Overflow.block(LONG)).set("compression", codec));
    get(producer.send(sent.next("orders", 0, KILO))); // what waits for metadata is placed anew
    AtomicLong most = new AtomicLong();
    AtomicBoolean isOver = new AtomicBoolean();
    Thread watcher =
        start(
            () -> {
              while (!isOver.get()) {
                most.accumulateAndGet(producer.stats().buffer().bytes(), Math::max);
              }
            });
    List<Thread> senders = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      senders.add(
          start(
              () -> {
                for (int i = 0; i < 1_000; i++) {
                  int bytes = i % 100 == 0 ? 40 * KILO : KILO;
                  producer.send(sent.next("orders", i % PARTITIONS, bytes), report -> {});
                }
              }));
    }

    for (Thread sender : senders) {
      join(sender);
    }
    get(producer.flush());
    isOver.set(true);
    join(watcher);

    assertThat(most.get()).isPositive().isLessThanOrEqualTo(LIMIT);
    assertThat(sent.delivered()).isEqualTo(4_001);
    assertThat(producer.stats().buffer().bytes()).isZero();
    sent.assertLogIsTrue(fake, "orders");
  }

  @Test
  void records_that_fail_give_their_room_back() throws Exception {
    Producer<byte[], byte[]> producer = producer(Overflow.block(LONG));
    fake.on(ApiKey.PRODUCE).always(Fault.error(ErrorCode.INVALID_RECORD));

    post(producer, 2_000, KILO);
    get(producer.flush());

    assertThat(sent.failed()).hasSize(2_000);
    assertThat(producer.stats().buffer().bytes()).isZero();
  }

  @Test
  void connections_that_die_give_room_back_once() throws Exception {
    Producer<byte[], byte[]> producer = producer(Overflow.block(LONG));
    fake.on(ApiKey.PRODUCE)
        .sequence(Fault.closeAfter(), Fault.closeBefore(), Fault.resetAfter(), Fault.halfReply(3));

    post(producer, 1_000, KILO);
    get(producer.flush());

    assertThat(sent.delivered()).isEqualTo(1_000);
    assertThat(producer.stats().buffer().bytes()).isZero();
    sent.assertLogIsTrue(fake, "orders");
  }

  @Test
  void requests_that_are_never_answered_give_room_back_when_time_is_over() throws Exception {
    Producer<byte[], byte[]> producer =
        producer(
            builder ->
                builder
                    .overflow(Overflow.fail())
                    .set("delivery.timeout", "500ms")
                    .set("request.timeout", "200ms"));
    fake.on(ApiKey.PRODUCE).always(Fault.ignore());

    post(producer, 20, KILO);
    get(producer.flush());

    assertThat(sent.failed()).hasSize(20);
    assertThat(sent.failed())
        .anyMatch(report -> report.outcome() == SendOutcome.UNKNOWN)
        .allMatch(report -> report.outcome() != SendOutcome.REFUSED);
  }

  @Test
  @Scenario("G20")
  void records_that_are_not_yet_reported_keep_their_room() throws Exception {
    CountDownLatch hears = new CountDownLatch(1);
    Producer<byte[], byte[]> producer =
        producer(
            builder ->
                builder
                    .overflow(Overflow.fail())
                    .onReport(
                        report -> {
                          try {
                            hears.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                          } catch (InterruptedException interrupted) {
                            Thread.currentThread().interrupt();
                          }
                          sent.onReport(report);
                        }));

    int taken = 0;
    while (producer.trySend(sent.next("orders", 0, KILO))) {
      taken++;
      assertThat(taken).isLessThan(1_000);
    }
    sent.takeBack();
    assertThat(producer.stats().buffer().bytes()).isPositive().isLessThanOrEqualTo(LIMIT);
    hears.countDown();

    get(producer.flush());
    assertThat(sent.delivered()).isEqualTo(taken);
  }

  @Test
  void many_topics_share_one_memory() throws Exception {
    long topics = 200;
    for (int i = 0; i < topics; i++) {
      fake.createTopic("topic-" + i, 1);
    }
    Producer<byte[], byte[]> producer =
        producer(builder -> builder.overflow(Overflow.block(LONG)).linger(LONG));

    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < topics; i++) {
        producer.send(sent.next("topic-" + i, 0, KILO), report -> {});
      }
    }
    get(producer.flush());

    assertThat(sent.delivered()).isEqualTo(3 * topics);
    assertThat(producer.stats().buffer().bytes()).isZero();
  }

  @Test
  void records_without_acknowledgement_give_their_room_back() throws Exception {
    Producer<byte[], byte[]> producer =
        producer(builder -> builder.overflow(Overflow.block(LONG)).acks(Acks.NONE));

    post(producer, 2_000, KILO);
    get(producer.flush());

    assertThat(sent.delivered()).isEqualTo(2_000);
    assertThat(producer.stats().buffer().bytes()).isZero();
  }

  @Test
  @Scenario("L14")
  void a_topic_that_nobody_refers_to_any_more_still_sends_and_reports() throws Exception {
    holdProduce();
    Producer<byte[], byte[]> producer = producer(Overflow.block(LONG));
    WeakReference<TopicProducer<byte[], byte[]>> handle = sendAndForget(producer);

    for (int i = 0; i < 20 && handle.get() != null; i++) {
      System.gc();
    }
    gate.open();

    get(producer.flush());
    sent.assertAllReported();
    assertThat(sent.delivered()).isEqualTo(10);
    assertThat(fake.records("bills")).hasSize(10);
  }

  private WeakReference<TopicProducer<byte[], byte[]>> sendAndForget(
      Producer<byte[], byte[]> producer) {
    TopicProducer<byte[], byte[]> bills =
        producer.topic("bills", options -> options.linger(Duration.ofMillis(2)));
    for (int i = 0; i < 10; i++) {
      var record = sent.next("bills", 0, 8);
      bills.send(
          0, record.timestampMs(), null, record.value(), List.of(), record.ref(), report -> {});
    }
    return new WeakReference<>(bills);
  }
}
