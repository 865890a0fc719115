package io.ottla.serde;

import io.ottla.protocol.record.Header;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link Serializer} writes to, and what it may know of the record. Valid during the call.
 * Big-endian.
 */
public interface SerializedBytes {
  /** The record's topic. */
  String topic();

  /** The record's headers so far, read-only. */
  List<Header> headers();

  /** Adds a header behind the others. */
  void addHeader(String key, byte @Nullable [] value);

  /** Writes the low eight bits. */
  void write(int oneByte);

  /** Writes all of it. */
  void write(byte[] bytes);

  /** Writes a part of it. */
  void write(byte[] bytes, int offset, int length);

  /** Writes what lies between position and limit; both stay. */
  void write(ByteBuffer bytes);

  /** Writes 2 bytes. */
  void writeShort(int value);

  /** Writes 4 bytes. */
  void writeInt(int value);

  /** Writes 8 bytes. */
  void writeLong(long value);

  /** Writes a text in UTF-8, without its length; unpaired surrogates become question marks. */
  void writeUtf8(String text);

  /** In place of bytes: no key, or a tombstone. Takes back what was written. */
  void writeNull();

  /** The same as a stream, which needs no closing. */
  OutputStream stream();
}
