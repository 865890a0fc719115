package io.ottla.internal.admin;

import io.ottla.admin.CommittedOffset;
import io.ottla.admin.GroupAdmin;
import io.ottla.admin.GroupDescription;
import io.ottla.admin.GroupFilter;
import io.ottla.admin.GroupList;
import io.ottla.admin.Outcomes;
import io.ottla.admin.TopicPartition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Groups over a cluster that routes. Thread: any. */
final class RoutedGroups implements GroupAdmin {
  private final Session session;

  RoutedGroups(Session session) {
    this.session = session;
  }

  @Override
  public CompletableFuture<GroupList> list(GroupFilter filter) {
    return Session.run(() -> new GroupLists(session, filter).gather());
  }

  @Override
  public CompletableFuture<GroupDescription> describe(String group) {
    return Items.single(group, describe(List.of(group)));
  }

  @Override
  public CompletableFuture<Outcomes<String, GroupDescription>> describe(Collection<String> groups) {
    return Session.run(() -> new GroupDescriptions(session, groups).run());
  }

  @Override
  public CompletableFuture<Void> delete(String group) {
    return Items.singleVoid(group, delete(List.of(group)));
  }

  @Override
  public CompletableFuture<Outcomes<String, Void>> delete(Collection<String> groups) {
    return Session.run(() -> GroupDeletion.delete(session, groups));
  }

  @Override
  public CompletableFuture<Map<TopicPartition, CommittedOffset>> offsets(String group) {
    return Session.run(() -> new GroupOffsets(session, group).all());
  }

  @Override
  public CompletableFuture<Outcomes<TopicPartition, CommittedOffset>> offsets(
      String group, Collection<TopicPartition> partitions) {
    return Session.run(() -> new GroupOffsets(session, group).of(partitions));
  }

  @Override
  public CompletableFuture<Outcomes<TopicPartition, Void>> commit(
      String group, Map<TopicPartition, CommittedOffset> offsets) {
    return Session.run(() -> new GroupCommit(session, group, offsets).run());
  }
}
