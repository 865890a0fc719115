package io.ottla.internal.producer;

import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.KeyPartitioner;
import io.ottla.producer.Partitioner;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A topic's partitioner, asked in the form that costs least, and not believed blindly. Thread: any,
 * without a lock.
 */
abstract class PartitionChoice {
  /** The choice that a partitioner makes for one topic. */
  static PartitionChoice of(Partitioner partitioner) {
    return partitioner instanceof KeyPartitioner byKey
        ? new ByKey(byKey.forTopic())
        : new ByFunction(partitioner);
  }

  /**
   * Chooses.
   *
   * @return a partition that there is, or {@link Partitioner#ANY}
   * @throws OttlaException if the partitioner throws, or chooses none that there is
   */
  final int choose(
      String topic,
      byte @Nullable [] key,
      int keyOffset,
      int keyLength,
      byte @Nullable [] value,
      int valueOffset,
      int valueLength,
      int partitions) {
    int chosen;
    try {
      chosen = ask(topic, key, keyOffset, keyLength, value, valueOffset, valueLength, partitions);
    } catch (RuntimeException thrown) {
      throw refusal(topic, "the partitioner " + this + " threw " + thrown, thrown);
    }
    if (chosen < Partitioner.ANY || chosen >= partitions) {
      throw refusal(
          topic,
          "the partitioner " + this + " chose partition " + chosen + " of " + partitions,
          null);
    }
    return chosen;
  }

  abstract int ask(
      String topic,
      byte @Nullable [] key,
      int keyOffset,
      int keyLength,
      byte @Nullable [] value,
      int valueOffset,
      int valueLength,
      int partitions);

  private static OttlaException refusal(
      String topic, String why, @Nullable RuntimeException cause) {
    return new RefusedException(
        "record for " + topic + " not sent: " + why, SendOutcome.NOT_SENT, cause);
  }

  /** One that looks at the key alone. */
  private static final class ByKey extends PartitionChoice {
    private final KeyPartitioner partitioner;

    ByKey(KeyPartitioner partitioner) {
      this.partitioner = partitioner;
    }

    @Override
    int ask(
        String topic,
        byte @Nullable [] key,
        int keyOffset,
        int keyLength,
        byte @Nullable [] value,
        int valueOffset,
        int valueLength,
        int partitions) {
      return partitioner.choose(key, keyOffset, keyLength, partitions);
    }

    @Override
    public String toString() {
      return partitioner.toString();
    }
  }

  /** One of a user's own. */
  private static final class ByFunction extends PartitionChoice {
    private final Partitioner partitioner;

    ByFunction(Partitioner partitioner) {
      this.partitioner = partitioner;
    }

    @Override
    int ask(
        String topic,
        byte @Nullable [] key,
        int keyOffset,
        int keyLength,
        byte @Nullable [] value,
        int valueOffset,
        int valueLength,
        int partitions) {
      return partitioner.choose(
          topic,
          view(key, keyOffset, keyLength),
          view(value, valueOffset, valueLength),
          partitions);
    }

    private static @Nullable ByteBuffer view(byte @Nullable [] bytes, int offset, int length) {
      return bytes == null
          ? null
          : ByteBuffer.wrap(bytes, offset, length).slice().asReadOnlyBuffer();
    }

    @Override
    public String toString() {
      return partitioner.toString();
    }
  }
}
