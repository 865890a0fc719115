package io.ottla.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Records go in and come out, through another client and through the test's own hands. */
@Timeout(30)
final class RecordsTest {
  @Test
  void what_a_producer_writes_the_test_and_a_consumer_read() throws Exception {
    try (FakeCluster cluster = FakeCluster.builder().brokers(3).topic("orders", 2).start()) {
      try (KafkaProducer<String, String> producer = producer(cluster)) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
          sent.add(producer.send(new ProducerRecord<>("orders", i % 2, "k" + i, "v" + i)));
        }
        assertThat(sent.get(999).get().offset()).isEqualTo(499);
      }
      assertThat(cluster.partition("orders", 1).append("by hand")).isEqualTo(500);

      assertThat(cluster.records("orders")).hasSize(1_001);
      assertThat(cluster.records("orders").get(1).key()).isEqualTo("k2");
      assertThat(read(cluster, "orders", 1, 501)).hasSize(501).last().isEqualTo("by hand");
      assertThat(cluster.refusals()).isEmpty();
    }
  }

  private static List<String> read(FakeCluster cluster, String topic, int partition, int count) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false),
            new StringDeserializer(),
            new StringDeserializer())) {
      TopicPartition wanted = new TopicPartition(topic, partition);
      consumer.assign(List.of(wanted));
      consumer.seekToBeginning(List.of(wanted));
      while (values.size() < count) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(5))) {
          values.add(record.value());
        }
      }
    }
    return values;
  }

  private static KafkaProducer<String, String> producer(FakeCluster cluster) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", cluster.bootstrapServers()),
        new StringSerializer(),
        new StringSerializer());
  }
}
