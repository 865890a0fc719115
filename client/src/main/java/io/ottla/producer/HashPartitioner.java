package io.ottla.producer;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sends the same key to the same partition, as long as the topic has as many.
 *
 * <p>Thread: any; remembers nothing.
 */
final class HashPartitioner implements KeyPartitioner {
  /** A hash of a part of an array. */
  interface Hash {
    int of(byte[] bytes, int offset, int length);
  }

  /** Where records go that have no key. */
  static final IntUnaryOperator ANYWHERE = partitions -> ANY;

  /** Where records go that have no key, each by chance. */
  static final IntUnaryOperator AT_RANDOM =
      partitions -> ThreadLocalRandom.current().nextInt(partitions);

  private static final byte[] NO_BYTES = {};

  private final String name;
  private final Hash hash;
  private final int signMask; // what of the hash counts
  private final int shortestKey; // what is shorter is as good as no key
  private final @Nullable IntUnaryOperator keyless; // null: as an empty key

  HashPartitioner(
      String name, Hash hash, int signMask, int shortestKey, @Nullable IntUnaryOperator keyless) {
    this.name = name;
    this.hash = hash;
    this.signMask = signMask;
    this.shortestKey = shortestKey;
    this.keyless = keyless;
  }

  @Override
  public int choose(byte @Nullable [] key, int offset, int length, int partitions) {
    if (keyless != null && (key == null || length < shortestKey)) {
      return keyless.applyAsInt(partitions);
    }
    int hashed = key == null ? hash.of(NO_BYTES, 0, 0) : hash.of(key, offset, length);
    return Integer.remainderUnsigned(hashed & signMask, partitions);
  }

  @Override
  public String toString() {
    return name;
  }
}
