package io.ottla.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic from its beginning to its end, with kafka-clients, and shows it to a check. */
public final class LogReader {
  private static final Duration POLL = Duration.ofMillis(500);

  private LogReader() {}

  /** Reads what there is when it begins. */
  public static void read(String servers, String topic, int partitions, LogCheck check) {
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(n -> new TopicPartition(topic, n)).toList();
    Map<String, Object> config = Map.of("bootstrap.servers", servers, "client.id", "log-reader");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
        for (ConsumerRecord<byte[], byte[]> read : consumer.poll(POLL)) {
          check.record(read.partition(), read.offset(), read.key(), read.value());
        }
      }
    }
  }
}
