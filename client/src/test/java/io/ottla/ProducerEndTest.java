package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.producer.Purge;
import io.ottla.protocol.message.ApiKey;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.Gate;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Purge and close, while others send. */
final class ProducerEndTest extends FakeProducerTestBase {
  private static final int THREADS = 3;

  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger reports = new AtomicInteger();
  private final DeliveryListener counting = report -> reports.incrementAndGet();

  /** Sends from several threads until it is told to end. */
  private Runnable sendFromThreads(Producer<String, String> producer, String topic)
      throws Exception {
    AtomicBoolean goesOn = new AtomicBoolean(true);
    List<Thread> threads = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(THREADS);
    for (int i = 0; i < THREADS; i++) {
      Thread thread =
          new Thread(
              () -> {
                while (goesOn.get()) {
                  sent.incrementAndGet();
                  producer.send(ProducerRecord.record(topic, "v"), counting);
                  begun.countDown();
                }
              });
      thread.start();
      threads.add(thread);
    }
    begun.await();
    return () -> {
      goesOn.set(false);
      for (Thread thread : threads) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  @Scenario("G24")
  void a_purge_leaves_no_orphan_of_an_unknown_topic(Purge which) throws Exception {
    Producer<String, String> producer = producer("memory", "1MB", "overflow.wait", "100ms");
    Runnable end = sendFromThreads(producer, "unknown");

    for (int i = 0; i < 30; i++) {
      get(producer.purge(which));
    }
    end.run();
    get(producer.purge(which));

    get(producer.flush());
    assertThat(reports).hasValue(sent.get());
  }

  @ParameterizedTest
  @EnumSource
  @Scenario("G24")
  void a_purge_leaves_no_orphan_of_a_topic_that_becomes_known_meanwhile(Purge which)
      throws Exception {
    Producer<String, String> producer = producer("memory", "1MB", "overflow.wait", "100ms");
    Runnable end = sendFromThreads(producer, "late");

    for (int i = 0; i < 30; i++) {
      get(producer.purge(which));
      if (i == 15) {
        fake.createTopic("late", 3);
      }
    }
    end.run();

    get(producer.flush());
    assertThat(reports).hasValue(sent.get());
    get(producer.send("late", "the last one"));
  }

  @Test
  @Scenario("G24")
  void a_purge_of_what_waits_spares_what_is_on_its_way() throws Exception {
    Producer<String, String> producer = producer();
    get(send(producer, 0, "first"));
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE).broker(leader(0)).once(Fault.hold(gate));
    List<CompletableFuture<Delivery>> five = send(producer, 0, "a", "b", "c", "d", "e");
    fake.await(() -> fake.broker(leader(0)).waitingRequests() == 4, PATIENCE);
    List<CompletableFuture<Delivery>> waiting = send(producer, 0, "f", "g", "h");

    CompletableFuture<Void> purged = producer.purge(Purge.QUEUED);
    gate.open(); // reports keep their order: those given up come behind those under way

    get(purged);
    for (CompletableFuture<Delivery> one : waiting) {
      failureOf(one);
    }
    getAll(five);
    get(send(producer, 0, "i"));
    assertThat(log(0)).containsExactly("first", "a", "b", "c", "d", "e", "i");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "unknown"})
  @Scenario("G25")
  void what_is_sent_after_close_fails(String topic) throws Exception {
    Producer<String, String> producer = producer();
    if (topic.equals("orders")) {
      get(producer.send(topic, "before"));
    }
    producer.close(Duration.ofSeconds(20));

    OttlaException failure = failureOf(producer.send(topic, "after"));
    OttlaException placed = failureOf(producer.send(ProducerRecord.record(topic, 0, "after")));
    producer.send(topic, null, "after", counting);

    assertThat(failure).isInstanceOf(ClosedException.class);
    assertThat(placed).isInstanceOf(ClosedException.class);
    get(producer.flush());
    Awaitility.await().atMost(PATIENCE).until(() -> reports.get() == 1);
    assertThat(producer.trySend(ProducerRecord.record(topic, "after"), counting))
        .satisfiesAnyOf(
            wasTaken -> assertThat(wasTaken).isFalse(),
            wasTaken -> Awaitility.await().atMost(PATIENCE).until(() -> reports.get() == 2));
    producer.close();
    producer.close(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "unknown"})
  @Scenario("G25")
  void what_is_sent_while_it_closes_has_its_report(String topic) throws Exception {
    Producer<String, String> producer = producer("memory", "1MB", "overflow.wait", "100ms");
    Runnable end = sendFromThreads(producer, topic);

    producer.close(Duration.ofMillis(300));
    get(producer.flush());
    end.run();

    get(producer.flush());
    Awaitility.await().atMost(PATIENCE).until(() -> reports.get() >= sent.get());
    assertThat(reports).hasValue(sent.get());
  }

  @Test
  @Scenario("G25")
  void close_delivers_what_was_sent_before() throws Exception {
    Producer<String, String> producer =
        producer("batch.records", "7", "linger", "1h", "delivery.timeout", "2h");
    List<CompletableFuture<Delivery>> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(send(producer, i % PARTITIONS, "v" + i));
    }

    producer.close(PATIENCE);

    assertThat(all).allMatch(CompletableFuture::isDone);
    getAll(all);
    assertThat(fake.records("orders")).hasSize(100);
  }

  @Test
  @Scenario("G25")
  void close_fails_what_cannot_be_sent_in_time() throws Exception {
    Producer<String, String> producer = producer();
    get(send(producer, 0, "first"));
    fake.on(ApiKey.PRODUCE).always(Fault.ignore());
    List<CompletableFuture<Delivery>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      all.add(send(producer, 0, "v" + i));
    }

    producer.close(Duration.ofMillis(200));

    assertThat(all).allMatch(CompletableFuture::isDone);
    assertThat(failureOf(all.get(0))).isInstanceOf(ClosedException.class);
    assertThat(failureOf(all.get(49))).isInstanceOf(ClosedException.class);
    assertThat(failureOf(all.get(49)).outcome()).isEqualTo(SendOutcome.NOT_SENT);
    assertThat(failureOf(all.get(0)).outcome()).isEqualTo(SendOutcome.UNKNOWN);
  }

  @Test
  @Scenario("G25")
  void a_sender_that_waits_for_room_does_not_outlive_the_producer() throws Exception {
    Producer<String, String> producer = producer("memory", "512KB", "overflow.wait", "10m");
    fake.on(ApiKey.PRODUCE).always(Fault.ignore());
    String value = "x".repeat(10_000);
    Thread sender =
        new Thread(
            () -> {
              for (int i = 0; i < 200; i++) {
                sent.incrementAndGet();
                producer.send(ProducerRecord.record("orders", 0, value), counting);
              }
            });
    sender.start();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> sender.getState() == Thread.State.TIMED_WAITING);

    producer.close(Duration.ofMillis(100));

    sender.join(PATIENCE.toMillis());
    assertThat(sender.isAlive()).isFalse();
    Awaitility.await().atMost(PATIENCE).until(() -> reports.get() == 200);
  }
}
