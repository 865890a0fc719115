package io.ottla.internal.admin;

import io.ottla.admin.Completion;
import io.ottla.admin.CreatedTopic;
import io.ottla.admin.NewPartitions;
import io.ottla.admin.NewTopic;
import io.ottla.admin.Outcomes;
import io.ottla.admin.TopicAdmin;
import io.ottla.admin.TopicDescription;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Topics over a cluster that routes. Thread: any. */
final class RoutedTopics implements TopicAdmin {
  private final Session session;
  private final TopicDescriptions descriptions;

  RoutedTopics(Session session) {
    this.session = session;
    this.descriptions = new TopicDescriptions(session);
  }

  @Override
  public CompletableFuture<CreatedTopic> create(NewTopic topic) {
    return Items.single(topic.name(), create(List.of(topic)));
  }

  @Override
  public CompletableFuture<Outcomes<String, CreatedTopic>> create(
      Collection<NewTopic> topics, Completion completion) {
    return Session.run(() -> new TopicCreation(session).create(topics, completion));
  }

  @Override
  public CompletableFuture<Void> delete(String name) {
    return Items.singleVoid(name, delete(List.of(name)));
  }

  @Override
  public CompletableFuture<Outcomes<String, Void>> delete(
      Collection<String> names, Completion completion) {
    return Session.run(() -> new TopicDeletion(session).named(names, completion));
  }

  @Override
  public CompletableFuture<Outcomes<UUID, Void>> deleteById(Collection<UUID> ids) {
    return Session.run(() -> new TopicDeletion(session).withIds(ids));
  }

  @Override
  public CompletableFuture<List<TopicDescription>> list() {
    return Session.run(() -> descriptions.all(session.begin()));
  }

  @Override
  public CompletableFuture<TopicDescription> describe(String name) {
    return Items.single(name, describe(Set.of(name)));
  }

  @Override
  public CompletableFuture<Outcomes<String, TopicDescription>> describe(Collection<String> names) {
    return Session.run(() -> descriptions.named(names, session.begin()));
  }

  @Override
  public CompletableFuture<Outcomes<UUID, TopicDescription>> describeById(Collection<UUID> ids) {
    return Session.run(() -> descriptions.withIds(ids, session.begin()));
  }

  @Override
  public CompletableFuture<Void> addPartitions(String topic, int total) {
    return Items.singleVoid(
        topic, addPartitions(List.of(NewPartitions.upTo(topic, total)), Completion.VISIBLE));
  }

  @Override
  public CompletableFuture<Outcomes<String, Void>> addPartitions(
      Collection<NewPartitions> topics, Completion completion) {
    return Session.run(() -> new PartitionAddition(session).add(topics, completion));
  }
}
