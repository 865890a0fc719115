package io.ottla.producer;

import io.ottla.protocol.record.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record to be written.
 *
 * @param <K> the key's type
 * @param <V> the value's type
 * @param topic the topic's name
 * @param partition the partition, or {@link #ANY_PARTITION}
 * @param timestampMs milliseconds since 1970, or {@link #NO_TIMESTAMP}: the time at which it is
 *     taken
 * @param key the key; null for none
 * @param value the value; null deletes the key in a compacted topic
 * @param headers in order; keys may repeat
 * @param ref any object of the sender's; the report has it, the broker does not
 */
public record ProducerRecord<K, V>(
    String topic,
    int partition,
    long timestampMs,
    @Nullable K key,
    @Nullable V value,
    List<Header> headers,
    @Nullable Object ref) {
  /** In place of a partition: the client chooses. */
  public static final int ANY_PARTITION = -1;

  /** In place of a timestamp: the client's clock. */
  public static final long NO_TIMESTAMP = -1;

  /** Checks the topic, the partition and the timestamp, and copies the list of headers. */
  public ProducerRecord {
    if (topic.isEmpty()) {
      throw new IllegalArgumentException("a record needs the name of a topic");
    }
    if (partition < ANY_PARTITION) {
      throw new IllegalArgumentException("partition " + partition + " is negative");
    }
    if (timestampMs < NO_TIMESTAMP) {
      throw new IllegalArgumentException("timestamp " + timestampMs + " ms is before 1970");
    }
    headers = List.copyOf(headers);
  }

  /** A record without a key, for a partition that the client chooses. */
  public static <K, V> ProducerRecord<K, V> record(String topic, @Nullable V value) {
    return new ProducerRecord<>(topic, ANY_PARTITION, NO_TIMESTAMP, null, value, List.of(), null);
  }

  /** A record without a key. */
  public static <K, V> ProducerRecord<K, V> record(String topic, int partition, @Nullable V value) {
    return new ProducerRecord<>(topic, partition, NO_TIMESTAMP, null, value, List.of(), null);
  }

  /** A record with a key. */
  public static <K, V> ProducerRecord<K, V> record(
      String topic, int partition, @Nullable K key, @Nullable V value) {
    return new ProducerRecord<>(topic, partition, NO_TIMESTAMP, key, value, List.of(), null);
  }

  /** A record with a key, for a partition that the client chooses. */
  public static <K, V> ProducerRecord<K, V> keyed(
      String topic, @Nullable K key, @Nullable V value) {
    return new ProducerRecord<>(topic, ANY_PARTITION, NO_TIMESTAMP, key, value, List.of(), null);
  }

  /** The same record with these headers instead of its own. */
  public ProducerRecord<K, V> withHeaders(List<Header> newHeaders) {
    return new ProducerRecord<>(topic, partition, timestampMs, key, value, newHeaders, ref);
  }

  /** The same record with this timestamp, in milliseconds since 1970. */
  public ProducerRecord<K, V> withTimestampMs(long newTimestampMs) {
    return new ProducerRecord<>(topic, partition, newTimestampMs, key, value, headers, ref);
  }

  /** The same record with this object for its report. */
  public ProducerRecord<K, V> withRef(@Nullable Object newRef) {
    return new ProducerRecord<>(topic, partition, timestampMs, key, value, headers, newRef);
  }
}
