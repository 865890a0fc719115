package io.ottla.serde;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The usual serializers; numbers are big-endian. They write what Kafka's own serializers of these
 * types write. Any other is a function: {@link #of} where the bytes are all that there is to say,
 * else a {@link Serializer}, which sees the record's topic and headers, and may add to these.
 */
public final class Serializers {
  // One of each, for all: a producer knows the first by its identity, and copies no bytes.
  private static final Serializer<byte[]> BYTES = (value, to) -> to.write(value);
  private static final Serializer<ByteBuffer> BYTE_BUFFER = (value, to) -> to.write(value);
  private static final Serializer<String> UTF8 = (value, to) -> to.writeUtf8(value);
  private static final Serializer<Short> INT16 = (value, to) -> to.writeShort(value);
  private static final Serializer<Integer> INT32 = (value, to) -> to.writeInt(value);
  private static final Serializer<Long> INT64 = (value, to) -> to.writeLong(value);
  private static final Serializer<Float> FLOAT32 =
      (value, to) -> to.writeInt(Float.floatToRawIntBits(value));
  private static final Serializer<Double> FLOAT64 =
      (value, to) -> to.writeLong(Double.doubleToRawLongBits(value));
  private static final Serializer<UUID> UUID_TEXT = (value, to) -> to.writeUtf8(value.toString());
  private static final Serializer<UUID> UUID_BINARY =
      (value, to) -> {
        to.writeLong(value.getMostSignificantBits());
        to.writeLong(value.getLeastSignificantBits());
      };

  private Serializers() {}

  /** Bytes as they are. Always the same object. */
  public static Serializer<byte[]> bytes() {
    return BYTES;
  }

  /**
   * The bytes from a buffer's position to its limit; both stay where they are. (Kafka's serializer
   * begins at the buffer's first byte, wherever its position is, and moves that.)
   */
  public static Serializer<ByteBuffer> byteBuffer() {
    return BYTE_BUFFER;
  }

  /** A text in UTF-8; unpaired surrogates become question marks. */
  public static Serializer<String> utf8() {
    return UTF8;
  }

  /** A text in another encoding; what that cannot say becomes its replacement. */
  public static Serializer<String> text(Charset encoding) {
    return encoding.equals(StandardCharsets.UTF_8) ? UTF8 : of(text -> text.getBytes(encoding));
  }

  /** Two bytes. */
  public static Serializer<Short> int16() {
    return INT16;
  }

  /** Four bytes. */
  public static Serializer<Integer> int32() {
    return INT32;
  }

  /** Eight bytes. */
  public static Serializer<Long> int64() {
    return INT64;
  }

  /** Four bytes, after IEEE 754. */
  public static Serializer<Float> float32() {
    return FLOAT32;
  }

  /** Eight bytes, after IEEE 754. */
  public static Serializer<Double> float64() {
    return FLOAT64;
  }

  /** A UUID as text, 36 bytes: what Kafka's serializer of UUIDs writes. */
  public static Serializer<UUID> uuid() {
    return UUID_TEXT;
  }

  /** A UUID as its 16 bytes. */
  public static Serializer<UUID> uuidBinary() {
    return UUID_BINARY;
  }

  /**
   * What a function makes of a value. Returns it null, the record has no key, or is a tombstone.
   *
   * @param <T> what the function takes
   */
  public static <T> Serializer<T> of(Function<? super T, byte @Nullable []> toBytes) {
    return (value, to) -> {
      byte @Nullable [] bytes = toBytes.apply(value);
      if (bytes == null) {
        to.writeNull();
      } else {
        to.write(bytes);
      }
    };
  }
}
