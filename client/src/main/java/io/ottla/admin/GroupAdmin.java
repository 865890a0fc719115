package io.ottla.admin;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Groups and what they committed. Errors and threads: as with {@link TopicAdmin}. */
public interface GroupAdmin {
  /** All groups of the cluster. Needs Kafka 0.9. */
  default CompletableFuture<GroupList> list() {
    return list(GroupFilter.all());
  }

  /** The groups of the cluster that a filter lets through; asks every broker. */
  CompletableFuture<GroupList> list(GroupFilter filter);

  /** Describes a group, classic or of KIP-848. Fails if there is none of this id. */
  CompletableFuture<GroupDescription> describe(String group);

  /** Describes groups, classic or of KIP-848. */
  CompletableFuture<Outcomes<String, GroupDescription>> describe(Collection<String> groups);

  /** Deletes a group that has no members, with all that it committed. */
  CompletableFuture<Void> delete(String group);

  /** Deletes groups that have no members, with all that they committed. Needs Kafka 1.1. */
  CompletableFuture<Outcomes<String, Void>> delete(Collection<String> groups);

  /**
   * What a group committed; empty if nothing, or if there is no such group. Needs Kafka 0.10.2. A
   * partition whose offset cannot be told makes the future fail.
   */
  CompletableFuture<Map<TopicPartition, CommittedOffset>> offsets(String group);

  /**
   * What a group committed of some partitions; those of which it committed nothing have an outcome
   * without a value.
   */
  CompletableFuture<Outcomes<TopicPartition, CommittedOffset>> offsets(
      String group, Collection<TopicPartition> partitions);

  /**
   * Commits offsets for a group that has no members, as if it had processed what is before them. A
   * group with members refuses: it would go on where it was and overwrite them.
   */
  CompletableFuture<Outcomes<TopicPartition, Void>> commit(
      String group, Map<TopicPartition, CommittedOffset> offsets);
}
