package io.ottla.producer;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the partition of a record that names none. {@link Partitioners} has the usual ones.
 *
 * <p>Called on the sender's thread, without any lock, for several records at a time if several
 * threads send. What it throws ends the send of that record, and of no other.
 */
@FunctionalInterface
public interface Partitioner {
  /** Chosen instead of a partition: wherever a batch is being filled. */
  int ANY = -1;

  /**
   * Chooses.
   *
   * @param topic the record's topic
   * @param key the key as it was serialized, from position to limit; null if there is none. Valid
   *     during the call
   * @param value likewise
   * @param partitions how many the topic has, at least 1
   * @return 0 to {@code partitions - 1}, or {@link #ANY}
   */
  int choose(String topic, @Nullable ByteBuffer key, @Nullable ByteBuffer value, int partitions);
}
