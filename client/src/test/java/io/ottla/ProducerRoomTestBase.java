package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.producer.Overflow;
import io.ottla.producer.Producer;
import io.ottla.protocol.message.ApiKey;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/**
 * Producers with little memory on two fake brokers, whose reports all go to one listener. After
 * each test they are closed, and hold nothing.
 */
@Timeout(180)
abstract class ProducerRoomTestBase {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final Duration LONG = Duration.ofHours(1);
  static final int KILO = 1000;
  static final int PARTITIONS = 3;
  static final String MEMORY = "256KB";

  final FakeCluster fake =
      FakeCluster.builder()
          .brokers(2)
          .topic("orders", PARTITIONS)
          .topic("bills", 1)
          .config("auto.create.topics.enable", "false")
          .start();
  final Gate gate = new Gate();
  final SentRecords sent = new SentRecords();
  private final List<Producer<?, ?>> opened = new ArrayList<>();

  Producer<byte[], byte[]> producer(UnaryOperator<ProducerBuilder<byte[], byte[]>> configure) {
    ProducerBuilder<byte[], byte[]> builder =
        Ottla.producer(fake.bootstrapServers())
            .set("memory", MEMORY)
            .set("batch.bytes", "16KB")
            .set("linger", "1ms")
            .set("retry.backoff", "5ms")
            .set("retry.backoff.max", "50ms")
            .set("reconnect.backoff", "5ms")
            .set("reconnect.backoff.max", "50ms")
            .onReport(sent);
    Producer<byte[], byte[]> producer = configure.apply(builder).start();
    opened.add(producer);
    return producer;
  }

  Producer<byte[], byte[]> producer(Overflow overflow) {
    return producer(builder -> builder.overflow(overflow));
  }

  @AfterEach
  void nothing_is_held() {
    gate.open();
    opened.forEach(producer -> producer.close(Duration.ZERO));
    for (Producer<?, ?> producer : opened) {
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(producer.stats().buffer().bytes()).as("held bytes").isZero();
                assertThat(producer.stats().buffer().records()).as("pending").isZero();
              });
    }
    List<String> refusals = fake.refusals();
    fake.close();
    assertThat(refusals).isEmpty();
    sent.assertAllReported();
  }

  /** From now on produce requests wait at the gate. */
  void holdProduce() {
    fake.on(ApiKey.PRODUCE).always(Fault.hold(gate));
  }

  /**
   * Sends as long as there is room; nothing is answered until the gate opens.
   *
   * @return how many were taken
   */
  int fill(Producer<byte[], byte[]> producer) {
    holdProduce();
    int before = sent.sent();
    Awaitility.await()
        .atMost(PATIENCE)
        .during(Duration.ofMillis(100)) // a batch that is sealed meanwhile gives some room back
        .until(() -> !foundRoom(producer, before));
    return sent.sent() - before;
  }

  private boolean foundRoom(Producer<byte[], byte[]> producer, int before) {
    boolean wasSome = false;
    while (producer.trySend(sent.next("orders", 0, KILO))) {
      wasSome = true;
      assertThat(sent.sent() - before).as("records that found room").isLessThan(1_000);
    }
    sent.takeBack();
    return wasSome;
  }

  /** Sends records to partition 0; their reports go to the listener of all. */
  void post(Producer<byte[], byte[]> producer, int count, int bytes) {
    for (int i = 0; i < count; i++) {
      producer.send(sent.next("orders", 0, bytes), report -> {});
    }
  }

  /** Sends on a thread of its own. */
  static Thread start(Runnable sends) {
    Thread sender = new Thread(sends, "sender");
    sender.start();
    return sender;
  }

  static void awaitWaiting(Producer<?, ?> producer, int senders) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> producer.stats().buffer().waitingSenders() == senders);
  }

  static void join(Thread thread) throws InterruptedException {
    thread.join(PATIENCE.toMillis());
    assertThat(thread.isAlive()).as("%s still runs", thread.getName()).isFalse();
  }

  static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
