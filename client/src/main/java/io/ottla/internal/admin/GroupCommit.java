package io.ottla.internal.admin;

import io.ottla.Route;
import io.ottla.admin.CommittedOffset;
import io.ottla.admin.Outcome;
import io.ottla.admin.Outcomes;
import io.ottla.admin.TopicPartition;
import io.ottla.error.OttlaException;
import io.ottla.internal.admin.Session.Deadline;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.ottla.protocol.message.OffsetCommitResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Commits for a group without being a member of it. Thread: any. */
final class GroupCommit {
  private static final int NO_MEMBER = -1;

  private final Session session;
  private final String group;
  private final Map<TopicPartition, CommittedOffset> offsets;
  private final Deadline deadline;
  private final Map<TopicPartition, Outcome<Void>> outcomes = new LinkedHashMap<>();
  private final Map<UUID, String> names = new LinkedHashMap<>();

  GroupCommit(Session session, String group, Map<TopicPartition, CommittedOffset> offsets) {
    this.session = session;
    this.group = group;
    this.offsets = offsets;
    this.deadline = session.begin();
  }

  CompletableFuture<Outcomes<TopicPartition, Void>> run() {
    return new TopicDescriptions(session)
        .ofPartitions(offsets.keySet(), this::what, deadline)
        .thenCompose(this::commit)
        .thenApply(done -> new Outcomes<>(outcomes));
  }

  private CompletableFuture<Void> commit(TopicDescriptions.Found found) {
    Map<String, List<OffsetCommitRequestPartition>> byTopic = new TreeMap<>();
    offsets.forEach(
        (partition, offset) -> {
          OttlaException missing = found.missing(partition);
          outcomes.put(
              partition,
              Outcome.failed(missing != null ? missing : Refusals.silence(what(partition))));
          if (missing == null) {
            byTopic
                .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                .add(committed(partition, offset));
          }
        });
    if (byTopic.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    List<OffsetCommitRequestTopic> topics = new ArrayList<>();
    byTopic.forEach(
        (name, partitions) -> {
          UUID id = found.id(name);
          names.put(id, name);
          topics.add(new OffsetCommitRequestTopic().name(name).topicId(id).partitions(partitions));
        });
    OffsetCommitRequest request =
        new OffsetCommitRequest()
            .groupId(group)
            .generationIdOrMemberEpoch(NO_MEMBER)
            .topics(topics);
    return session.ask(request, Route.group(group), deadline).thenAccept(this::answered);
  }

  private static OffsetCommitRequestPartition committed(
      TopicPartition partition, CommittedOffset offset) {
    return new OffsetCommitRequestPartition()
        .partitionIndex(partition.partition())
        .committedOffset(offset.offset())
        .committedLeaderEpoch(offset.leaderEpoch())
        .committedMetadata(offset.metadata());
  }

  private void answered(OffsetCommitResponse answer) {
    for (OffsetCommitResponse.OffsetCommitResponseTopic topic : answer.topics()) {
      String name = topic.name().isEmpty() ? names.get(topic.topicId()) : topic.name();
      if (name == null) {
        continue;
      }
      for (OffsetCommitResponse.OffsetCommitResponsePartition result : topic.partitions()) {
        TopicPartition partition = new TopicPartition(name, result.partitionIndex());
        ErrorCode code = ErrorCode.of(result.errorCode());
        outcomes.replace(
            partition,
            code == ErrorCode.NONE
                ? Outcome.of(null)
                : Outcome.failed(Refusals.of(what(partition), -1, code, null)));
      }
    }
  }

  private String what(TopicPartition partition) {
    return "offset of group " + group + " in " + partition + " not committed";
  }
}
