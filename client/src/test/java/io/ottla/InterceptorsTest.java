package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerInterceptor;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.record.Header;
import io.ottla.serde.Serializers;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.FakeRecord;
import io.ottla.watch.Warnings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Those who see records before they are serialized. */
class InterceptorsTest {
  private final FakeCluster fake =
      FakeCluster.builder().brokers(1).topic("orders", 1).topic("audit", 1).start();

  @AfterEach
  void close() {
    fake.close();
  }

  private ProducerBuilder<String, String> builder() {
    return Ottla.producer(fake.bootstrapServers())
        .keys(Serializers.utf8())
        .values(Serializers.utf8())
        .linger(Duration.ZERO);
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(30, TimeUnit.SECONDS);
  }

  private static ProducerInterceptor<String, String> appending(String suffix) {
    return record ->
        new ProducerRecord<>(
            record.topic(),
            record.partition(),
            record.timestampMs(),
            record.key(),
            record.value() + suffix,
            record.headers(),
            record.ref());
  }

  @Test
  void each_sees_what_those_before_have_made_of_a_record() throws Exception {
    try (Producer<String, String> producer =
        builder().intercept(appending("-a")).intercept(appending("-b")).start()) {
      get(producer.send("orders", "v"));
      get(producer.topic("orders").send(null, "w"));
      producer.channel().put(ProducerRecord.record("orders", "x"));
      get(producer.flush());
    }

    assertThat(fake.records("orders").stream().map(FakeRecord::value))
        .containsExactly("v-a-b", "w-a-b", "x-a-b");
  }

  @Test
  void one_can_add_headers_and_send_elsewhere() throws Exception {
    byte[] trace = "00-abc".getBytes(StandardCharsets.UTF_8);
    try (Producer<String, String> producer =
        builder()
            .intercept(
                record -> {
                  List<Header> headers = new ArrayList<>(record.headers());
                  headers.add(new Header("traceparent", trace));
                  return new ProducerRecord<>(
                      "audit",
                      record.partition(),
                      record.timestampMs(),
                      record.key(),
                      record.value(),
                      headers,
                      record.ref());
                })
            .start()) {
      Delivery delivery = get(producer.topic("orders").send("k", "v"));

      assertThat(delivery.topic()).isEqualTo("audit");
    }
    assertThat(fake.records("audit").get(0).headers())
        .containsExactly(new Header("traceparent", trace));
    assertThat(fake.records("orders")).isEmpty();
  }

  @Test
  void one_that_drops_or_throws_ends_that_record_alone_and_its_report_says_so() throws Exception {
    Queue<String> seen = new ConcurrentLinkedQueue<>();
    ProducerInterceptor<String, String> strict =
        new ProducerInterceptor<>() {
          @Override
          public ProducerRecord<String, String> onSend(ProducerRecord<String, String> record) {
            if ("bad".equals(record.value())) {
              throw new IllegalStateException("bad indeed");
            }
            return "drop".equals(record.value()) ? dropped() : record;
          }

          @Override
          public void onReport(DeliveryReport report) {
            seen.add(String.valueOf(report.isDelivered()));
          }
        };
    try (Producer<String, String> producer = builder().intercept(strict).start()) {
      CompletableFuture<Delivery> bad = producer.send("orders", "bad");
      CompletableFuture<Delivery> dropped = producer.send("orders", "drop");
      get(producer.send("orders", "good"));

      assertThatThrownBy(() -> get(bad))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(RefusedException.class)
          .hasMessageContaining("bad indeed");
      assertThatThrownBy(() -> get(dropped)).hasMessageContaining("an interceptor dropped it");
      assertThat(producer.trySend(ProducerRecord.record("orders", "bad"))).isTrue();
      get(producer.flush());
    }
    assertThat(seen).containsExactlyInAnyOrder("false", "false", "true", "false");
    assertThat(fake.records("orders").stream().map(FakeRecord::value)).containsExactly("good");
  }

  // An interceptor says null for none.
  @SuppressWarnings("NullAway")
  private static ProducerRecord<String, String> dropped() {
    return null;
  }

  @Test
  void what_one_throws_on_a_report_is_told_and_the_listener_hears_all_the_same() throws Exception {
    Queue<DeliveryReport> heard = new ConcurrentLinkedQueue<>();
    ProducerInterceptor<String, String> clumsy =
        new ProducerInterceptor<>() {
          @Override
          public ProducerRecord<String, String> onSend(ProducerRecord<String, String> record) {
            return record;
          }

          @Override
          public void onReport(DeliveryReport report) {
            throw new IllegalStateException("clumsy");
          }
        };
    try (Producer<String, String> producer =
        builder()
            .intercept(clumsy)
            .onReport(report -> heard.add(report.copy()))
            .reportErrorsOnly(true)
            .start()) {
      get(producer.send("orders", "v"));
      CompletableFuture<Delivery> refused = producer.send("no topic?", "v");
      get(producer.flush());

      assertThat(refused).isCompletedExceptionally();
    }
    assertThat(heard).singleElement().matches(report -> report.outcome() == SendOutcome.NOT_SENT);
    assertThat(Warnings.take(line -> line.contains("nobody else is harmed"))).isNotEmpty();
  }

  @Test
  void serializers_come_before_interceptors() {
    assertThatThrownBy(() -> builder().intercept(appending("x")).values(Serializers.bytes()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before the interceptors");
  }
}
