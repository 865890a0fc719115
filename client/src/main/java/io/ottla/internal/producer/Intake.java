package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.record.Header;
import io.ottla.serde.Serializer;
import io.ottla.serde.Serializers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way of a record from its sender to the {@link Engine}: past the interceptors, through the
 * serializers. Bytes that are bytes already are not copied.
 *
 * <p>Thread: the sender's, without any lock. Always: a record that goes wrong here has its report,
 * as every other.
 */
final class Intake<K, V> {
  private final Engine engine;
  private final Interceptors<K, V> interceptors;
  private final Serializer<K> keys;
  private final Serializer<V> values;
  private final boolean areKeysBytes;
  private final boolean areValuesBytes;
  private final boolean
      hasListener; // so that a ref without a target of its own is told to somebody
  private final Scratches scratches = new Scratches();

  Intake(
      Engine engine,
      Interceptors<K, V> interceptors,
      Serializer<K> keys,
      Serializer<V> values,
      boolean hasListener) {
    this.engine = engine;
    this.interceptors = interceptors;
    this.keys = keys;
    this.values = values;
    this.hasListener = hasListener;
    areKeysBytes = keys == (Object) Serializers.bytes();
    areValuesBytes = values == (Object) Serializers.bytes();
  }

  /**
   * Takes a record.
   *
   * @param target who hears of it, beside the producer's listener
   * @return whether it was taken, and has a report
   */
  boolean take(ProducerRecord<K, V> record, @Nullable Object target, Waiting waiting) {
    return interceptors.isEmpty()
        ? append(record, target, waiting)
        : intercepted(engine.topic(record.topic()), record, target, waiting);
  }

  /** As above, with a record's parts. */
  boolean take(
      TopicQueue topic,
      int partition,
      long timestampMs,
      @Nullable K key,
      @Nullable V value,
      List<Header> headers,
      @Nullable Object ref,
      @Nullable Object target,
      Waiting waiting) {
    if (interceptors.isEmpty() || topic.refusal() != null) {
      return append(
          topic, partition, timestampMs, key, value, headers, ticket(ref, target), waiting);
    }
    return intercepted(
        topic,
        new ProducerRecord<>(topic.name(), partition, timestampMs, key, value, headers, ref),
        target,
        waiting);
  }

  /** Takes a record without a listener, of which a future tells. */
  CompletableFuture<Delivery> send(TopicQueue topic, @Nullable K key, @Nullable V value) {
    CompletableFuture<Delivery> future = new CompletableFuture<>();
    try {
      boolean unused =
          take(
              topic,
              ProducerRecord.ANY_PARTITION,
              ProducerRecord.NO_TIMESTAMP,
              key,
              value,
              List.of(),
              null,
              future,
              Waiting.BY_OVERFLOW);
    } catch (OttlaException noRoomForItsReport) {
      future.completeExceptionally(noRoomForItsReport);
    }
    return future;
  }

  /**
   * What the interceptors make of a record; null if they have ended its way: then it is reported.
   */
  @Nullable ProducerRecord<K, V> intercept(ProducerRecord<K, V> record, @Nullable Object target) {
    try {
      ProducerRecord<K, V> left = interceptors.onSend(record);
      if (left != null) {
        return left;
      }
      refuse(record, target, "an interceptor dropped it", null);
    } catch (Exception | AssertionError | LinkageError | StackOverflowError thrown) {
      // Also checked ones: other languages than Java throw them anywhere.
      refuse(record, target, "an interceptor threw " + thrown, thrown);
    }
    return null;
  }

  private void refuse(
      ProducerRecord<K, V> record, @Nullable Object target, String why, @Nullable Throwable cause) {
    engine.refuse(
        record.topic(),
        record.partition(),
        record.timestampMs(),
        null,
        null,
        record.headers(),
        ticket(record.ref(), target),
        refusal(record.topic(), why, cause));
  }

  private boolean intercepted(
      TopicQueue topic, ProducerRecord<K, V> record, @Nullable Object target, Waiting waiting) {
    ProducerRecord<K, V> left = intercept(record, target);
    if (left == null) {
      return true;
    }
    TopicQueue its = left.topic().equals(topic.name()) ? topic : engine.topic(left.topic());
    return append(
        its,
        left.partition(),
        left.timestampMs(),
        left.key(),
        left.value(),
        left.headers(),
        ticket(left.ref(), target),
        waiting);
  }

  /** Takes a record that the interceptors have seen. */
  boolean append(ProducerRecord<K, V> record, @Nullable Object target, Waiting waiting) {
    return append(
        engine.topic(record.topic()),
        record.partition(),
        record.timestampMs(),
        record.key(),
        record.value(),
        record.headers(),
        ticket(record.ref(), target),
        waiting);
  }

  private boolean append(
      TopicQueue topic,
      int partition,
      long timestampMs,
      @Nullable K key,
      @Nullable V value,
      List<Header> headers,
      @Nullable Object ticket,
      Waiting waiting) {
    if ((key == null || areKeysBytes) && (value == null || areValuesBytes)) {
      byte[] keyBytes = (byte[]) key;
      byte[] valueBytes = (byte[]) value;
      return engine.append(
          topic,
          partition,
          timestampMs,
          keyBytes,
          0,
          keyBytes == null ? 0 : keyBytes.length,
          valueBytes,
          0,
          valueBytes == null ? 0 : valueBytes.length,
          headers,
          ticket,
          waiting);
    }
    Scratch scratch = scratches.take();
    try {
      scratch.begin(topic.name(), headers);
      return serialized(
          scratch, topic, partition, timestampMs, key, value, headers, ticket, waiting);
    } finally {
      scratches.give(scratch);
    }
  }

  private boolean serialized(
      Scratch scratch,
      TopicQueue topic,
      int partition,
      long timestampMs,
      @Nullable K key,
      @Nullable V value,
      List<Header> headers,
      @Nullable Object ticket,
      Waiting waiting) {
    OttlaException failure = areKeysBytes ? null : write(scratch, topic, "key", keys, key);
    boolean hasKey = key != null && !scratch.isNull();
    int keyLength = scratch.length();
    if (failure == null && !areValuesBytes) {
      scratch.beginPart();
      failure = write(scratch, topic, "value", values, value);
    }
    if (failure != null) {
      engine.refuse(topic.name(), partition, timestampMs, null, null, headers, ticket, failure);
      return true;
    }
    byte[] ownKey = areKeysBytes ? (byte[]) key : null;
    byte[] ownValue = areValuesBytes ? (byte[]) value : null;
    boolean hasValue = value != null && (areValuesBytes || !scratch.isNull());
    return engine.append(
        topic,
        partition,
        timestampMs,
        ownKey != null ? ownKey : hasKey ? scratch.array() : null,
        0,
        ownKey != null ? ownKey.length : keyLength,
        ownValue != null ? ownValue : hasValue ? scratch.array() : null,
        ownValue != null ? 0 : scratch.start(),
        ownValue != null ? ownValue.length : scratch.length(),
        scratch.finalHeaders(),
        ticket,
        waiting);
  }

  /** Why it could not be written; null if it was. */
  private static <T> @Nullable OttlaException write(
      Scratch scratch, TopicQueue topic, String what, Serializer<T> serializer, @Nullable T value) {
    if (value == null) {
      return null;
    }
    try {
      serializer.serialize(value, scratch);
      return null;
    } catch (Exception | AssertionError | LinkageError | StackOverflowError thrown) {
      return refusal(topic.name(), "the serializer of its " + what + " threw " + thrown, thrown);
    }
  }

  private static RefusedException refusal(String topic, String why, @Nullable Throwable cause) {
    return new RefusedException(
        "record for " + topic + " not sent: " + why, SendOutcome.NOT_SENT, cause);
  }

  /** What the engine keeps of who wants to hear what; see {@link Ticket}. */
  private @Nullable Object ticket(@Nullable Object ref, @Nullable Object target) {
    if (ref == null) {
      return target;
    }
    return target == null && !hasListener ? null : new Ticket(ref, target);
  }

  /** A record that nobody forgot to give. */
  static <T> T present(@Nullable T record) {
    return Objects.requireNonNull(record, "the record is null; for a tombstone its value is null");
  }
}
