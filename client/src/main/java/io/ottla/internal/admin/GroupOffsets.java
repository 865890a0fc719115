package io.ottla.internal.admin;

import io.ottla.Route;
import io.ottla.admin.CommittedOffset;
import io.ottla.admin.Outcome;
import io.ottla.admin.Outcomes;
import io.ottla.admin.TopicDescription;
import io.ottla.admin.TopicPartition;
import io.ottla.error.OttlaException;
import io.ottla.internal.admin.Session.Deadline;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.OffsetFetchRequest;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.ottla.protocol.message.OffsetFetchResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what a group committed. Newer coordinators know topics by id, older ones by name: both
 * are asked, and either is understood. Thread: any.
 */
final class GroupOffsets {
  private final Session session;
  private final String group;
  private final Deadline deadline;

  GroupOffsets(Session session, String group) {
    this.session = session;
    this.group = group;
    this.deadline = session.begin();
  }

  CompletableFuture<Map<TopicPartition, CommittedOffset>> all() {
    return Fitting.needs(
            "offsets of group " + group + " not fetched without naming partitions",
            "0.10.2",
            Fitting.ask(List.of(byGroup(null), byName(null)), this::ask))
        .thenCompose(this::named)
        .thenApply(
            found -> {
              Map<TopicPartition, CommittedOffset> offsets = new TreeMap<>();
              found.forEach(
                  (partition, outcome) -> {
                    OttlaException failure = outcome.failure();
                    CommittedOffset offset = outcome.value();
                    if (failure != null) {
                      throw failure;
                    }
                    if (offset != null) {
                      offsets.put(partition, offset);
                    }
                  });
              return offsets;
            });
  }

  CompletableFuture<Outcomes<TopicPartition, CommittedOffset>> of(
      Collection<TopicPartition> partitions) {
    return new TopicDescriptions(session)
        .ofPartitions(partitions, this::what, deadline)
        .thenCompose(found -> of(partitions, found));
  }

  private CompletableFuture<Outcomes<TopicPartition, CommittedOffset>> of(
      Collection<TopicPartition> partitions, TopicDescriptions.Found found) {
    Map<TopicPartition, Outcome<CommittedOffset>> outcomes = new LinkedHashMap<>();
    Map<String, List<Integer>> wanted = new TreeMap<>();
    Map<UUID, String> names = new LinkedHashMap<>();
    for (TopicPartition partition : partitions) {
      OttlaException missing = found.missing(partition);
      outcomes.put(
          partition, Outcome.failed(missing != null ? missing : Refusals.silence(what(partition))));
      if (missing == null) {
        names.put(found.id(partition.topic()), partition.topic());
        wanted
            .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
            .add(partition.partition());
      }
    }
    if (wanted.isEmpty()) {
      return CompletableFuture.completedFuture(new Outcomes<>(outcomes));
    }
    return Fitting.ask(List.of(byGroup(topics(wanted, found)), byName(wanted)), this::ask)
        .thenApply(
            answer -> {
              collect(answer, names).forEach(outcomes::replace);
              return new Outcomes<>(outcomes);
            });
  }

  private CompletableFuture<OffsetFetchResponse> ask(OffsetFetchRequest request) {
    return session.ask(request, Route.group(group), deadline);
  }

  private static List<OffsetFetchRequestTopics> topics(
      Map<String, List<Integer>> wanted, TopicDescriptions.Found found) {
    return wanted.entrySet().stream()
        .map(
            topic ->
                new OffsetFetchRequestTopics()
                    .name(topic.getKey())
                    .topicId(found.id(topic.getKey()))
                    .partitionIndexes(topic.getValue()))
        .toList();
  }

  private OffsetFetchRequest byGroup(@Nullable List<OffsetFetchRequestTopics> topics) {
    return new OffsetFetchRequest()
        .groups(List.of(new OffsetFetchRequestGroup().groupId(group).topics(topics)));
  }

  private OffsetFetchRequest byName(@Nullable Map<String, List<Integer>> wanted) {
    return new OffsetFetchRequest()
        .groupId(group)
        .topics(
            wanted == null
                ? null
                : wanted.entrySet().stream()
                    .map(
                        topic ->
                            new OffsetFetchRequestTopic()
                                .name(topic.getKey())
                                .partitionIndexes(topic.getValue()))
                    .toList());
  }

  /** Finds the names of topics that the answer knows only by id. */
  private CompletableFuture<Map<TopicPartition, Outcome<CommittedOffset>>> named(
      OffsetFetchResponse answer) {
    List<UUID> ids =
        answer.groups().stream()
            .flatMap(of -> of.topics().stream())
            .filter(topic -> topic.name().isEmpty())
            .map(OffsetFetchResponse.OffsetFetchResponseTopics::topicId)
            .toList();
    return new TopicDescriptions(session)
        .withIds(ids, deadline)
        .thenApply(
            topics -> {
              Map<UUID, String> names = new LinkedHashMap<>();
              topics
                  .values()
                  .forEach((UUID id, TopicDescription topic) -> names.put(id, topic.name()));
              return collect(answer, names);
            });
  }

  private Map<TopicPartition, Outcome<CommittedOffset>> collect(
      OffsetFetchResponse answer, Map<UUID, String> names) {
    Map<TopicPartition, Outcome<CommittedOffset>> found = new TreeMap<>();
    check(answer.errorCode());
    for (OffsetFetchResponse.OffsetFetchResponseTopic topic : answer.topics()) {
      for (OffsetFetchResponse.OffsetFetchResponsePartition result : topic.partitions()) {
        TopicPartition partition = new TopicPartition(topic.name(), result.partitionIndex());
        found.put(
            partition,
            outcome(
                partition,
                result.errorCode(),
                result.committedOffset(),
                result.committedLeaderEpoch(),
                result.metadata()));
      }
    }
    for (OffsetFetchResponse.OffsetFetchResponseGroup of : answer.groups()) {
      check(of.errorCode());
      of.topics().forEach(topic -> collect(topic, names, found));
    }
    return found;
  }

  private void collect(
      OffsetFetchResponse.OffsetFetchResponseTopics topic,
      Map<UUID, String> names,
      Map<TopicPartition, Outcome<CommittedOffset>> found) {
    String name = topic.name().isEmpty() ? names.get(topic.topicId()) : topic.name();
    if (name == null) {
      return; // deleted meanwhile
    }
    for (OffsetFetchResponse.OffsetFetchResponsePartitions result : topic.partitions()) {
      TopicPartition partition = new TopicPartition(name, result.partitionIndex());
      found.put(
          partition,
          outcome(
              partition,
              result.errorCode(),
              result.committedOffset(),
              result.committedLeaderEpoch(),
              result.metadata()));
    }
  }

  private void check(short errorCode) {
    ErrorCode code = ErrorCode.of(errorCode);
    if (code != ErrorCode.NONE) {
      throw Refusals.of("offsets of group " + group + " not fetched", -1, code, null);
    }
  }

  private Outcome<CommittedOffset> outcome(
      TopicPartition partition, short errorCode, long offset, int epoch, @Nullable String note) {
    ErrorCode code = ErrorCode.of(errorCode);
    // Version 0 says so of a partition that exists and has nothing committed.
    if (code == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION || (code == ErrorCode.NONE && offset < 0)) {
      return Outcome.of(null);
    }
    return code == ErrorCode.NONE
        ? Outcome.of(new CommittedOffset(offset, epoch, note == null ? "" : note))
        : Outcome.failed(Refusals.of(what(partition), -1, code, null));
  }

  private String what(TopicPartition partition) {
    return "offset of group " + group + " in " + partition + " not fetched";
  }
}
