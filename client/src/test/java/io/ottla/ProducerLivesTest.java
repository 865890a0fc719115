package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ottla.error.ClosedException;
import io.ottla.error.ConfigException;
import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.Partitioner;
import io.ottla.producer.Producer;
import io.ottla.producer.TopicProducer;
import io.ottla.protocol.message.ApiKey;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.Gate;
import io.ottla.testkit.fake.SeenRequest;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Producers come and go; what users hand them throws; what users ask of them is nonsense. */
final class ProducerLivesTest extends FakeProducerTestBase {
  @Test
  @Scenario("L1")
  void many_producers_in_one_process_share_nothing() throws Exception {
    List<Producer<String, String>> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int number = i;
      Producer<String, String> producer =
          producer(
              b ->
                  b.set("client.id", "producer-" + number)
                      .set("acks", number % 2 == 0 ? "all" : "1")
                      .set("linger", number % 3 + "ms"));
      all.add(producer);
      if (i % 4 == 3) {
        all.get(i - 2).close();
      }
    }
    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      CompletableFuture<Delivery> one = send(all.get(i), i % PARTITIONS, "value " + i);
      if (i % 4 == 1) {
        assertThat(failureOf(one)).isInstanceOf(ClosedException.class);
      } else {
        sent.add(one);
      }
    }
    getAll(sent);

    assertThat(fake.records("orders")).hasSize(30);
    assertThat(fake.requests().of(ApiKey.PRODUCE))
        .extracting(SeenRequest::clientId)
        .contains("producer-0", "producer-39");
  }

  @Test
  @Scenario("L1")
  void closed_producers_leave_no_connection() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (Producer<String, String> producer = producer()) {
        if (i % 2 == 0) {
          get(send(producer, i % PARTITIONS, "value"));
        }
      }
    }

    await()
        .atMost(PATIENCE)
        .until(() -> fake.brokers().stream().allMatch(broker -> broker.connections() == 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lingr | 5ms | linger",
        "linger | minus five | linger",
        "linger | -5ms | linger",
        "batch.bytes | 0 | batch.bytes",
        "max.in.flight | 0 | max.in.flight",
        "acks | 2 | acks",
        "compression | lzma | compression",
        "overflow | explode | overflow",
        "partitioner | magic | partitioner",
        "delivery.timeout | 0ms | delivery.timeout"
      })
  @Scenario("L4")
  void options_that_cannot_be_are_told_by_name_when_the_producer_is_built(
      String key, String value, String named) {
    assertThatThrownBy(() -> producer(key, value))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(named);
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "-1", "ALL"})
  @Scenario("L4")
  void an_option_is_known_by_all_its_names(String all) throws Exception {
    Producer<String, String> producer =
        Ottla.producer(fake.bootstrapServers())
            .keys(TEXT)
            .values(TEXT)
            .set("acks", all)
            .set("linger.ms", "5")
            .set("batch.size", "16384")
            .set("message.timeout.ms", "60000")
            .set("compression.type", "gzip")
            .set("buffer.memory", "33554432")
            .set("enable.idempotence", "true")
            .start();
    try (producer) {
      assertWritten(get(send(producer, 0, "value")), "value");
    }
  }

  @Test
  @Scenario("L4")
  void idempotence_and_what_contradicts_it_are_a_conflict() {
    assertThatThrownBy(() -> producer("idempotence", "true", "acks", "1"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("acks")
        .hasMessageContaining("idempotence");
  }

  @Test
  @Scenario("L14")
  void a_topic_that_nobody_holds_any_more_delivers_what_was_sent_to_it() throws Exception {
    AtomicInteger reports = new AtomicInteger();
    CountDownLatch all = new CountDownLatch(100);
    Producer<String, String> producer = producer();
    Gate gate = new Gate();
    fake.on(ApiKey.METADATA).once(Fault.hold(gate));
    sendAndForget(producer, reports, all);
    System.gc();
    gate.open();

    assertThat(all.await(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    get(producer.flush());
    assertThat(reports).hasValue(100);
    assertThat(fake.records("orders")).hasSize(100);
  }

  private static void sendAndForget(
      Producer<String, String> producer, AtomicInteger reports, CountDownLatch all) {
    for (int i = 0; i < 100; i++) {
      TopicProducer<String, String> topic = producer.topic("orders");
      topic.send(
          "key " + i,
          "value",
          report -> {
            reports.incrementAndGet();
            all.countDown();
          });
    }
  }

  /** Throws for some keys, and names impossible partitions for others. */
  private static Partitioner moody() {
    return (topic, key, value, partitions) -> {
      char first = key == null ? 'o' : (char) key.get(key.position());
      return switch (first) {
        case 't' -> throw new IllegalStateException("in a mood");
        case 'h' -> partitions;
        case 'n' -> -2;
        default -> 0;
      };
    };
  }

  @Test
  @Scenario("L20")
  void a_partitioner_that_fails_fails_its_record_and_blocks_nobody() throws Exception {
    Producer<String, String> producer = producer(b -> b.partitioner(moody()));
    for (int round = 0; round < 5; round++) {
      for (String bad : List.of("throws", "high", "negative")) {
        OttlaException failure = failureOf(producer.send("orders", bad, "value"));
        assertThat(failure.outcome()).isEqualTo(SendOutcome.NOT_SENT);
        assertThat(failure.getMessage()).contains("partitioner");
      }
      assertThat(get(producer.send("orders", "ok", "good")).partition()).isZero();
    }
    assertThat(failureOf(producer.send("orders", "throws", "value")))
        .hasRootCauseMessage("in a mood");

    producer.close(Duration.ofSeconds(20));
    assertThat(log(0)).containsExactly("good", "good", "good", "good", "good");
  }
}
