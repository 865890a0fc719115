package io.ottla.testkit.internal.topic;

import io.ottla.testkit.internal.log.PartitionLog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All topics of the cluster. Who creates one has checked that it may exist.
 *
 * <p>Thread: the cluster's loop. Always: names and ids are unique; an id is never used again.
 */
public final class Topics {
  private final SortedMap<String, Topic> byName = new TreeMap<>();
  private final Map<UUID, Topic> byId = new HashMap<>();
  private final List<TopicListener> listeners = new ArrayList<>();
  private final Function<TopicConfig, PartitionLog> newLog;

  /**
   * @param newLog makes the log of each new partition; the config is the topic's, and may change
   */
  public Topics(Function<TopicConfig, PartitionLog> newLog) {
    this.newLog = newLog;
  }

  /** Has someone told what happens to topics. */
  public void listen(TopicListener listener) {
    listeners.add(listener);
  }

  /** A topic, or null. */
  public @Nullable Topic find(String name) {
    return byName.get(name);
  }

  /** A topic, or null. */
  public @Nullable Topic find(UUID id) {
    return byId.get(id);
  }

  /** A partition, or null. */
  public @Nullable Partition find(String name, int partition) {
    Topic topic = find(name);
    return topic == null ? null : topic.partition(partition);
  }

  /** All topics, by name. A view. */
  public Collection<Topic> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /**
   * Creates a topic.
   *
   * @param name must be free
   * @param replicas for each partition the brokers that have it; the first leads
   * @param config what differs from the defaults
   */
  public Topic create(String name, List<List<Integer>> replicas, Map<String, String> config) {
    if (byName.containsKey(name)) {
      throw new IllegalArgumentException("topic " + name + " exists");
    }
    Topic topic = new Topic(name, UUID.randomUUID(), new TopicConfig(config), toAll());
    replicas.forEach(brokers -> topic.add(brokers, newLog));
    byName.put(name, topic);
    byId.put(topic.id(), topic);
    toAll().onCreated(topic);
    return topic;
  }

  /** Takes a topic away, with its records. */
  public void delete(Topic topic) {
    byName.remove(topic.name(), topic);
    byId.remove(topic.id());
    toAll().onDeleted(topic);
    topic.partitions().forEach(partition -> partition.log().announceChange());
  }

  /** Adds partitions, one for each list of brokers. */
  public void grow(Topic topic, List<List<Integer>> replicas) {
    int before = topic.partitions().size();
    replicas.forEach(brokers -> topic.add(brokers, newLog));
    toAll().onGrown(topic, before);
  }

  private TopicListener toAll() {
    return new TopicListener() {
      @Override
      public void onCreated(Topic topic) {
        each(listener -> listener.onCreated(topic));
      }

      @Override
      public void onDeleted(Topic topic) {
        each(listener -> listener.onDeleted(topic));
      }

      @Override
      public void onGrown(Topic topic, int partitionsBefore) {
        each(listener -> listener.onGrown(topic, partitionsBefore));
      }

      @Override
      public void onLeaderChanged(Partition partition) {
        each(listener -> listener.onLeaderChanged(partition));
      }

      private void each(Consumer<TopicListener> tell) {
        List.copyOf(listeners).forEach(tell);
      }
    };
  }
}
