package io.ottla.benchmarks.produce;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.AppInfoParser;

/** kafka-clients. */
@SuppressWarnings(
    "FutureReturnValueIgnored") // failures are counted by its metrics, and in callbacks
final class KafkaClientsProduce implements ProduceClient {
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final KafkaProducer<byte[], byte[]> producer;
  private final String topic;
  private final Ending ending;
  private final AtomicLong failed = new AtomicLong();

  KafkaClientsProduce(ProduceArguments arguments, Ending ending) {
    this.producer =
        new KafkaProducer<>(
            properties(arguments), new ByteArraySerializer(), new ByteArraySerializer());
    this.topic = arguments.text("topic");
    this.ending = ending;
  }

  private static Properties properties(ProduceArguments arguments) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", arguments.text("bootstrap"));
    properties.put("acks", arguments.text("acks"));
    properties.put("enable.idempotence", arguments.text("acks").equals("all") ? "true" : "false");
    properties.put("linger.ms", arguments.text("linger-ms"));
    properties.put("batch.size", arguments.text("batch-bytes"));
    properties.put("buffer.memory", arguments.text("memory-bytes"));
    properties.put("max.request.size", Integer.toString(maxRequestBytes(arguments)));
    properties.put("compression.type", arguments.text("compression"));
    String authority = arguments.find("ca");
    if (authority != null) {
      properties.put("security.protocol", "SSL");
      properties.put("ssl.truststore.type", "PEM");
      properties.put("ssl.truststore.location", authority);
    }
    return properties;
  }

  /** Room for a batch of each of four partitions, which the clients' defaults do not leave. */
  static int maxRequestBytes(ProduceArguments arguments) {
    return Math.max(1 << 20, 5 * arguments.integer("batch-bytes"));
  }

  @Override
  public void post(int partition, byte[] value) {
    producer.send(record(partition, value), null);
  }

  @Override
  public void send(int partition, byte[] value, long sentNanos) {
    producer.send(
        record(partition, value),
        (place, failure) -> {
          if (failure == null) {
            ending.onDelivered(sentNanos);
          } else if (failed.getAndIncrement() == 0) {
            System.err.println("a record failed: " + failure);
          }
        });
  }

  private ProducerRecord<byte[], byte[]> record(int partition, byte[] value) {
    return partition == ANY_PARTITION
        ? new ProducerRecord<>(topic, value)
        : new ProducerRecord<>(topic, partition, null, value);
  }

  @Override
  public void flush() {
    producer.flush();
  }

  @Override
  public long failed() {
    double errors =
        producer.metrics().values().stream()
            .filter(metric -> metric.metricName().name().equals("record-error-total"))
            .filter(metric -> metric.metricName().group().equals("producer-metrics"))
            .mapToDouble(metric -> (Double) metric.metricValue())
            .sum();
    return (long) errors;
  }

  @Override
  public String version() {
    return AppInfoParser.getVersion();
  }

  @Override
  public void close() {
    producer.close(CLOSING);
  }
}
