package io.ottla.cli.demo;

import io.ottla.protocol.record.Header;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the demo writes beside each record to know it again: its key, and its number among the
 * records of that key, from 0. It travels as a header, so that the value stays as the input had it.
 */
record Stamp(int key, long number) {
  private static final String NAME = "demo";
  private static final int BYTES = Integer.BYTES + Long.BYTES;

  List<Header> asHeaders() {
    byte[] bytes = ByteBuffer.allocate(BYTES).putInt(key).putLong(number).array();
    return List.of(new Header(NAME, bytes));
  }

  /** The stamp among a record's headers; null if there is none that this demo wrote. */
  static @Nullable Stamp of(List<Header> headers) {
    for (Header header : headers) {
      byte[] value = header.value();
      if (header.key().equals(NAME) && value != null && value.length == BYTES) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        Stamp stamp = new Stamp(bytes.getInt(), bytes.getLong());
        return stamp.key >= 0 && stamp.key < Keys.COUNT ? stamp : null;
      }
    }
    return null;
  }
}
