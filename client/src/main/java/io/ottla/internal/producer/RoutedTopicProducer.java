package io.ottla.internal.producer;

import static io.ottla.producer.ProducerRecord.ANY_PARTITION;
import static io.ottla.producer.ProducerRecord.NO_TIMESTAMP;

import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.TopicProducer;
import io.ottla.protocol.record.Header;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One topic of a {@link RoutedProducer}. Thread: any. */
final class RoutedTopicProducer<K, V> implements TopicProducer<K, V> {
  private final Intake<K, V> intake;
  private final TopicQueue topic;

  RoutedTopicProducer(Intake<K, V> intake, TopicQueue topic) {
    this.intake = intake;
    this.topic = topic;
  }

  @Override
  public String topic() {
    return topic.name();
  }

  private boolean take(
      @Nullable K key, @Nullable V value, @Nullable Object target, Waiting waiting) {
    return intake.take(
        topic, ANY_PARTITION, NO_TIMESTAMP, key, value, List.of(), null, target, waiting);
  }

  @Override
  public void post(@Nullable K key, @Nullable V value) {
    boolean unused = take(key, value, null, Waiting.BY_OVERFLOW);
  }

  @Override
  public CompletableFuture<Delivery> send(@Nullable K key, @Nullable V value) {
    return intake.send(topic, key, value);
  }

  @Override
  public void send(@Nullable K key, @Nullable V value, DeliveryListener listener) {
    boolean unused = take(key, value, present(listener), Waiting.BY_OVERFLOW);
  }

  @Override
  public void send(
      int partition,
      long timestampMs,
      @Nullable K key,
      @Nullable V value,
      List<Header> headers,
      @Nullable Object ref,
      @Nullable DeliveryListener listener) {
    if (partition < ANY_PARTITION) {
      throw new IllegalArgumentException("partition " + partition + " is negative");
    }
    if (timestampMs < NO_TIMESTAMP) {
      throw new IllegalArgumentException("timestamp " + timestampMs + " ms is before 1970");
    }
    boolean unused =
        intake.take(
            topic,
            partition,
            timestampMs,
            key,
            value,
            List.copyOf(headers),
            ref,
            listener,
            Waiting.BY_OVERFLOW);
  }

  @Override
  public boolean trySend(@Nullable K key, @Nullable V value) {
    return take(key, value, null, Waiting.NEVER);
  }

  @Override
  public boolean trySend(@Nullable K key, @Nullable V value, DeliveryListener listener) {
    return take(key, value, present(listener), Waiting.NEVER);
  }

  private static DeliveryListener present(@Nullable DeliveryListener listener) {
    return Objects.requireNonNull(listener, "the listener is null");
  }

  @Override
  public String toString() {
    return "TopicProducer[" + topic + "]";
  }
}
