package io.ottla.cli.format;

import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.record.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record as a line tells it. One object serves many records, one after another; key and value lie
 * where the line lies, and are valid as long as that.
 */
public final class OutgoingRecord {
  private final Span keySpan = new Span();
  private final Span valueSpan = new Span();
  private int partition;
  private long timestampMs;
  private @Nullable Span key;
  private @Nullable Span value;
  private List<Header> headers = List.of();
  private boolean hasKey;

  /** Forgets everything: a record without key, value, headers, partition and time. */
  public OutgoingRecord clear() {
    partition = ProducerRecord.ANY_PARTITION;
    timestampMs = ProducerRecord.NO_TIMESTAMP;
    key = null;
    value = null;
    headers = List.of();
    hasKey = false;
    return this;
  }

  public OutgoingRecord partition(int number) {
    partition = number;
    return this;
  }

  public OutgoingRecord timestampMs(long time) {
    timestampMs = time;
    return this;
  }

  public OutgoingRecord key(byte[] bytes, int offset, int length) {
    key = keySpan.set(bytes, offset, length);
    hasKey = true;
    return this;
  }

  /** The line says that there is no key, which is more than to say nothing of it. */
  public OutgoingRecord nullKey() {
    key = null;
    hasKey = true;
    return this;
  }

  public OutgoingRecord value(byte[] bytes, int offset, int length) {
    value = valueSpan.set(bytes, offset, length);
    return this;
  }

  /** A tombstone. */
  public OutgoingRecord nullValue() {
    value = null;
    return this;
  }

  public OutgoingRecord headers(List<Header> list) {
    headers = list;
    return this;
  }

  public int partition() {
    return partition;
  }

  public long timestampMs() {
    return timestampMs;
  }

  public @Nullable Span key() {
    return key;
  }

  public @Nullable Span value() {
    return value;
  }

  public List<Header> headers() {
    return headers;
  }

  /** Whether the line says what the key is, and be it that there is none. */
  public boolean hasKey() {
    return hasKey;
  }
}
