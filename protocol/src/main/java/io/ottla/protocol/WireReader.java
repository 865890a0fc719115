package io.ottla.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the primitive types of Kafka's protocol from bytes that a peer sent.
 *
 * <p>Trusts nothing: every length and count is checked against the bytes that are left before
 * anything is allocated, and whatever does not fit is a {@link MalformedMessageException}.
 *
 * <p>Thread: one at a time. Units: bytes. The bytes belong to the caller; all that is returned is a
 * copy, except {@link #readRecords}, which returns a view.
 */
public final class WireReader {
  /** The uuid that stands for none. */
  public static final UUID ZERO_UUID = new UUID(0, 0);

  private final ByteBuffer in;

  private WireReader(ByteBuffer in) {
    this.in = in;
  }

  /**
   * A reader of what lies between the buffer's position and its limit. The buffer's own position
   * stays where it is.
   */
  public static WireReader of(ByteBuffer bytes) {
    return new WireReader(bytes.duplicate().order(ByteOrder.BIG_ENDIAN));
  }

  /** The bytes that have not been read yet. */
  public int remaining() {
    return in.remaining();
  }

  /** Reads one byte, signed. */
  public byte readInt8() {
    need(1, "an int8");
    return in.get();
  }

  /** Reads one byte; any value but zero is true. */
  public boolean readBoolean() {
    need(1, "a boolean");
    return in.get() != 0;
  }

  /** Reads two bytes, signed. */
  public short readInt16() {
    need(2, "an int16");
    return in.getShort();
  }

  /** Reads two bytes, unsigned. */
  public int readUint16() {
    need(2, "a uint16");
    return in.getShort() & 0xFFFF;
  }

  /** Reads four bytes, signed. */
  public int readInt32() {
    need(4, "an int32");
    return in.getInt();
  }

  /** Reads four bytes, unsigned. */
  public long readUint32() {
    need(4, "a uint32");
    return in.getInt() & 0xFFFF_FFFFL;
  }

  /** Reads eight bytes, signed. */
  public long readInt64() {
    need(8, "an int64");
    return in.getLong();
  }

  /** Reads eight bytes as an IEEE 754 double. */
  public double readFloat64() {
    need(8, "a float64");
    return in.getDouble();
  }

  /** Reads sixteen bytes; zeros become {@link #ZERO_UUID} itself. */
  public UUID readUuid() {
    need(16, "a uuid");
    long high = in.getLong();
    long low = in.getLong();
    return (high | low) == 0 ? ZERO_UUID : new UUID(high, low);
  }

  /** Reads an unsigned varint of at most five bytes. */
  public int readUnsignedVarint() {
    int value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
      need(1, "a varint");
      byte b = in.get();
      value |= (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    need(1, "a varint");
    byte last = in.get();
    if ((last & 0xF0) != 0) {
      throw malformed("a varint of more than 32 bits", in.position() - 5);
    }
    return value | last << 28;
  }

  /** Reads a zig-zag varint of at most five bytes. */
  public int readVarint() {
    return Varints.unZigZag(readUnsignedVarint());
  }

  /** Reads a zig-zag varint of at most ten bytes. */
  public long readVarlong() {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      need(1, "a varlong");
      byte b = in.get();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return Varints.unZigZag(value);
      }
    }
    need(1, "a varlong");
    byte last = in.get();
    if ((last & 0xFE) != 0) {
      throw malformed("a varlong of more than 64 bits", in.position() - 10);
    }
    return Varints.unZigZag(value | (long) last << 63);
  }

  /** Reads a string with a two-byte length; null is malformed. */
  public String readString() {
    return string(notNull(readInt16(), "a string"));
  }

  /** Reads a string with a two-byte length, in which −1 is null. */
  public @Nullable String readNullableString() {
    int length = nullable(readInt16(), "a string");
    return length < 0 ? null : string(length);
  }

  /** Reads a string with a varint length; null is malformed. */
  public String readCompactString() {
    return string(notNull(compactLength(), "a string"));
  }

  /** Reads a string with a varint length, in which 0 is null. */
  public @Nullable String readCompactNullableString() {
    int length = compactLength();
    return length < 0 ? null : string(length);
  }

  /** Reads bytes with a four-byte length; null is malformed. */
  public byte[] readBytes() {
    return bytes(notNull(readInt32(), "bytes"));
  }

  /** Reads bytes with a four-byte length, in which −1 is null. */
  public byte @Nullable [] readNullableBytes() {
    int length = nullable(readInt32(), "bytes");
    return length < 0 ? null : bytes(length);
  }

  /** Reads bytes with a varint length; null is malformed. */
  public byte[] readCompactBytes() {
    return bytes(notNull(compactLength(), "bytes"));
  }

  /** Reads bytes with a varint length, in which 0 is null. */
  public byte @Nullable [] readCompactNullableBytes() {
    int length = compactLength();
    return length < 0 ? null : bytes(length);
  }

  /**
   * Reads records with a four-byte length, in which −1 is null.
   *
   * @return a view of this reader's bytes, valid as long as they are
   */
  public @Nullable ByteBuffer readRecords() {
    int length = nullable(readInt32(), "records");
    return length < 0 ? null : view(length);
  }

  /**
   * Reads records with a varint length, in which 0 is null.
   *
   * @return a view of this reader's bytes, valid as long as they are
   */
  public @Nullable ByteBuffer readCompactRecords() {
    int length = compactLength();
    return length < 0 ? null : view(length);
  }

  /**
   * Reads the four-byte count of an array and checks that so many elements can follow.
   *
   * @param minElementBytes the fewest bytes that one element takes
   * @return the count, or −1 for null
   */
  public int readArrayLength(int minElementBytes) {
    return checkedCount(nullable(readInt32(), "an array"), minElementBytes);
  }

  /**
   * Reads the varint count of an array and checks that so many elements can follow.
   *
   * @param minElementBytes the fewest bytes that one element takes
   * @return the count, or −1 for null
   */
  public int readCompactArrayLength(int minElementBytes) {
    return checkedCount(compactLength(), minElementBytes);
  }

  /** Reads the count of a struct's tagged fields and checks that so many can follow. */
  public int readTaggedFieldCount() {
    int count = readUnsignedVarint();
    if (count < 0 || count > in.remaining() / 2) {
      throw malformed(Integer.toUnsignedString(count) + " tagged fields", in.position());
    }
    return count;
  }

  /**
   * Reads all tagged fields of a struct that knows none.
   *
   * @return a mutable list; null if there are none
   */
  public @Nullable List<RawTaggedField> readUnknownTaggedFields() {
    int count = readTaggedFieldCount();
    if (count == 0) {
      return null;
    }
    List<RawTaggedField> fields = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int tag = readUnsignedVarint();
      fields.add(readUnknownTaggedField(tag, beginTaggedField()));
    }
    return fields;
  }

  /**
   * Starts reading a tagged field: reads its size.
   *
   * @return what {@link #endTaggedField} wants back
   */
  public int beginTaggedField() {
    int size = readUnsignedVarint();
    if (size < 0 || size > in.remaining()) {
      throw malformed(
          "a tagged field of " + Integer.toUnsignedString(size) + " bytes", in.position());
    }
    return in.position() + size;
  }

  /**
   * Ends a tagged field whose content has been read.
   *
   * @param end what {@link #beginTaggedField} returned
   */
  public void endTaggedField(int end) {
    if (in.position() != end) {
      throw malformed(
          "a tagged field that ends "
              + Math.abs(end - in.position())
              + " bytes "
              + (in.position() < end ? "after" : "before")
              + " its content",
          in.position());
    }
  }

  /**
   * Reads the rest of a tagged field that nobody knows.
   *
   * @param tag the field's number
   * @param end what {@link #beginTaggedField} returned
   */
  public RawTaggedField readUnknownTaggedField(int tag, int end) {
    return new RawTaggedField(tag, bytes(end - in.position()));
  }

  /**
   * Fails because a field that must not be null is.
   *
   * @param field the field's name
   */
  public MalformedMessageException nullNotAllowed(String field) {
    return malformed("null for " + field + ", which is never null,", in.position());
  }

  private int compactLength() {
    int lengthPlusOne = readUnsignedVarint();
    if (lengthPlusOne < 0) {
      throw malformed("a length of " + (Integer.toUnsignedLong(lengthPlusOne) - 1), in.position());
    }
    return lengthPlusOne - 1;
  }

  private int checkedCount(int count, int minElementBytes) {
    if (count > 0 && (long) count * minElementBytes > in.remaining()) {
      throw malformed("an array of " + count + " elements", in.position());
    }
    return count;
  }

  private int notNull(int length, String what) {
    if (length < 0) {
      throw malformed("length " + length + " for " + what + " that is never null", in.position());
    }
    return length;
  }

  private int nullable(int length, String what) {
    if (length < -1) {
      throw malformed("length " + length + " for " + what, in.position());
    }
    return length;
  }

  private String string(int length) {
    if (in.remaining() < length) {
      throw malformed("a string of " + length + " bytes", in.position());
    }
    if (in.hasArray()) {
      int start = in.arrayOffset() + in.position();
      in.position(in.position() + length);
      return new String(in.array(), start, length, StandardCharsets.UTF_8);
    }
    byte[] utf8 = new byte[length];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private byte[] bytes(int length) {
    if (in.remaining() < length) {
      throw malformed(length + " bytes", in.position());
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private ByteBuffer view(int length) {
    if (in.remaining() < length) {
      throw malformed(length + " bytes of records", in.position());
    }
    ByteBuffer view = in.slice(in.position(), length);
    in.position(in.position() + length);
    return view;
  }

  private void need(int bytes, String what) {
    if (in.remaining() < bytes) {
      throw malformed(what, in.position());
    }
  }

  private MalformedMessageException malformed(String what, int at) {
    return new MalformedMessageException(
        what + " at byte " + at + " does not fit: " + in.remaining() + " bytes are left");
  }
}
