package io.ottla.protocol.record;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record as tests compare it; key and value by content. */
record PlainRecord(
    long offset,
    long timestamp,
    @Nullable ByteBuffer key,
    @Nullable ByteBuffer value,
    List<Header> headers) {

  static PlainRecord at(RecordCursor record) {
    byte[] key = record.key();
    byte[] value = record.value();
    return new PlainRecord(
        record.offset(), record.timestamp(), wrap(key), wrap(value), record.headers());
  }

  static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
    return bytes == null ? null : ByteBuffer.wrap(bytes);
  }

  byte @Nullable [] keyBytes() {
    return unwrap(key);
  }

  byte @Nullable [] valueBytes() {
    return unwrap(value);
  }

  static byte @Nullable [] unwrap(@Nullable ByteBuffer bytes) {
    if (bytes == null) {
      return null;
    }
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(bytes.position(), copy);
    return copy;
  }

  PlainRecord withTimestamp(long timestampMs) {
    return new PlainRecord(offset, timestampMs, key, value, headers);
  }
}
