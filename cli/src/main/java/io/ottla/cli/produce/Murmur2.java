package io.ottla.cli.produce;

/** The hash by which Kafka's own producer chooses the partition of a key. */
final class Murmur2 {
  private static final int SEED = 0x9747b28c;
  private static final int MULTIPLIER = 0x5bd1e995;
  private static final int SHIFT = 24;

  private Murmur2() {}

  /** The partition for a key: the same one that kafka-clients would choose. */
  static int partition(byte[] bytes, int offset, int length, int partitions) {
    return (hash(bytes, offset, length) & Integer.MAX_VALUE) % partitions;
  }

  static int hash(byte[] bytes, int offset, int length) {
    int hash = SEED ^ length;
    int words = length >> 2;
    for (int i = 0; i < words; i++) {
      int word = littleEndian(bytes, offset + (i << 2), Integer.BYTES) * MULTIPLIER;
      word ^= word >>> SHIFT;
      hash = (hash * MULTIPLIER) ^ (word * MULTIPLIER);
    }
    int rest = length & 3;
    if (rest > 0) {
      hash = (hash ^ littleEndian(bytes, offset + length - rest, rest)) * MULTIPLIER;
    }
    hash = (hash ^ (hash >>> 13)) * MULTIPLIER;
    return hash ^ (hash >>> 15);
  }

  private static int littleEndian(byte[] bytes, int offset, int count) {
    int value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[offset + i] & 0xff);
    }
    return value;
  }
}
