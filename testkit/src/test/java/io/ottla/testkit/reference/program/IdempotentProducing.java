package io.ottla.testkit.reference.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.reference.Program;
import io.ottla.testkit.reference.ReferenceCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Thousands of records of an idempotent producer, with each codec, while leaders move: each is in
 * its partition once and in order.
 */
public final class IdempotentProducing implements Program {
  private static final int PARTITIONS = 3;
  private static final int RECORDS = 1_500;
  private static final int MOVE_EVERY = 500;

  @Override
  public void run(ReferenceCluster cluster) throws Exception {
    Clients clients = new Clients(cluster);
    for (String codec : List.of("none", "gzip", "snappy", "lz4", "zstd")) {
      String topic = clients.newTopic(PARTITIONS);
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      Map<String, Object> options =
          Map.of("compression.type", codec, "batch.size", 500, "linger.ms", 1);
      try (Producer<String, String> producer = clients.producer(options)) {
        for (int i = 0; i < RECORDS; i++) {
          sent.add(producer.send(new ProducerRecord<>(topic, i % PARTITIONS, "k", codec + i)));
          if (i % MOVE_EVERY == MOVE_EVERY - 1) {
            cluster.moveLeader(topic, i % PARTITIONS, 1 + i / MOVE_EVERY % cluster.brokers());
          }
        }
        producer.flush();
      }
      for (int i = 0; i < RECORDS; i++) {
        assertThat(sent.get(i).get().offset()).isEqualTo(i / PARTITIONS);
      }
      assertInOrder(clients, topic, codec);
    }
  }

  private static void assertInOrder(Clients clients, String topic, String codec) {
    try (Consumer<String, String> consumer = clients.consumer(Map.of())) {
      List<TopicPartition> partitions = Clients.partitions(topic, PARTITIONS);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      for (ConsumerRecord<String, String> record : Clients.read(consumer, RECORDS)) {
        long number = record.offset() * PARTITIONS + record.partition();
        assertThat(record.value()).isEqualTo(codec + number);
      }
    }
  }

  /** The clients send to a new leader while the old one has not yet refused what came before. */
  @Override
  public List<String> expectedWarnings() {
    return List.of(
        "NOT_LEADER_OR_FOLLOWER", "NotLeaderOrFollowerException", "OUT_OF_ORDER_SEQUENCE_NUMBER");
  }
}
