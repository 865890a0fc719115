package io.ottla.internal.producer;

/** What the pool really hands out where so much is wanted. */
final class PoolSizes {
  private static final int SMALLEST = 1 << 10;
  private static final int LARGEST = 1 << 26;

  private PoolSizes() {}

  /** The size of the class for so many bytes. */
  static int of(int bytes) {
    if (bytes > LARGEST) {
      return bytes;
    }
    return Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, bytes) * 2 - 1));
  }
}
