package io.ottla.producer;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A partitioner that looks at nothing but the key: the fast kind, for which no record's bytes are
 * wrapped. All of {@link Partitioners} are of this kind.
 *
 * <p>Thread: any, several at a time.
 */
public interface KeyPartitioner extends Partitioner {
  /**
   * Chooses.
   *
   * @param key where the key lies, as it was serialized; null if there is none. Valid during the
   *     call, not to be changed
   * @param offset where it begins
   * @param length how many bytes it has; 0 if there is none
   * @param partitions how many partitions the topic has, at least 1
   * @return 0 to {@code partitions - 1}, or {@link #ANY}
   */
  int choose(byte @Nullable [] key, int offset, int length, int partitions);

  /**
   * The partitioner for one topic of one producer. A partitioner that remembers something from
   * record to record returns a new one, so that neither topics nor producers disturb each other.
   */
  default KeyPartitioner forTopic() {
    return this;
  }

  @Override
  default int choose(
      String topic, @Nullable ByteBuffer key, @Nullable ByteBuffer value, int partitions) {
    if (key == null) {
      return choose(null, 0, 0, partitions);
    }
    int length = key.remaining();
    if (key.hasArray()) {
      return choose(key.array(), key.arrayOffset() + key.position(), length, partitions);
    }
    byte[] copy = new byte[length];
    key.get(key.position(), copy);
    return choose(copy, 0, length, partitions);
  }
}
