package io.ottla.cli.demo;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A checksum per key that depends on the bytes of its records and on their order.
 *
 * <p>Thread: one at a time.
 */
final class Checksums {
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final long[] sums = new long[Keys.COUNT];
  private final CRC32C crc = new CRC32C();

  void add(int key, ByteBuffer recordKey, ByteBuffer value) {
    crc.reset();
    crc.update(recordKey.duplicate());
    crc.update(value.duplicate());
    sums[key] = (sums[key] + crc.getValue() + 1) * MULTIPLIER;
  }

  /** One number for all keys. */
  long total() {
    long total = 0;
    for (long sum : sums) {
      total = (total ^ sum) * MULTIPLIER;
    }
    return total;
  }

  /** How many keys differ. */
  int differences(Checksums other) {
    int count = 0;
    for (int i = 0; i < sums.length; i++) {
      count += sums[i] == other.sums[i] ? 0 : 1;
    }
    return count;
  }
}
