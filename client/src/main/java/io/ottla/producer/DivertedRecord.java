package io.ottla.producer;

import io.ottla.protocol.record.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record for which there was no room, as it was serialized.
 *
 * @param topic its topic
 * @param partition the partition asked for, or {@link ProducerRecord#ANY_PARTITION}
 * @param timestampMs milliseconds since 1970, or {@link ProducerRecord#NO_TIMESTAMP}
 * @param key its key, a copy; null if there is none
 * @param value its value, a copy; null for a tombstone
 * @param headers its headers
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record DivertedRecord(
    String topic,
    int partition,
    long timestampMs,
    byte @Nullable [] key,
    byte @Nullable [] value,
    List<Header> headers) {
  /** The record for another topic, for a producer of bytes. */
  public ProducerRecord<byte[], byte[]> to(String otherTopic) {
    return new ProducerRecord<>(
        otherTopic, ProducerRecord.ANY_PARTITION, timestampMs, key, value, headers, null);
  }
}
