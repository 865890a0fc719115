package io.ottla.protocol;

/**
 * Sizes and zig-zag forms of Kafka's variable-length integers: seven bits a byte, least significant
 * group first, the high bit says that more follow.
 */
public final class Varints {
  /** The most bytes that a 32-bit varint takes. */
  public static final int MAX_VARINT_BYTES = 5;

  /** The most bytes that a 64-bit varint takes. */
  public static final int MAX_VARLONG_BYTES = 10;

  private Varints() {}

  /** The bytes that {@code value}, read as unsigned, takes. */
  public static int sizeOfUnsigned(int value) {
    // ceil(significant bits / 7) without a division: (38 - zeros) / 7 for 0..32 leading zeros.
    int leadingZeros = Integer.numberOfLeadingZeros(value);
    int size = ((38 - leadingZeros) * 0b10010010010010011) >>> 19;
    return size + (leadingZeros >>> 5);
  }

  /** The bytes that {@code value} takes in zig-zag form. */
  public static int sizeOf(int value) {
    return sizeOfUnsigned(zigZag(value));
  }

  /** The bytes that {@code value} takes in zig-zag form. */
  public static int sizeOf(long value) {
    long zigZag = zigZag(value);
    int leadingZeros = Long.numberOfLeadingZeros(zigZag);
    int size = ((70 - leadingZeros) * 0b10010010010010011) >>> 19;
    return size + (leadingZeros >>> 6);
  }

  /** Small magnitudes of either sign become small unsigned numbers. */
  public static int zigZag(int value) {
    return (value << 1) ^ (value >> 31);
  }

  /** Small magnitudes of either sign become small unsigned numbers. */
  public static long zigZag(long value) {
    return (value << 1) ^ (value >> 63);
  }

  /** The inverse of {@link #zigZag(int)}. */
  public static int unZigZag(int value) {
    return (value >>> 1) ^ -(value & 1);
  }

  /** The inverse of {@link #zigZag(long)}. */
  public static long unZigZag(long value) {
    return (value >>> 1) ^ -(value & 1);
  }
}
