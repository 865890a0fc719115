package io.ottla.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes the primitive types of Kafka's protocol.
 *
 * <p>Owns a buffer that grows when it must; {@link #ofSize} with the message's exact size never
 * grows. A {@link #gathering} writer keeps records by reference, so that batches reach the socket
 * without being copied; they must stay unchanged until the segments have been used.
 *
 * <p>Thread: one at a time. Units: bytes.
 */
public final class WireWriter {
  private static final int FIRST_GATHERING_BYTES = 512;

  /** Bytes of somebody else's that belong before our own byte {@code at}. */
  private record Splice(int at, ByteBuffer bytes) {}

  private final @Nullable List<Splice> splices;
  private ByteBuffer out;

  private WireWriter(ByteBuffer out, @Nullable List<Splice> splices) {
    this.out = out;
    this.splices = splices;
  }

  /**
   * A writer that copies all it is given into one buffer.
   *
   * @param bytes the size to begin with; exact if it comes from {@code size(version)}
   */
  public static WireWriter ofSize(int bytes) {
    return new WireWriter(ByteBuffer.allocate(bytes), null);
  }

  /** A writer that keeps records by reference. */
  public static WireWriter gathering() {
    return new WireWriter(ByteBuffer.allocate(FIRST_GATHERING_BYTES), new ArrayList<>());
  }

  /** All that was written, in one buffer; of a gathering writer only if it was given no records. */
  public ByteBuffer toByteBuffer() {
    if (splices != null && !splices.isEmpty()) {
      throw new IllegalStateException("what was gathered lies in segments");
    }
    return out.duplicate().flip();
  }

  /** All that was written, in order: our own bytes and, between them, the records by reference. */
  public List<ByteBuffer> segments() {
    if (splices == null || splices.isEmpty()) {
      return List.of(out.duplicate().flip());
    }
    List<ByteBuffer> segments = new ArrayList<>(2 * splices.size() + 1);
    int from = 0;
    for (Splice splice : splices) {
      if (splice.at > from) {
        segments.add(out.slice(from, splice.at - from));
        from = splice.at;
      }
      segments.add(splice.bytes.duplicate());
    }
    if (out.position() > from) {
      segments.add(out.slice(from, out.position() - from));
    }
    return segments;
  }

  /** Writes one byte. */
  public void writeInt8(byte value) {
    room(1).put(value);
  }

  /** Writes one byte, 0 or 1. */
  public void writeBoolean(boolean value) {
    room(1).put((byte) (value ? 1 : 0));
  }

  /** Writes two bytes. */
  public void writeInt16(short value) {
    room(2).putShort(value);
  }

  /**
   * Writes two bytes, unsigned.
   *
   * @throws IllegalArgumentException if the value is not in 0..65535
   */
  public void writeUint16(int value) {
    if (value < 0 || value > 0xFFFF) {
      throw new IllegalArgumentException(value + " is not a uint16 (0 to 65535)");
    }
    room(2).putShort((short) value);
  }

  /** Writes four bytes. */
  public void writeInt32(int value) {
    room(4).putInt(value);
  }

  /**
   * Writes four bytes, unsigned.
   *
   * @throws IllegalArgumentException if the value is not in 0..4294967295
   */
  public void writeUint32(long value) {
    if (value < 0 || value > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException(value + " is not a uint32 (0 to 4294967295)");
    }
    room(4).putInt((int) value);
  }

  /** Writes eight bytes. */
  public void writeInt64(long value) {
    room(8).putLong(value);
  }

  /** Writes eight bytes, IEEE 754. */
  public void writeFloat64(double value) {
    room(8).putDouble(value);
  }

  /** Writes sixteen bytes. */
  public void writeUuid(UUID value) {
    room(16).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
  }

  /** Writes an unsigned varint of one to five bytes. */
  public void writeUnsignedVarint(int value) {
    ByteBuffer to = room(Varints.sizeOfUnsigned(value));
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      to.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    to.put((byte) rest);
  }

  /** Writes a zig-zag varint of one to five bytes. */
  public void writeVarint(int value) {
    writeUnsignedVarint(Varints.zigZag(value));
  }

  /** Writes a zig-zag varint of one to ten bytes. */
  public void writeVarlong(long value) {
    ByteBuffer to = room(Varints.sizeOf(value));
    long rest = Varints.zigZag(value);
    while ((rest & ~0x7FL) != 0) {
      to.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    to.put((byte) rest);
  }

  /** Writes a string behind a two-byte length; null is −1. */
  public void writeNullableString(@Nullable String value) {
    if (value == null) {
      writeInt16((short) -1);
    } else {
      writeString(value);
    }
  }

  /**
   * Writes a string behind a two-byte length.
   *
   * @throws IllegalArgumentException if it takes more than 32,767 bytes in UTF-8
   */
  public void writeString(String value) {
    if (Utf8.isAscii(value)) {
      writeInt16((short) checkedLength(value.length()));
      ascii(value);
    } else {
      byte[] utf8 = Utf8.encode(value);
      writeInt16((short) checkedLength(utf8.length));
      room(utf8.length).put(utf8);
    }
  }

  /** Writes a string behind a varint length; null is 0. */
  public void writeCompactNullableString(@Nullable String value) {
    if (value == null) {
      writeUnsignedVarint(0);
    } else {
      writeCompactString(value);
    }
  }

  /**
   * Writes a string behind a varint length.
   *
   * @throws IllegalArgumentException if it takes more than 32,767 bytes in UTF-8; the length field
   *     would allow more, but Kafka reads no longer string in any form
   */
  public void writeCompactString(String value) {
    if (Utf8.isAscii(value)) {
      writeUnsignedVarint(checkedLength(value.length()) + 1);
      ascii(value);
    } else {
      byte[] utf8 = Utf8.encode(value);
      checkedLength(utf8.length);
      writeCompactBytes(utf8);
    }
  }

  /** Writes bytes behind a four-byte length; null is −1. */
  public void writeNullableBytes(byte @Nullable [] value) {
    if (value == null) {
      writeInt32(-1);
    } else {
      writeBytes(value);
    }
  }

  /** Writes bytes behind a four-byte length. */
  public void writeBytes(byte[] value) {
    writeInt32(value.length);
    room(value.length).put(value);
  }

  /** Writes bytes behind a varint length; null is 0. */
  public void writeCompactNullableBytes(byte @Nullable [] value) {
    if (value == null) {
      writeUnsignedVarint(0);
    } else {
      writeCompactBytes(value);
    }
  }

  /** Writes bytes behind a varint length. */
  public void writeCompactBytes(byte[] value) {
    writeUnsignedVarint(value.length + 1);
    room(value.length).put(value);
  }

  /** Writes records behind a four-byte length; null is −1. The buffer's position stays. */
  public void writeRecords(@Nullable ByteBuffer value) {
    if (value == null) {
      writeInt32(-1);
    } else {
      writeInt32(value.remaining());
      records(value);
    }
  }

  /** Writes records behind a varint length; null is 0. The buffer's position stays. */
  public void writeCompactRecords(@Nullable ByteBuffer value) {
    if (value == null) {
      writeUnsignedVarint(0);
    } else {
      writeUnsignedVarint(value.remaining() + 1);
      records(value);
    }
  }

  /** Writes the four-byte count of an array; −1 is null. */
  public void writeArrayLength(int countOrMinusOne) {
    writeInt32(countOrMinusOne);
  }

  /** Writes the varint count of an array; −1 is null. */
  public void writeCompactArrayLength(int countOrMinusOne) {
    writeUnsignedVarint(countOrMinusOne + 1);
  }

  /** Writes a tagged field as it once came. */
  public void writeRawTaggedField(RawTaggedField field) {
    writeUnsignedVarint(field.tag());
    writeUnsignedVarint(field.data().length);
    room(field.data().length).put(field.data());
  }

  /** Writes the tagged fields of a struct that knows none; null is the same as an empty list. */
  public void writeUnknownTaggedFields(@Nullable List<RawTaggedField> fields) {
    List<RawTaggedField> ascending = UnknownTaggedFields.ascending(fields);
    writeUnsignedVarint(ascending.size());
    writeRemainingTaggedFields(ascending, 0);
  }

  /**
   * Writes those tagged fields that belong before a known one.
   *
   * @param ascending all unknown ones, by ascending tags
   * @param next the first that has not been written
   * @param tag the known one's number
   * @return the first that has not been written now
   * @throws IllegalArgumentException if an unknown one has the number of the known one
   */
  public int writeUnknownTaggedFields(List<RawTaggedField> ascending, int next, int tag) {
    int at = next;
    while (at < ascending.size() && Integer.compareUnsigned(ascending.get(at).tag(), tag) < 0) {
      writeRawTaggedField(ascending.get(at));
      at++;
    }
    if (at < ascending.size() && ascending.get(at).tag() == tag) {
      throw new IllegalArgumentException("tag " + tag + " is set twice, once as an unknown field");
    }
    return at;
  }

  /**
   * Writes the tagged fields that belong behind the last known one.
   *
   * @param ascending all unknown ones, by ascending tags
   * @param next the first that has not been written
   */
  public void writeRemainingTaggedFields(List<RawTaggedField> ascending, int next) {
    for (int i = next; i < ascending.size(); i++) {
      writeRawTaggedField(ascending.get(i));
    }
  }

  private static int checkedLength(int length) {
    if (length > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a string of " + length + " bytes is longer than the 32767 that Kafka reads");
    }
    return length;
  }

  /** String copies its own bytes without an encoder and without a temporary array. */
  @SuppressWarnings("deprecation") // drops the high byte of each char, and there are none
  private void ascii(String value) {
    ByteBuffer to = room(value.length());
    value.getBytes(0, value.length(), to.array(), to.arrayOffset() + to.position());
    to.position(to.position() + value.length());
  }

  private void records(ByteBuffer value) {
    if (splices == null) {
      room(value.remaining()).put(value.duplicate());
    } else if (value.hasRemaining()) {
      splices.add(new Splice(out.position(), value.duplicate()));
    }
  }

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      grow(bytes);
    }
    return out;
  }

  private void grow(int bytes) {
    long needed = (long) out.position() + bytes;
    if (needed > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("a message of " + needed + " bytes cannot be framed");
    }
    long capacity = Math.min(Math.max(needed, 2L * out.capacity()), Integer.MAX_VALUE - 8);
    out = ByteBuffer.allocate((int) capacity).put(out.flip());
  }
}
