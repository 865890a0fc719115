package io.ottla.testkit.internal.topic;

import io.ottla.testkit.internal.log.PartitionLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A topic while it exists; one that is created again is another one. Thread: the cluster's loop.
 */
public final class Topic {
  private final String name;
  private final UUID id;
  private final TopicConfig config;
  private final List<Partition> partitions = new ArrayList<>();
  private final TopicListener listener;

  Topic(String name, UUID id, TopicConfig config, TopicListener listener) {
    this.name = name;
    this.id = id;
    this.config = config;
    this.listener = listener;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** What tells it from an earlier topic of that name. */
  public UUID id() {
    return id;
  }

  /** What was configured for it. */
  public TopicConfig config() {
    return config;
  }

  /** Whether Kafka keeps it for itself, as {@code __consumer_offsets}. */
  public boolean isInternal() {
    return name.equals("__consumer_offsets") || name.equals("__transaction_state");
  }

  /** All partitions, by number. A view. */
  public List<Partition> partitions() {
    return Collections.unmodifiableList(partitions);
  }

  /** A partition, or null if there is no such number. */
  public @Nullable Partition partition(int index) {
    return index >= 0 && index < partitions.size() ? partitions.get(index) : null;
  }

  void add(List<Integer> replicas, Function<TopicConfig, PartitionLog> newLog) {
    partitions.add(new Partition(this, partitions.size(), replicas, newLog.apply(config)));
  }

  void tellLeaderChanged(Partition partition) {
    listener.onLeaderChanged(partition);
  }

  @Override
  public String toString() {
    return name;
  }
}
