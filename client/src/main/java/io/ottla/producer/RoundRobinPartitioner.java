package io.ottla.producer;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One partition after the other, whatever the key.
 *
 * <p>Thread: any. Always: whoever asks by a topic's name goes on where that topic is, so that a
 * program that writes to two topics in turn does not leave half of each one's partitions out.
 */
final class RoundRobinPartitioner implements KeyPartitioner {
  private final AtomicInteger next;
  private final ConcurrentHashMap<String, RoundRobinPartitioner> byTopic =
      new ConcurrentHashMap<>(0);

  /** Begins anywhere: many producers with few records each would all begin at the same one. */
  RoundRobinPartitioner() {
    this(ThreadLocalRandom.current().nextInt());
  }

  RoundRobinPartitioner(int first) {
    next = new AtomicInteger(first);
  }

  @Override
  public int choose(byte @Nullable [] key, int offset, int length, int partitions) {
    return Integer.remainderUnsigned(next.getAndIncrement(), partitions);
  }

  @Override
  public int choose(
      String topic, @Nullable ByteBuffer key, @Nullable ByteBuffer value, int partitions) {
    return byTopic
        .computeIfAbsent(topic, name -> new RoundRobinPartitioner())
        .choose(null, 0, 0, partitions);
  }

  @Override
  public KeyPartitioner forTopic() {
    return new RoundRobinPartitioner();
  }

  @Override
  public String toString() {
    return "round-robin";
  }
}
