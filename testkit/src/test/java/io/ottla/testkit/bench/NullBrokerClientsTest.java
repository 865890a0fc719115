package io.ottla.testkit.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Compression;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Kafka's own client finds nothing strange. */
final class NullBrokerClientsTest {
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 3_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @ParameterizedTest
  @CsvSource({"all, true", "all, false", "1, false"})
  void a_producer_gets_contiguous_offsets(String acks, boolean idempotent) throws Exception {
    try (NullBroker broker = NullBroker.builder().topic("orders", PARTITIONS).start();
        KafkaProducer<byte[], byte[]> producer = producer(broker, acks, idempotent)) {
      List<Future<RecordMetadata>> sent = send(producer);

      for (int i = 0; i < RECORDS; i++) {
        RecordMetadata metadata = sent.get(i).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(metadata.partition()).isEqualTo(i % PARTITIONS);
        assertThat(metadata.offset()).isEqualTo(i / PARTITIONS);
      }
      assertThat(broker.recordsIn()).isEqualTo(RECORDS);
    }
  }

  @Test
  void a_producer_without_acks_is_counted() {
    try (NullBroker broker = NullBroker.builder().topic("orders", PARTITIONS).start()) {
      try (KafkaProducer<byte[], byte[]> producer = producer(broker, "0", false)) {
        send(producer);
      }
      // The producer has written all before it closed; what is in the socket still arrives.
      await().untilAsserted(() -> assertThat(broker.recordsIn()).isEqualTo(RECORDS));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "LZ4", "ZSTD"})
  void a_consumer_of_assigned_partitions_reads_the_prepared_records(Codec codec) {
    try (NullBroker broker =
            NullBroker.builder()
                .topic("orders", PARTITIONS)
                .batch(100, 50)
                .compression(Compression.of(codec))
                .recordsPerPartition(20_000)
                .start();
        KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
      List<TopicPartition> all =
          List.of(
              new TopicPartition("orders", 0),
              new TopicPartition("orders", 1),
              new TopicPartition("orders", 2));
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<Integer, List<ConsumerRecord<byte[], byte[]>>> read = new HashMap<>();
      int count = 0;
      while (count < PARTITIONS * 20_000) {
        for (ConsumerRecord<byte[], byte[]> one : consumer.poll(PATIENCE)) {
          read.computeIfAbsent(one.partition(), partition -> new ArrayList<>()).add(one);
          count++;
        }
      }

      assertThat(read.values())
          .hasSize(PARTITIONS)
          .allSatisfy(
              records -> {
                assertThat(records).hasSize(20_000);
                for (int i = 0; i < records.size(); i++) {
                  assertThat(records.get(i).offset()).isEqualTo(i);
                  assertThat(records.get(i).value())
                      .hasSize(50)
                      .isEqualTo(records.get(i % 100).value());
                }
              });
      assertThat(consumer.endOffsets(all).values()).containsOnly(20_000L);
      assertThat(consumer.poll(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void a_consumer_in_a_group_fails_at_once() {
    try (NullBroker broker = NullBroker.builder().topic("orders", 1).start();
        KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
      consumer.subscribe(List.of("orders"));

      assertThatThrownBy(() -> consumer.poll(PATIENCE)).isInstanceOf(KafkaException.class);
    }
  }

  private static List<Future<RecordMetadata>> send(KafkaProducer<byte[], byte[]> producer) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      sent.add(
          producer.send(new ProducerRecord<>("orders", i % PARTITIONS, null, new byte[i % 500])));
    }
    return sent;
  }

  private static KafkaProducer<byte[], byte[]> producer(
      NullBroker broker, String acks, boolean idempotent) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "acks",
            acks,
            "enable.idempotence",
            idempotent,
            "max.block.ms",
            20_000),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static KafkaConsumer<byte[], byte[]> consumer(NullBroker broker) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", "group"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
