package io.ottla.producer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** The hashes by which clients agree on a key's partition. All of 32 bits. */
final class KeyHash {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int MURMUR_SEED = 0x9747b28c;
  private static final int MURMUR_FACTOR = 0x5bd1e995;
  private static final int FNV_OFFSET = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;

  private KeyHash() {}

  /** MurmurHash2 with the seed of Kafka's Java client. */
  static int murmur2(byte[] bytes, int offset, int length) {
    int hash = MURMUR_SEED ^ length;
    int at = offset;
    for (int wholeInts = length >>> 2; wholeInts > 0; wholeInts--, at += Integer.BYTES) {
      int mixed = (int) INTS.get(bytes, at) * MURMUR_FACTOR;
      mixed = (mixed ^ (mixed >>> 24)) * MURMUR_FACTOR;
      hash = (hash * MURMUR_FACTOR) ^ mixed;
    }
    int rest = length & 3;
    if (rest > 0) {
      for (int i = rest - 1; i >= 0; i--) {
        hash ^= (bytes[at + i] & 0xff) << (8 * i);
      }
      hash *= MURMUR_FACTOR;
    }
    hash = (hash ^ (hash >>> 13)) * MURMUR_FACTOR;
    return hash ^ (hash >>> 15);
  }

  /** The CRC of zlib and PNG; unsigned. */
  static int crc32(byte[] bytes, int offset, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /** FNV-1a, of which librdkafka and Sarama take the absolute value; unsigned. */
  static int fnv1a(byte[] bytes, int offset, int length) {
    int hash = FNV_OFFSET;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ (bytes[i] & 0xff)) * FNV_PRIME;
    }
    return hash < 0 ? -hash : hash; // −2³¹ stays, as 2³¹
  }
}
