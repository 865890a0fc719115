package io.ottla.internal.cluster.route;

import io.ottla.internal.cluster.metadata.CoordinatorType;
import java.util.UUID;

/** Who must answer one piece of a request. */
public sealed interface Target {
  /** Whoever is there. */
  enum Anybody implements Target {
    /** The only one. */
    INSTANCE
  }

  /** The controller. */
  enum Controller implements Target {
    /** The only one. */
    INSTANCE
  }

  /**
   * A broker by its id.
   *
   * @param id the id
   */
  record Given(int id) implements Target {}

  /**
   * Who leads a partition.
   *
   * @param topic the topic's name; empty if only its id is known
   * @param topicId the topic's id; all zero if only its name is known
   * @param partition the partition's number
   */
  record Leader(String topic, UUID topicId, int partition) implements Target {
    @Override
    public String toString() {
      return (topic.isEmpty() ? "topic " + topicId : topic) + "-" + partition;
    }
  }

  /**
   * Who coordinates a group or a transaction.
   *
   * @param type of what
   * @param key its id
   */
  record Coordinator(CoordinatorType type, String key) implements Target {}
}
