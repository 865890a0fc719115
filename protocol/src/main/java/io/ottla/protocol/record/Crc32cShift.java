package io.ottla.protocol.record;

/**
 * Combines the CRC32C of two runs of bytes into that of the one followed by the other, without
 * looking at the bytes again.
 *
 * <p>A CRC is a polynomial over GF(2), modulo the generator P. To append n bytes is to multiply by
 * x^(8n); that factor depends on the length alone and is worked out once, so that combining costs a
 * single multiplication of 32 steps.
 */
final class Crc32cShift {
  /** P, its bits reflected as CRC32C processes them; x^0 is the highest bit. */
  private static final int POLYNOMIAL = 0x82F63B78;

  private static final int ONE = 1 << 31;

  /** At i, x^(8·2^i) mod P. */
  private static final int[] SHIFTS = shifts();

  private final int factor;

  private Crc32cShift(int factor) {
    this.factor = factor;
  }

  /** The shift over so many bytes. */
  static Crc32cShift over(int bytes) {
    int factor = ONE;
    for (int i = 0; bytes >> i != 0; i++) {
      if ((bytes >> i & 1) != 0) {
        factor = multiply(SHIFTS[i], factor);
      }
    }
    return new Crc32cShift(factor);
  }

  /**
   * The CRC of A followed by B, where B has the length of this shift.
   *
   * @param first the CRC of A
   * @param second the CRC of B
   */
  int combine(int first, int second) {
    return multiply(first, factor) ^ second;
  }

  private static int multiply(int a, int b) {
    int product = 0;
    int power = b; // b·x^i mod P
    for (int i = 0; i < Integer.SIZE; i++) {
      product ^= power & (a << i >> 31);
      power = (power >>> 1) ^ (POLYNOMIAL & -(power & 1));
    }
    return product;
  }

  private static int[] shifts() {
    int[] shifts = new int[Integer.SIZE - 1];
    int power = ONE >>> 8; // x^8: one byte
    for (int i = 0; i < shifts.length; i++) {
      shifts[i] = power;
      power = multiply(power, power);
    }
    return shifts;
  }
}
