package io.ottla.cli.produce;

import io.ottla.protocol.record.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way into a batch: where its bytes lie. One object serves many records, one after
 * another; the writer keeps nothing of it.
 */
public final class OutgoingRecord {
  private static final byte[] NOTHING = {};

  long timestampMs;
  byte @Nullable [] key;
  int keyOffset;
  int keyLength;
  byte[] value = NOTHING;
  int valueOffset;
  int valueLength;
  List<Header> headers = List.of();

  public OutgoingRecord timestampMs(long value) {
    timestampMs = value;
    return this;
  }

  public OutgoingRecord noKey() {
    key = null;
    keyLength = 0;
    return this;
  }

  public OutgoingRecord key(byte[] bytes, int offset, int length) {
    key = bytes;
    keyOffset = offset;
    keyLength = length;
    return this;
  }

  public OutgoingRecord value(byte[] bytes, int offset, int length) {
    value = bytes;
    valueOffset = offset;
    valueLength = length;
    return this;
  }

  public OutgoingRecord headers(List<Header> list) {
    headers = list;
    return this;
  }
}
