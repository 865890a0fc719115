package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.ClosedException;
import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.Overflow;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.producer.Purge;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.serde.Serializer;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callbacks call the producer that calls them. */
@Scenario("G31")
@Timeout(60)
final class ProducerCallbackTest extends FakeProducerTestBase {
  /** Sends a record whose report runs some code, and gives what that threw. */
  private static CompletableFuture<Void> within(
      Producer<String, String> producer, String topic, Consumer<DeliveryReport> code) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    producer.send(
        topic,
        null,
        "outer",
        report -> {
          try {
            code.accept(report);
            done.complete(null);
          } catch (Throwable thrown) {
            done.completeExceptionally(thrown);
          }
        });
    return done;
  }

  @Test
  void a_report_may_send_ask_and_flush() throws Exception {
    Producer<String, String> producer = producer();
    AtomicReference<CompletableFuture<Delivery>> sent = new AtomicReference<>();
    AtomicReference<CompletableFuture<Void>> flushed = new AtomicReference<>();

    get(
        within(
            producer,
            "orders",
            report -> {
              sent.set(producer.send("orders", "inner"));
              flushed.set(producer.flush());
              assertThat(producer.stats()).isNotNull();
              assertThat(producer.partitions("orders")).isNotNull();
              assertThat(producer.trySend(ProducerRecord.record("orders", "tried"))).isTrue();
              assertThat(producer.purge(Purge.QUEUED)).isNotNull();
            }));

    get(Objects.requireNonNull(flushed.get()));
    get(producer.flush());
    assertThat(sent.get()).isDone();
    Warnings.take(line -> line.contains("given up by purge")); // the record that was tried
  }

  @Test
  void a_failed_report_may_send_the_record_elsewhere() throws Exception {
    fake.createTopic("dead", 1);
    fake.on(ApiKey.PRODUCE).once(Fault.error(ErrorCode.TOPIC_AUTHORIZATION_FAILED));
    Producer<String, String> producer = producer();
    AtomicReference<CompletableFuture<Delivery>> moved = new AtomicReference<>();

    get(
        within(
            producer,
            "orders",
            report -> {
              assertThat(report.isDelivered()).isFalse();
              moved.set(producer.send("dead", "moved"));
            }));

    get(Objects.requireNonNull(moved.get()));
    assertThat(fake.records("dead")).hasSize(1);
  }

  @Test
  void a_chain_of_reports_that_send_is_no_recursion() throws Exception {
    Producer<String, String> producer = producer();
    AtomicInteger left = new AtomicInteger(300);
    CompletableFuture<Void> done = new CompletableFuture<>();
    DeliveryListener next =
        new DeliveryListener() {
          @Override
          public void onReport(DeliveryReport report) {
            if (left.decrementAndGet() == 0) {
              done.complete(null);
            } else {
              producer.send(ProducerRecord.record("orders", 0, "v"), this);
            }
          }
        };

    producer.send(ProducerRecord.record("orders", 0, "v"), next);

    get(done);
    assertThat(log(0)).hasSize(300);
  }

  @Test
  void a_report_may_close_the_producer() throws Exception {
    Producer<String, String> producer = producer();
    AtomicReference<CompletableFuture<Delivery>> late = new AtomicReference<>();

    CompletableFuture<Delivery> other = send(producer, 1, "other");
    get(
        within(
            producer,
            "orders",
            report -> {
              producer.close(Duration.ofSeconds(20)); // only begins the end
              late.set(producer.send("orders", "late"));
            }));

    assertThat(failureOf(Objects.requireNonNull(late.get()))).isInstanceOf(ClosedException.class);
    producer.close(Duration.ofSeconds(20));
    get(other);
  }

  @Test
  void a_report_that_sends_into_full_memory_does_not_wait_for_itself() throws Exception {
    // 1: memory is full of records whose reports are made by the delivery thread. 2: its callback
    // sends, and would wait for room that only it can make.
    Producer<String, String> producer =
        producer(
            builder ->
                builder.set("memory", "512KB").overflow(Overflow.block(Duration.ofMinutes(10))));
    String value = "x".repeat(20_000);
    AtomicInteger inner = new AtomicInteger();
    AtomicInteger outer = new AtomicInteger();
    DeliveryListener counts = report -> inner.incrementAndGet();
    DeliveryListener sends =
        report -> {
          outer.incrementAndGet();
          producer.send(ProducerRecord.record("orders", 0, value), counts);
          producer.send(ProducerRecord.record("orders", 1, value), counts);
        };

    for (int i = 0; i < 100; i++) {
      producer.send(ProducerRecord.record("orders", i % PARTITIONS, value), sends);
    }

    get(producer.flush());
    get(producer.flush());
    assertThat(outer).hasValue(100);
    assertThat(inner).hasValue(200);
  }

  @Test
  void what_a_callback_throws_changes_nothing() throws Exception {
    ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
    Producer<String, String> producer =
        producer(
            builder ->
                builder.onReport(
                    report -> {
                      heard.add("one");
                      throw new IllegalStateException("thrown by the test");
                    }));

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b", "c");
    CompletableFuture<Delivery> unused =
        sent.get(0)
            .whenComplete(
                (delivery, failure) -> {
                  throw new IllegalStateException("thrown by the test, too");
                });

    getAll(sent);
    get(producer.flush());
    assertThat(heard).hasSize(3);
    Warnings.take(line -> line.contains("listener"));
  }

  @Test
  void a_serializer_may_send_with_the_same_producer() throws Exception {
    AtomicReference<Producer<String, String>> self = new AtomicReference<>();
    Serializer<String> reentrant =
        (value, to) -> {
          if (value.equals("outer")) {
            CompletableFuture<Delivery> unused =
                Objects.requireNonNull(self.get())
                    .send(ProducerRecord.record("orders", 0, "inner"));
          }
          to.writeUtf8(value);
        };
    Producer<String, String> producer = producer(builder -> builder.values(reentrant));
    self.set(producer);

    get(send(producer, 0, "outer"));
    get(producer.flush());

    assertThat(log(0)).containsExactlyInAnyOrder("inner", "outer");
  }

  @Test
  void a_future_may_be_answered_with_another_send_and_waited_for() throws Exception {
    Producer<String, String> producer = producer();

    CompletableFuture<Delivery> third =
        send(producer, 0, "a")
            .thenCompose(first -> send(producer, 0, "b"))
            .thenCompose(second -> send(producer, 0, "c"));

    assertThat(get(third).offset()).isEqualTo(2);
  }
}
