package io.ottla.testkit.fake;

import io.ottla.testkit.internal.broker.Cluster;
import io.ottla.testkit.internal.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a test does to the topics of a {@link FakeCluster}. Thread-safe. */
abstract class TopicControls {
  private final Cluster cluster;
  private final FakeTopics topics;

  TopicControls(Cluster cluster) {
    this.cluster = cluster;
    topics = new FakeTopics(cluster);
  }

  /** The loop's own: what is found by name. */
  final FakeTopics named() {
    return topics;
  }

  /**
   * Creates a topic. Its partitions have a replica on each running broker, up to three.
   *
   * @param name its name
   * @param partitions how many
   */
  public final void createTopic(String name, int partitions) {
    createTopic(name, partitions, Map.of());
  }

  /**
   * Creates a topic. Its partitions have a replica on each running broker, up to three.
   *
   * @param name its name
   * @param partitions how many
   * @param config by Kafka's names, such as {@code cleanup.policy}
   */
  public final void createTopic(String name, int partitions, Map<String, String> config) {
    cluster.loop().run(() -> topics.create(name, partitions, config));
  }

  /**
   * Deletes a topic, with its records and what was committed of it.
   *
   * @param name one that exists
   */
  public final void deleteTopic(String name) {
    cluster.loop().run(() -> topics.delete(name));
  }

  /**
   * Deletes a topic and creates it again: it has another id and no records.
   *
   * @param name one that exists
   */
  public final void recreateTopic(String name) {
    cluster.loop().run(() -> topics.recreate(name));
  }

  /**
   * Adds partitions to a topic.
   *
   * @param name one that exists
   * @param partitions how many it has then, in all
   */
  public final void growTopic(String name, int partitions) {
    cluster.loop().run(() -> topics.grow(name, partitions));
  }

  /**
   * Changes a config of a topic.
   *
   * @param name one that exists
   * @param key by Kafka's name
   * @param value null for the default
   */
  public final void configureTopic(String name, String key, @Nullable String value) {
    cluster.loop().run(() -> topics.topic(name).config().set(key, value));
  }

  /**
   * The topics that exist.
   *
   * @return by name
   */
  public final List<String> topics() {
    return cluster.loop().call(() -> cluster.topics().all().stream().map(Topic::name).toList());
  }

  /**
   * What tells a topic from an earlier one of the same name.
   *
   * @param name one that exists
   * @return its id
   */
  public final UUID topicId(String name) {
    return cluster.loop().call(() -> topics.topic(name).id());
  }
}
