package io.ottla.testkit.reference.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.reference.ReferenceCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes clients of one cluster, and waits for what they do. */
final class Clients {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final Duration POLL = Duration.ofMillis(10);

  private final ReferenceCluster cluster;

  Clients(ReferenceCluster cluster) {
    this.cluster = cluster;
  }

  static String uniqueName(String prefix) {
    return prefix + "-" + UUID.randomUUID();
  }

  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()));
  }

  Producer<String, String> producer(Map<String, Object> options) {
    Map<String, Object> all = new HashMap<>(options);
    all.put("bootstrap.servers", cluster.bootstrapServers());
    return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
  }

  Consumer<String, String> consumer(Map<String, Object> options) {
    Map<String, Object> all = new HashMap<>();
    all.put("auto.offset.reset", "earliest");
    all.put("enable.auto.commit", false);
    // So that tests need not wait: for answers without records, and to hear of a rebalance.
    all.put("fetch.max.wait.ms", 50);
    if (!"consumer".equals(options.get("group.protocol"))) {
      all.put("heartbeat.interval.ms", 100);
    }
    all.putAll(options);
    all.put("bootstrap.servers", cluster.bootstrapServers());
    return new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
  }

  /** Makes a topic with a replica on each broker, and returns when all brokers know it. */
  String newTopic(int partitions) throws Exception {
    String topic = uniqueName("topic");
    try (Admin admin = admin()) {
      get(
          admin
              .createTopics(List.of(new NewTopic(topic, partitions, (short) cluster.brokers())))
              .all());
      await(() -> hasLeaders(admin, topic, partitions), () -> topic + " has no leaders");
    }
    return topic;
  }

  private static boolean hasLeaders(Admin admin, String topic, int partitions) {
    try {
      TopicDescription seen = get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
      return seen != null
          && seen.partitions().size() == partitions
          && seen.partitions().stream().allMatch(partition -> partition.leader() != null);
    } catch (Exception notYet) {
      return false;
    }
  }

  /** Writes a value to each partition in turn, {@code count} in all, and waits for the end. */
  void produce(String topic, int partitions, int count) throws Exception {
    try (Producer<String, String> producer = producer(Map.of())) {
      List<ProducerRecord<String, String>> records = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        records.add(new ProducerRecord<>(topic, i % partitions, "k", "v" + i));
      }
      send(producer, records);
    }
  }

  /** Writes ten values to a partition, at the times 1000 to 1009, and waits for the end. */
  static void sendTen(Producer<String, String> producer, TopicPartition to) throws Exception {
    List<ProducerRecord<String, String>> records = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      records.add(new ProducerRecord<>(to.topic(), to.partition(), 1000L + i, "k", "v" + i));
    }
    send(producer, records);
  }

  private static void send(
      Producer<String, String> producer, List<ProducerRecord<String, String>> records)
      throws Exception {
    List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
    for (Future<RecordMetadata> future : sent) {
      assertThat(future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).hasOffset()).isTrue();
    }
  }

  /** Reads so many records, no more of which may follow in the same poll. */
  static List<ConsumerRecord<String, String>> read(Consumer<String, String> consumer, int count) {
    List<ConsumerRecord<String, String>> read = new ArrayList<>();
    await(
        () -> {
          consumer.poll(POLL).forEach(read::add);
          return read.size() >= count;
        },
        () -> "read " + read.size() + " of " + count + " records");
    assertThat(read).hasSize(count);
    return read;
  }

  static List<TopicPartition> partitions(String topic, int count) {
    List<TopicPartition> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new TopicPartition(topic, i));
    }
    return all;
  }

  /** Polls all consumers in turn until something holds. */
  static void pollUntil(
      Collection<Consumer<String, String>> consumers, BooleanSupplier holds, String what) {
    await(
        () -> {
          consumers.forEach(consumer -> consumer.poll(POLL));
          return holds.getAsBoolean();
        },
        () -> what + "; assigned: " + consumers.stream().map(Consumer::assignment).toList());
  }

  static void await(BooleanSupplier holds, Supplier<String> complaint) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(complaint.get() + " after " + PATIENCE.toSeconds() + " s");
      }
    }
  }

  /** What a map has for a key that must be in it. */
  static <K, V> V inMap(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new AssertionError("no " + key + " in " + map.keySet());
    }
    return value;
  }

  static <T> T get(KafkaFuture<T> future) throws Exception {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
