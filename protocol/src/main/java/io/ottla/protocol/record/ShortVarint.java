package io.ottla.protocol.record;

/**
 * Varints of at most three bytes, worked out in a register: what nearly all lengths and deltas of
 * records are. A varint is carried with its size in one long, so that nothing is allocated.
 */
final class ShortVarint {
  /** Stands for a value that takes more than three bytes; negative, unlike all others. */
  static final long TOO_LONG = -1;

  private static final long GROUP_1 = 0x7F;
  private static final long GROUP_2 = 0x3F80;
  private static final long GROUP_3 = 0x1FC000;
  private static final int SIZE_SHIFT = 32;
  private static final long ONE_BYTE = 8L << SIZE_SHIFT;
  private static final long TWO_BYTES = 16L << SIZE_SHIFT | 0x80;
  private static final long THREE_BYTES = 24L << SIZE_SHIFT | 0x8080;

  private ShortVarint() {}

  /**
   * Encodes a value.
   *
   * @param zigZag the value in zig-zag form
   */
  static long of(long zigZag) {
    if ((zigZag & ~GROUP_1) == 0) {
      return zigZag | ONE_BYTE;
    }
    if ((zigZag & ~(GROUP_1 | GROUP_2)) == 0) {
      return (zigZag & GROUP_1) | (zigZag & GROUP_2) << 1 | TWO_BYTES;
    }
    if ((zigZag & ~(GROUP_1 | GROUP_2 | GROUP_3)) == 0) {
      return (zigZag & GROUP_1) | (zigZag & GROUP_2) << 1 | (zigZag & GROUP_3) << 2 | THREE_BYTES;
    }
    return TOO_LONG;
  }

  /** The bits of its bytes. */
  static int bits(long varint) {
    return (int) (varint >>> SIZE_SHIFT);
  }

  /** Its bytes, the first in the lowest place, with zeros above. */
  static int bytes(long varint) {
    return (int) varint;
  }
}
