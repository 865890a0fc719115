package io.ottla;

import static io.ottla.producer.ProducerRecord.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.producer.Acks;
import io.ottla.producer.ProduceResult;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.Header;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference reads what we wrote, and we read what it wrote: every codec, any bytes. */
@RealKafka
@Timeout(120)
final class KafkaClientsIT {
  private static final int RECORDS = 300;

  private final KafkaServer kafka;

  KafkaClientsIT(KafkaServer kafka) {
    this.kafka = kafka;
  }

  private Broker open() {
    return Ottla.broker("127.0.0.1", kafka.node(1).port());
  }

  /** Keys and values of all lengths and bytes, the same for the same codec. */
  private static List<byte[]> values(Codec codec) {
    Random random = new Random(codec.id());
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < RECORDS; i++) {
      byte[] value = new byte[random.nextInt(2_000)];
      if (i % 2 == 0) {
        random.nextBytes(value);
      }
      values.add(value);
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void kafka_clients_reads_what_we_wrote(Codec codec) throws Exception {
    List<byte[]> values = values(codec);
    try (Broker broker = open()) {
      String topic = BrokerITBase.newTopic(broker, 1);
      List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (int i = 0; i < RECORDS; i++) {
        records.add(
            record(topic, 0, values.get((i + 1) % RECORDS), values.get(i))
                .withTimestampMs(1_000_000 + i)
                .withHeaders(List.of(new Header("n", new byte[] {(byte) i}))));
      }
      List<ProduceResult> results =
          BrokerITBase.get(
              broker.produce(records, Acks.ALL, BrokerITBase.TIMEOUT, Compression.of(codec)));
      assertThat(results).allMatch(ProduceResult::isWritten);

      List<ConsumerRecord<byte[], byte[]>> read = readWithKafkaClients(topic);

      for (int i = 0; i < RECORDS; i++) {
        ConsumerRecord<byte[], byte[]> one = read.get(i);
        assertThat(one.offset()).isEqualTo(i);
        assertThat(one.timestamp()).isEqualTo(1_000_000 + i);
        assertThat(one.key()).isEqualTo(values.get((i + 1) % RECORDS));
        assertThat(one.value()).isEqualTo(values.get(i));
        assertThat(one.headers().lastHeader("n").value()).containsExactly((byte) i);
      }
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> readWithKafkaClients(String topic) {
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      consumer.seekToBeginning(consumer.assignment());
      while (read.size() < RECORDS) {
        consumer.poll(Duration.ofMillis(200)).forEach(read::add);
      }
    }
    return read;
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void we_read_what_kafka_clients_wrote(Codec codec) throws Exception {
    try (Broker broker = open()) {
      String topic = BrokerITBase.newTopic(broker, 1);
      try (KafkaProducer<byte[], byte[]> producer =
          new KafkaProducer<>(
              Map.of(
                  ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
                  ProducerConfig.COMPRESSION_TYPE_CONFIG, codec.name().toLowerCase(Locale.ROOT),
                  ProducerConfig.LINGER_MS_CONFIG, 20),
              new ByteArraySerializer(),
              new ByteArraySerializer())) {
        for (int i = 0; i < RECORDS; i++) {
          var unused =
              producer.send(
                  new org.apache.kafka.clients.producer.ProducerRecord<>(
                      topic,
                      0,
                      BrokerITBase.bytes("key" + i),
                      BrokerITBase.bytes("value" + i + "y".repeat(i))));
        }
      }

      List<String> expected = new ArrayList<>();
      for (int i = 0; i < RECORDS; i++) {
        expected.add(i + " 'key" + i + "' 'value" + i + "y".repeat(i) + "' ");
      }
      assertThat(BrokerITBase.readAll(broker, topic, 0, RECORDS)).isEqualTo(expected);
    }
  }
}
