package io.ottla.admin;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Topics: made, deleted, looked at, grown.
 *
 * <p>A call about one topic fails its future with what went wrong; a call about several gives each
 * topic's own outcome, and its future fails only if nothing could be asked at all. What a broker
 * refuses is a {@link io.ottla.error.RefusedException} (the topic exists, too many replicas, an
 * illegal name), what it does not allow an {@link io.ottla.error.AuthorizationException}, what is
 * beyond its age an {@link io.ottla.error.UnsupportedVersionException}.
 *
 * <p>Thread-safe; nothing waits. Futures complete on Ottla's callback threads.
 */
public interface TopicAdmin {
  /** Creates a topic; done when every broker that answers shows it with leaders. */
  CompletableFuture<CreatedTopic> create(NewTopic topic);

  /** Creates topics; done when every broker that answers shows them with leaders. */
  default CompletableFuture<Outcomes<String, CreatedTopic>> create(Collection<NewTopic> topics) {
    return create(topics, Completion.VISIBLE);
  }

  /**
   * Creates topics. Needs Kafka 0.10.1; to check only, 0.10.2.
   *
   * @throws IllegalArgumentException if a name occurs twice
   */
  CompletableFuture<Outcomes<String, CreatedTopic>> create(
      Collection<NewTopic> topics, Completion completion);

  /** Deletes a topic with its records; done when no broker that answers shows it. */
  CompletableFuture<Void> delete(String name);

  /** Deletes topics with their records; done when no broker that answers shows them. */
  default CompletableFuture<Outcomes<String, Void>> delete(Collection<String> names) {
    return delete(names, Completion.VISIBLE);
  }

  /**
   * Deletes topics with their records. Needs Kafka 0.10.1. A deletion cannot only be checked.
   *
   * @throws IllegalArgumentException if it is to be checked only
   */
  CompletableFuture<Outcomes<String, Void>> delete(Collection<String> names, Completion completion);

  /**
   * Deletes topics by their ids: not one that was created anew under the same name. Needs Kafka
   * 2.8.
   */
  CompletableFuture<Outcomes<UUID, Void>> deleteById(Collection<UUID> ids);

  /** All topics that this client may see, internal ones too, by name. */
  CompletableFuture<List<TopicDescription>> list();

  /** Describes a topic. It is never created by being asked for. */
  CompletableFuture<TopicDescription> describe(String name);

  /** Describes topics. */
  CompletableFuture<Outcomes<String, TopicDescription>> describe(Collection<String> names);

  /** Describes topics by their ids. Needs Kafka 3.1. */
  CompletableFuture<Outcomes<UUID, TopicDescription>> describeById(Collection<UUID> ids);

  /**
   * Adds partitions to a topic; done when every broker that answers shows them with leaders.
   *
   * @param total how many it shall have in all
   */
  CompletableFuture<Void> addPartitions(String topic, int total);

  /** Adds partitions to topics. Needs Kafka 1.0. */
  CompletableFuture<Outcomes<String, Void>> addPartitions(
      Collection<NewPartitions> topics, Completion completion);
}
