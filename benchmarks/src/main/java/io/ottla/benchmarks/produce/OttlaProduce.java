package io.ottla.benchmarks.produce;

import io.ottla.Ottla;
import io.ottla.ProducerBuilder;
import io.ottla.producer.Acks;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.producer.TopicProducer;
import io.ottla.security.Tls;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Ottla. */
final class OttlaProduce implements ProduceClient {
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final Producer<byte[], byte[]> producer;
  private final TopicProducer<byte[], byte[]> topic;
  private final DeliveryListener listener = this::onReport;
  private final Ending ending;
  private final AtomicLong failed = new AtomicLong();

  OttlaProduce(ProduceArguments arguments, Ending ending) {
    this.ending = ending;
    this.producer = open(arguments);
    this.topic = producer.topic(arguments.text("topic"));
  }

  private Producer<byte[], byte[]> open(ProduceArguments arguments) {
    ProducerBuilder<byte[], byte[]> builder =
        Ottla.producer(arguments.text("bootstrap"))
            .acks(acks(arguments.text("acks")))
            .linger(Duration.ofMillis(arguments.integer("linger-ms")))
            .batchBytes(arguments.integer("batch-bytes"))
            .maxRequestBytes(KafkaClientsProduce.maxRequestBytes(arguments))
            .memory(arguments.integer("memory-bytes"))
            .set("compression", arguments.text("compression"))
            .onReport(this::onFailure)
            .reportErrorsOnly(true);
    String authority = arguments.find("ca");
    if (authority != null) {
      builder.tls(Tls.builder().trust(Path.of(authority)).build());
    }
    return builder.start();
  }

  private static Acks acks(String name) {
    return switch (name) {
      case "all" -> Acks.ALL;
      case "1" -> Acks.LEADER;
      case "0" -> Acks.NONE;
      default -> throw new IllegalArgumentException("--acks " + name);
    };
  }

  private void onFailure(DeliveryReport report) {
    if (failed.getAndIncrement() == 0) {
      System.err.println("a record failed: " + report.error());
    }
  }

  private void onReport(DeliveryReport report) {
    ByteBuffer value = report.value();
    if (report.isDelivered() && value != null) {
      ending.onDelivered(value.order(ByteOrder.nativeOrder()).getLong(value.position()));
    }
  }

  @Override
  public void post(int partition, byte[] value) {
    if (partition == ANY_PARTITION) {
      topic.post(null, value);
    } else {
      send(partition, value, null);
    }
  }

  @Override
  public void send(int partition, byte[] value, long sentNanos) {
    if (partition == ANY_PARTITION) {
      topic.send(null, value, listener);
    } else {
      send(partition, value, listener);
    }
  }

  private void send(int partition, byte[] value, @Nullable DeliveryListener told) {
    topic.send(partition, ProducerRecord.NO_TIMESTAMP, null, value, List.of(), null, told);
  }

  @Override
  public void flush() {
    producer.flush().join();
  }

  @Override
  public long failed() {
    return failed.get();
  }

  @Override
  public String version() {
    String version = Producer.class.getPackage().getImplementationVersion();
    return version == null ? "" : version;
  }

  @Override
  public void close() {
    producer.close(CLOSING);
  }
}
