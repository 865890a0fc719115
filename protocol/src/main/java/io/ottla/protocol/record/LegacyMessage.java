package io.ottla.protocol.record;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a message set of version 0 or 1: a record, or a whole set in compressed form.
 *
 * @param bytes the entry as it came, from 0 to limit
 * @param timestamp −1 in version 0
 * @param key a view, or null
 * @param value a view, or null
 */
record LegacyMessage(
    ByteBuffer bytes, long timestamp, @Nullable ByteBuffer key, @Nullable ByteBuffer value) {
  static final int CRC = 12;
  static final int ATTRIBUTES = 17;
  static final int TIMESTAMP = 18;
  static final int CODEC_MASK = 0x07;
  static final int LOG_APPEND_TIME_FLAG = 0x08;

  private static final int LEAST_SIZE_0 = 26;
  private static final int LEAST_SIZE_1 = 34;
  private static final int NULL = -1;

  /** The bytes of an entry without key and value. */
  static int leastSize(byte magic) {
    return magic == 0 ? LEAST_SIZE_0 : LEAST_SIZE_1;
  }

  /**
   * Reads an entry.
   *
   * @param bytes the entry from 0 to limit, at least of {@link #leastSize}
   * @throws CorruptBatchException if its fields do not fill it exactly
   */
  static LegacyMessage read(ByteBuffer bytes) {
    byte magic = bytes.get(BatchLayout.MAGIC);
    ByteBuffer in = bytes.duplicate().position(TIMESTAMP);
    long timestamp = magic == 0 ? BatchLayout.NO_TIMESTAMP : in.getLong();
    if (timestamp < BatchLayout.NO_TIMESTAMP) {
      throw new CorruptBatchException("a message with a timestamp of " + timestamp + " ms");
    }
    ByteBuffer key = readField(in, Integer.BYTES, bytes);
    ByteBuffer value = readField(in, 0, bytes);
    if (in.hasRemaining()) {
      throw new CorruptBatchException(
          in.remaining()
              + " bytes follow the value of the message at offset "
              + bytes.getLong(BatchLayout.BASE_OFFSET));
    }
    return new LegacyMessage(bytes, timestamp, key, value);
  }

  byte magic() {
    return bytes.get(BatchLayout.MAGIC);
  }

  long offset() {
    return bytes.getLong(BatchLayout.BASE_OFFSET);
  }

  int attributes() {
    return bytes.get(ATTRIBUTES);
  }

  /**
   * How the value, if it is a set, is compressed.
   *
   * @throws CorruptBatchException if it cannot be in such a message
   */
  Codec codec() {
    Codec codec = Codec.of(attributes() & CODEC_MASK);
    if (codec == Codec.ZSTD) {
      throw new CorruptBatchException(
          "the message at offset " + offset() + " of version " + magic() + " says it is zstd");
    }
    return codec;
  }

  void verifyCrc() {
    CRC32 crc = new CRC32();
    crc.update(bytes.duplicate().position(BatchLayout.MAGIC));
    if ((int) crc.getValue() != bytes.getInt(CRC)) {
      throw new CorruptBatchException("the message at offset " + offset() + " fails its CRC");
    }
  }

  /**
   * Writes an entry.
   *
   * @param magic 0 or 1
   * @param timestamp ignored in version 0
   */
  static void write(
      GrowingBuffer target,
      byte magic,
      long offset,
      int attributes,
      long timestamp,
      @Nullable ByteBuffer key,
      @Nullable ByteBuffer value) {
    int size = leastSize(magic) + sizeOf(key) + sizeOf(value);
    ByteBuffer out = target.room(size);
    int start = out.position();
    out.putLong(offset)
        .putInt(size - BatchLayout.LENGTH_OVERHEAD)
        .putInt(0)
        .put(magic)
        .put((byte) attributes);
    if (magic > 0) {
      out.putLong(timestamp);
    }
    writeField(out, key);
    writeField(out, value);
    CRC32 crc = new CRC32();
    crc.update(out.duplicate().flip().position(start + BatchLayout.MAGIC));
    out.putInt(start + CRC, (int) crc.getValue());
  }

  private static @Nullable ByteBuffer readField(ByteBuffer in, int bytesBehind, ByteBuffer bytes) {
    int length = in.getInt();
    if (length < NULL || length > in.remaining() - bytesBehind) {
      throw new CorruptBatchException(
          "the message at offset "
              + bytes.getLong(BatchLayout.BASE_OFFSET)
              + " says it has a field of "
              + length
              + " bytes");
    }
    if (length == NULL) {
      return null;
    }
    ByteBuffer field = in.slice(in.position(), length);
    in.position(in.position() + length);
    return field;
  }

  private static void writeField(ByteBuffer out, @Nullable ByteBuffer field) {
    if (field == null) {
      out.putInt(NULL);
    } else {
      out.putInt(field.remaining()).put(field.duplicate());
    }
  }

  private static int sizeOf(@Nullable ByteBuffer field) {
    return field == null ? 0 : field.remaining();
  }
}
