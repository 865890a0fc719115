package io.ottla;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.producer.Delivery;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.record.Header;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.FakeRecord;
import io.ottla.testkit.fake.KafkaRelease;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What old brokers cannot do is told, and the rest is done. */
@Timeout(120)
final class ProducerOldBrokersTest {
  private static final List<Header> HEADERS = List.of(new Header("h", "1".getBytes(UTF_8)));

  private static ProducerBuilder<String, String> builder(FakeCluster fake) {
    return Ottla.producer(fake.bootstrapServers())
        .keys(FakeProducerTestBase.TEXT)
        .values(FakeProducerTestBase.TEXT)
        .set("retry.backoff", "5ms")
        .set("reconnect.backoff", "5ms");
  }

  private interface Work {
    void on(FakeCluster fake) throws Exception;
  }

  private static void with(KafkaRelease release, Work work) throws Exception {
    try (FakeCluster fake =
        FakeCluster.builder().release(release).topic("orders", 3).brokers(2).start()) {
      work.on(fake);
      assertThat(fake.refusals()).isEmpty();
    }
  }

  private static List<String> warnings() {
    return Warnings.take(line -> line.contains("without producer id"));
  }

  @ParameterizedTest
  @EnumSource(
      value = KafkaRelease.class,
      names = {"V0_8_2", "V0_9_0", "V0_10_0", "V0_10_2"})
  @Scenario({"L12", "L22"})
  void a_broker_before_0_11_gets_records_without_numbers_and_one_warning(KafkaRelease release)
      throws Exception {
    with(
        release,
        fake -> {
          try (Producer<String, String> producer = builder(fake).start()) {
            List<CompletableFuture<Delivery>> sent = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
              sent.add(
                  producer.send(
                      ProducerRecord.<String, String>record("orders", i % 3, "key", "value " + i)
                          .withTimestampMs(1_600_000_000_000L + i)));
            }
            FakeProducerTestBase.getAll(sent);
          }
          assertThat(warnings()).hasSize(1);
          assertThat(fake.requests().count(ApiKey.INIT_PRODUCER_ID)).isZero();
          List<FakeRecord> written = fake.partition("orders", 1).records();
          assertThat(written).hasSize(20).allMatch(record -> "key".equals(record.key()));
          assertThat(written.get(3).value()).isEqualTo("value 10");
          if (release.compareTo(KafkaRelease.V0_10_0) >= 0) {
            assertThat(written.get(3).timestamp())
                .isEqualTo(Instant.ofEpochMilli(1_600_000_000_010L));
          }
        });
  }

  @ParameterizedTest
  @EnumSource(
      value = KafkaRelease.class,
      mode = Mode.INCLUDE,
      names = {"V0_11_0", "V1_0", "V2_0", "V2_4", "V2_8", "V3_3", "V3_9", "V4_0", "V4_3"})
  @Scenario({"L12", "L22", "L23"})
  void a_broker_since_0_11_gets_numbers_headers_and_times(KafkaRelease release) throws Exception {
    with(
        release,
        fake -> {
          try (Producer<String, String> producer = builder(fake).start()) {
            List<CompletableFuture<Delivery>> sent = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
              sent.add(
                  producer.send(
                      ProducerRecord.<String, String>record("orders", i % 3, "value " + i)
                          .withHeaders(HEADERS)
                          .withTimestampMs(1_000_000 + i)));
            }
            FakeProducerTestBase.getAll(sent);
          }
          List<FakeRecord> written = fake.partition("orders", 2).records();
          assertThat(written).hasSize(10).allMatch(record -> record.headers().size() == 1);
          assertThat(written.get(9).timestamp()).isEqualTo(Instant.ofEpochMilli(1_000_029));
          assertThat(fake.requests().count(ApiKey.INIT_PRODUCER_ID)).isPositive();
          assertThat(ProducedBatches.of(fake)).allMatch(ProducedBatches.Sent::isNumbered);
        });
  }

  @Test
  @Scenario("L13")
  void a_log_of_mixed_formats_is_read_from_end_to_end() throws Exception {
    try (FakeCluster fake = FakeCluster.builder().topic("orders", 1).start()) {
      List<String> expected = new ArrayList<>();
      for (KafkaRelease release :
          List.of(
              KafkaRelease.V0_9_0, KafkaRelease.V4_3, KafkaRelease.V0_10_1, KafkaRelease.V2_0)) {
        fake.broker(1).release(release);
        fake.broker(1).closeConnections();
        send(fake, producer -> producer.topic("orders").post(null, "of " + release.text()));
        expected.add("of " + release.text());
      }
      fake.broker(1).release(KafkaRelease.V4_3);
      fake.broker(1).closeConnections();

      assertThat(fake.records("orders")).extracting(FakeRecord::value).isEqualTo(expected);
      try (Broker broker = Ottla.broker("127.0.0.1", fake.broker(1).port())) {
        assertThat(BrokerITBase.readAll(broker, "orders", 0, 4))
            .hasSize(4)
            .allMatch(line -> line.contains("'of "));
      }
    }
    warnings();
  }

  private static void send(FakeCluster fake, Consumer<Producer<String, String>> what)
      throws Exception {
    try (Producer<String, String> producer = builder(fake).start()) {
      what.accept(producer);
      FakeProducerTestBase.get(producer.flush());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = KafkaRelease.class,
      names = {"V0_8_2", "V0_9_0", "V0_10_0", "V0_10_2"})
  @Scenario("L23")
  void headers_are_refused_by_brokers_before_0_11_and_the_rest_goes_on(KafkaRelease release)
      throws Exception {
    with(
        release,
        fake -> {
          try (Producer<String, String> producer = builder(fake).start()) {
            CompletableFuture<Delivery> before =
                producer.send(ProducerRecord.record("orders", 0, "before"));
            CompletableFuture<Delivery> refused =
                producer.send(
                    ProducerRecord.<String, String>record("orders", 0, "refused")
                        .withHeaders(HEADERS));
            CompletableFuture<Delivery> after =
                producer.send(ProducerRecord.record("orders", 0, "after"));
            FakeProducerTestBase.get(before);
            FakeProducerTestBase.get(after);
            OttlaException failure = FakeProducerTestBase.failureOf(refused);
            assertThat(failure).isInstanceOf(UnsupportedVersionException.class);
            assertThat(failure.outcome()).isNotEqualTo(SendOutcome.UNKNOWN);
            assertThat(failure.getMessage()).contains("header");
          }
          assertThat(fake.partition("orders", 0).records())
              .extracting(FakeRecord::value)
              .containsExactly("before", "after");
          warnings();
        });
  }

  @ParameterizedTest
  @EnumSource(
      value = KafkaRelease.class,
      names = {"V0_8_2", "V0_10_2"})
  @Scenario("L4")
  void idempotence_that_is_demanded_of_a_broker_before_0_11_is_an_error(KafkaRelease release)
      throws Exception {
    with(
        release,
        fake -> {
          try (Producer<String, String> producer =
              builder(fake).set("idempotence", "true").start()) {
            OttlaException failure =
                FakeProducerTestBase.failureOf(producer.send("orders", "value"));
            assertThat(failure).isInstanceOf(UnsupportedVersionException.class);
            assertThat(failure.getMessage()).contains("idempotence").contains("0.11");
          }
          assertThat(fake.records("orders")).isEmpty();
        });
    assertThat(Warnings.take(line -> line.contains(" WARN "))).hasSizeLessThan(2);
  }
}
