package io.ottla.testkit.fake;

import io.ottla.protocol.record.Header;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as it lies in a fake cluster's log.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its number there
 * @param timestamp when it was made, or appended
 * @param keyBytes its key, or null
 * @param valueBytes its value, or null: a tombstone
 * @param headers in order
 */
@SuppressWarnings("ArrayRecordComponent") // records of a log are not compared with each other
public record FakeRecord(
    String topic,
    int partition,
    long offset,
    Instant timestamp,
    byte @Nullable [] keyBytes,
    byte @Nullable [] valueBytes,
    List<Header> headers) {

  /**
   * The key as text.
   *
   * @return decoded from UTF-8; null if there is none
   */
  public @Nullable String key() {
    return keyBytes == null ? null : new String(keyBytes, StandardCharsets.UTF_8);
  }

  /**
   * The value as text.
   *
   * @return decoded from UTF-8; null if there is none
   */
  public @Nullable String value() {
    return valueBytes == null ? null : new String(valueBytes, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "%s-%d @ %d: %s = %s".formatted(topic, partition, offset, key(), value());
  }
}
