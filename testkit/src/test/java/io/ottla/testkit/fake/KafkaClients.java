package io.ottla.testkit.fake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
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
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The clients of a cluster that others wrote, and how tests use them. */
final class KafkaClients {
  private static final Duration POLL = Duration.ofMillis(50);
  private static final int SECONDS = 20;

  private KafkaClients() {}

  /** An idempotent producer that loses no time. */
  static KafkaProducer<String, String> producer(FakeCluster cluster, Object... more) {
    Map<String, Object> config = config(cluster, more);
    config.putIfAbsent("retry.backoff.ms", 5);
    config.putIfAbsent("reconnect.backoff.ms", 5);
    config.putIfAbsent("linger.ms", 0);
    return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }

  /** A consumer that begins at the beginning and loses no time. */
  static KafkaConsumer<String, String> consumer(FakeCluster cluster, Object... more) {
    Map<String, Object> config = config(cluster, more);
    config.putIfAbsent("auto.offset.reset", "earliest");
    config.putIfAbsent("enable.auto.commit", false);
    if (!"consumer".equals(config.get("group.protocol"))) {
      config.putIfAbsent("heartbeat.interval.ms", 50);
    }
    config.putIfAbsent("retry.backoff.ms", 5);
    config.putIfAbsent("reconnect.backoff.ms", 5);
    return new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
  }

  /** A consumer of one partition without a group. */
  static KafkaConsumer<String, String> reader(
      FakeCluster cluster, String topic, int partition, Object... more) {
    KafkaConsumer<String, String> consumer = consumer(cluster, more);
    consumer.assign(List.of(new TopicPartition(topic, partition)));
    return consumer;
  }

  /** Sends a record and waits until it is acknowledged. */
  static RecordMetadata send(
      KafkaProducer<String, String> producer, String topic, int partition, String value)
      throws Exception {
    return done(sent(producer, topic, partition, value));
  }

  /** Sends a record. */
  static Future<RecordMetadata> sent(
      KafkaProducer<String, String> producer, String topic, int partition, String value) {
    return producer.send(new ProducerRecord<>(topic, partition, null, value));
  }

  /** What a future becomes. */
  static <T> T done(Future<T> future) throws Exception {
    return future.get(SECONDS, TimeUnit.SECONDS);
  }

  /** Polls until so many records have come. */
  static List<String> read(KafkaConsumer<String, String> consumer, int count) {
    List<String> values = new ArrayList<>();
    long patience = SECONDS * 1_000L / POLL.toMillis();
    while (values.size() < count) {
      for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
        values.add(record.value());
      }
      if (--patience == 0) {
        throw new AssertionError("read only " + values + " of " + count);
      }
    }
    return values;
  }

  /** Polls until a member has been assigned so many partitions. */
  static Collection<TopicPartition> awaitAssignment(
      KafkaConsumer<String, String> consumer, int count) {
    long patience = SECONDS * 1_000L / POLL.toMillis();
    while (consumer.assignment().size() != count) {
      consumer.poll(POLL);
      if (--patience == 0) {
        throw new AssertionError("assigned only " + consumer.assignment());
      }
    }
    return consumer.assignment();
  }

  private static Map<String, Object> config(FakeCluster cluster, Object... more) {
    Map<String, Object> config = new HashMap<>();
    config.put("bootstrap.servers", cluster.bootstrapServers());
    for (int i = 0; i < more.length; i += 2) {
      config.put((String) more[i], more[i + 1]);
    }
    return config;
  }
}
