package io.ottla.testkit.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields off bytes of which more may come. When they run out it reads zeros from then on and
 * says so; whoever reads begins again when there are more.
 *
 * <p>Thread: the broker's. Units: bytes.
 */
final class FieldScan {
  private ByteBuffer in = ByteBuffer.allocate(0);
  private boolean ranOut;

  /** Begins at the buffer's position. */
  void begin(ByteBuffer bytes) {
    in = bytes;
    ranOut = false;
  }

  /** Whether the bytes have run out since {@link #begin}. */
  boolean ranOut() {
    return ranOut;
  }

  short int16() {
    return has(Short.BYTES) ? in.getShort() : 0;
  }

  int int32() {
    return has(Integer.BYTES) ? in.getInt() : 0;
  }

  UUID uuid() {
    return has(2 * Long.BYTES) ? new UUID(in.getLong(), in.getLong()) : new UUID(0, 0);
  }

  int unsignedVarint() {
    int value = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      if (!has(1)) {
        return 0;
      }
      byte next = in.get();
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new BadRequestException("a varint of more than 32 bits");
  }

  /** The length of an array or of bytes; −1 for null. */
  int length(boolean compact) {
    return compact ? unsignedVarint() - 1 : int32();
  }

  @Nullable String nullableString(boolean compact) {
    int length = compact ? unsignedVarint() - 1 : int16();
    if (length < 0 || !has(length)) {
      return null;
    }
    byte[] utf8 = new byte[length];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** Passes over tagged fields; none that we know are in produce requests. */
  void tags(boolean flexible) {
    int count = flexible ? unsignedVarint() : 0;
    for (int i = 0; i < count && !ranOut; i++) {
      unsignedVarint();
      int size = unsignedVarint();
      if (size < 0) {
        throw new BadRequestException(
            "a tagged field of " + Integer.toUnsignedLong(size) + " bytes");
      }
      if (has(size)) {
        in.position(in.position() + size);
      }
    }
  }

  /** Whether so many bytes are there; they are not read. */
  boolean has(int bytes) {
    if (!ranOut && in.remaining() >= bytes) {
      return true;
    }
    ranOut = true;
    return false;
  }
}
