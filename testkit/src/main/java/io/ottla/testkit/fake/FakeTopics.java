package io.ottla.testkit.fake;

import io.ottla.testkit.internal.broker.Cluster;
import io.ottla.testkit.internal.topic.BrokerDirectory.BrokerAddress;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Placement;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.TopicNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a test does to topics. Thread: the cluster's loop. */
final class FakeTopics {
  private static final int MAX_DEFAULT_REPLICAS = 3;

  private final Cluster cluster;

  FakeTopics(Cluster cluster) {
    this.cluster = cluster;
  }

  /** A topic with replicas on up to three brokers. */
  void create(String name, int partitions, Map<String, String> config) {
    if (!TopicNames.isLegal(name)) {
      throw new IllegalArgumentException("a topic may not have the name '" + name + "'");
    }
    if (partitions < 1) {
      throw new IllegalArgumentException("a topic of " + partitions + " partitions");
    }
    cluster.topics().create(name, spread(partitions, 0), config);
  }

  void delete(String name) {
    cluster.topics().delete(topic(name));
  }

  /** A topic of the same name, shape and config, with another id and without records. */
  void recreate(String name) {
    Topic old = topic(name);
    List<List<Integer>> replicas = new ArrayList<>();
    old.partitions().forEach(partition -> replicas.add(partition.replicas()));
    cluster.topics().delete(old);
    cluster.topics().create(name, replicas, old.config().overrides());
  }

  void grow(String name, int partitions) {
    Topic topic = topic(name);
    int before = topic.partitions().size();
    if (partitions <= before) {
      throw new IllegalArgumentException(
          "topic %s has %d partitions; it cannot grow to %d".formatted(name, before, partitions));
    }
    cluster.topics().grow(topic, spread(partitions - before, before));
  }

  Topic topic(String name) {
    Topic found = cluster.topics().find(name);
    if (found == null) {
      throw new IllegalStateException(
          "there is no topic %s; there are %s".formatted(name, cluster.topics().all()));
    }
    return found;
  }

  Partition partition(String topic, int index) {
    Partition found = topic(topic).partition(index);
    if (found == null) {
      throw new IllegalStateException("topic " + topic + " has no partition " + index);
    }
    return found;
  }

  private List<List<Integer>> spread(int partitions, int first) {
    List<Integer> alive = cluster.alive().stream().map(BrokerAddress::id).toList();
    int factor = Math.min(MAX_DEFAULT_REPLICAS, alive.size());
    return Placement.spread(alive, partitions, factor, first);
  }
}
