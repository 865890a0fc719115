package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.producer.Delivery;
import io.ottla.producer.Producer;
import io.ottla.testkit.KafkaServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A real broker, topics on it, and the reference that reads what was written. */
@Timeout(180)
abstract class ProducerITBase {
  private static final AtomicInteger NEXT_TOPIC = new AtomicInteger();
  static final Duration TIME = Duration.ofSeconds(60);

  final KafkaServer kafka;
  final Admin admin;

  ProducerITBase(KafkaServer kafka) {
    this.kafka = kafka;
    this.admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @AfterEach
  void closeAdmin() {
    admin.close(TIME);
  }

  static <T> T get(Future<T> future) throws Exception {
    return future.get(TIME.toSeconds(), TimeUnit.SECONDS);
  }

  static void getAll(List<CompletableFuture<Delivery>> futures) throws Exception {
    for (CompletableFuture<Delivery> one : futures) {
      get(one);
    }
  }

  final ProducerBuilder<String, String> builder() {
    return Ottla.producer(kafka.bootstrapServers())
        .keys(FakeProducerTestBase.TEXT)
        .values(FakeProducerTestBase.TEXT);
  }

  final Producer<String, String> producer(String... options) {
    ProducerBuilder<String, String> builder = builder();
    for (int i = 0; i < options.length; i += 2) {
      builder.set(options[i], options[i + 1]);
    }
    return builder.start();
  }

  static String newName() {
    return "produced-" + NEXT_TOPIC.incrementAndGet() + "-" + System.nanoTime();
  }

  final String newTopic(int partitions, Map<String, String> config) throws Exception {
    String name = newName();
    create(name, partitions, config);
    return name;
  }

  final void create(String name, int partitions, Map<String, String> config) throws Exception {
    NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(config);
    admin.createTopics(List.of(topic)).all().get(60, TimeUnit.SECONDS);
  }

  /** How many records a topic has. */
  final long records(String topic, int partitions) throws Exception {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    return admin.listOffsets(ends).all().get(60, TimeUnit.SECONDS).values().stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }

  /** Reads so many records, partition by partition, each in its order. */
  final List<ConsumerRecord<String, String>> read(String topic, int partitions, int count) {
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(n -> new TopicPartition(topic, n)).toList();
    List<ConsumerRecord<String, String>> read = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      while (read.size() < count) {
        consumer.poll(Duration.ofMillis(200)).forEach(read::add);
      }
      consumer.poll(Duration.ofMillis(1)).forEach(read::add);
    }
    assertThat(read).hasSize(count);
    read.sort(java.util.Comparator.comparing(ConsumerRecord::partition)); // stable
    return read;
  }
}
