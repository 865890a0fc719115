package io.ottla.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that {@link WireWriter} writes for values of variable length, length field included.
 * Null is counted as the writer's nullable forms write it.
 */
public final class WireSize {
  private WireSize() {}

  /** A string behind a two-byte length. */
  public static int ofString(@Nullable String value) {
    return value == null ? 2 : 2 + Utf8.length(value);
  }

  /** A string behind a varint length. */
  public static int ofCompactString(@Nullable String value) {
    return value == null ? 1 : ofCompact(Utf8.length(value));
  }

  /** Bytes behind a four-byte length. */
  public static int ofBytes(byte @Nullable [] value) {
    return value == null ? 4 : 4 + value.length;
  }

  /** Bytes behind a varint length. */
  public static int ofCompactBytes(byte @Nullable [] value) {
    return value == null ? 1 : ofCompact(value.length);
  }

  /** Records behind a four-byte length. */
  public static int ofRecords(@Nullable ByteBuffer value) {
    return value == null ? 4 : 4 + value.remaining();
  }

  /** Records behind a varint length. */
  public static int ofCompactRecords(@Nullable ByteBuffer value) {
    return value == null ? 1 : ofCompact(value.remaining());
  }

  /** The varint count of an array, without its elements. */
  public static int ofCompactLength(int count) {
    return Varints.sizeOfUnsigned(count + 1);
  }

  /** A tagged field with its tag and its length. */
  public static int ofTaggedField(int tag, int content) {
    return Varints.sizeOfUnsigned(tag) + Varints.sizeOfUnsigned(content) + content;
  }

  private static int ofCompact(int length) {
    return Varints.sizeOfUnsigned(length + 1) + length;
  }
}
