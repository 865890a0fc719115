package io.ottla;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.compat.OldKafka;
import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.producer.Delivery;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.record.Header;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the producer writes to brokers of all lines before KRaft, from 0.8.2 on. */
@Tag("compat")
@Timeout(300)
final class ProducerCompatIT {
  private static final List<Header> HEADERS = List.of(new Header("h", "1".getBytes(UTF_8)));

  /** The lines before 0.11, which know neither headers nor numbers of producers. */
  private static final List<String> OLDEST = List.of("0.8.2", "0.9.0", "0.10.2");

  private static ProducerBuilder<String, String> builder(OldKafka kafka) {
    return Ottla.producer(kafka.bootstrapServers())
        .keys(FakeProducerTestBase.TEXT)
        .values(FakeProducerTestBase.TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.8.2", "0.9.0", "0.10.2", "0.11.0", "1.1", "2.0", "2.8"})
  @Scenario({"L7", "L12", "L13", "L23"})
  void records_are_written_as_the_line_can_have_them(String line) throws Exception {
    boolean isOldest = OLDEST.contains(line);
    try (OldKafka kafka = OldKafka.start(line)) {
      for (String codec : List.of("none", "gzip", "snappy", "lz4")) {
        write(kafka, codec, isOldest);
      }
      assertThat(Warnings.take(each -> each.contains("without producer id")))
          .hasSize(isOldest ? 4 : 0);
      if (isOldest) {
        refuseHeaders(kafka);
        refuseNumbers(kafka);
      }
    }
    Warnings.take(each -> each.contains("without producer id"));
  }

  private static void write(OldKafka kafka, String codec, boolean isOldest) throws Exception {
    String topic = "topic-" + codec;
    try (Producer<String, String> producer = builder(kafka).set("compression", codec).start()) {
      List<CompletableFuture<Delivery>> sent = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        ProducerRecord<String, String> record =
            ProducerRecord.<String, String>record(topic, i % 3, "key", "value " + i)
                .withTimestampMs(1_600_000_000_000L + i);
        sent.add(producer.send(isOldest ? record : record.withHeaders(HEADERS)));
      }
      for (int i = 0; i < 300; i++) {
        assertThat(FakeProducerTestBase.get(sent.get(i)).offset()).isEqualTo(i / 3);
      }
    }
    try (Broker broker = Ottla.broker("127.0.0.1", kafka.port())) {
      for (int partition = 0; partition < 3; partition++) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
          int number = 3 * i + partition;
          expected.add(i + " 'key' 'value " + number + "' " + (isOldest ? "" : "h='1';"));
        }
        assertThat(BrokerITBase.readAll(broker, topic, partition, 100)).isEqualTo(expected);
      }
    }
  }

  private static void refuseHeaders(OldKafka kafka) throws Exception {
    try (Producer<String, String> producer = builder(kafka).start()) {
      CompletableFuture<Delivery> before = producer.send("topic-none", "key", "before");
      OttlaException failure =
          FakeProducerTestBase.failureOf(
              producer.send(
                  ProducerRecord.<String, String>keyed("topic-none", "key", "refused")
                      .withHeaders(HEADERS)));
      assertThat(failure).isInstanceOf(UnsupportedVersionException.class);
      assertThat(failure.outcome()).isNotEqualTo(SendOutcome.UNKNOWN);
      assertThat(FakeProducerTestBase.get(before).hasOffset()).isTrue();
    }
  }

  private static void refuseNumbers(OldKafka kafka) throws Exception {
    try (Producer<String, String> producer = builder(kafka).set("idempotence", "true").start()) {
      assertThat(FakeProducerTestBase.failureOf(producer.send("topic-none", "value")))
          .isInstanceOf(UnsupportedVersionException.class);
    }
  }
}
