package io.ottla.testkit.internal.topic;

/** Is told what happened to topics, on the cluster's loop, after it happened. */
public interface TopicListener {
  /** A topic is there. */
  default void onCreated(Topic topic) {}

  /** A topic is gone; its partitions are not to be found any more. */
  default void onDeleted(Topic topic) {}

  /** A topic has more partitions than before. */
  default void onGrown(Topic topic, int partitionsBefore) {}

  /** A partition has another leader or leader epoch, or other replicas in sync. */
  default void onLeaderChanged(Partition partition) {}
}
