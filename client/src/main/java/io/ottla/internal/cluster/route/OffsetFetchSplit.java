package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.OffsetFetchRequest;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.ottla.protocol.message.OffsetFetchResponse;
import io.ottla.protocol.message.OffsetFetchResponse.OffsetFetchResponseGroup;
import io.ottla.protocol.message.OffsetFetchResponse.OffsetFetchResponsePartition;
import io.ottla.protocol.message.OffsetFetchResponse.OffsetFetchResponsePartitions;
import io.ottla.protocol.message.OffsetFetchResponse.OffsetFetchResponseTopic;
import io.ottla.protocol.message.OffsetFetchResponse.OffsetFetchResponseTopics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups whose offsets are asked for, each of its coordinator: several at once from version 8 on,
 * one by one before. The answer has the form that the caller's question had: {@code groups}, or as
 * of old one {@code groupId}.
 */
final class OffsetFetchSplit
    extends Split<
        OffsetFetchRequest,
        OffsetFetchResponse,
        OffsetFetchRequestGroup,
        OffsetFetchResponseGroup> {
  private static final int FIRST_WITH_SEVERAL = 8;
  private static final int LAST_WITH_NAMES = 9;

  @Override
  public boolean dependsOnVersion() {
    return true;
  }

  @Override
  public int mostPieces(int version) {
    return version < FIRST_WITH_SEVERAL ? 1 : Integer.MAX_VALUE;
  }

  @Override
  public int highestVersion(OffsetFetchRequest part) {
    boolean isNamed =
        part.groups().stream().map(OffsetFetchRequestGroup::topics).anyMatch(this::hasNames);
    return isNamed ? LAST_WITH_NAMES : part.highestVersion();
  }

  private boolean hasNames(@Nullable List<OffsetFetchRequestTopics> topics) {
    return topics != null && topics.stream().anyMatch(topic -> topic.topicId().equals(Terms.NO_ID));
  }

  @Override
  public List<OffsetFetchRequestGroup> pieces(
      OffsetFetchRequest whole, Collection<Integer> brokers) {
    return whole.groups().isEmpty() ? List.of(grouped(whole)) : List.copyOf(whole.groups());
  }

  private static OffsetFetchRequestGroup grouped(OffsetFetchRequest whole) {
    List<OffsetFetchRequestTopic> topics = whole.topics();
    OffsetFetchRequestGroup group = new OffsetFetchRequestGroup().groupId(whole.groupId());
    if (topics == null) {
      return group.topics(null);
    }
    List<OffsetFetchRequestTopics> named = new ArrayList<>();
    for (OffsetFetchRequestTopic topic : topics) {
      named.add(
          new OffsetFetchRequestTopics()
              .name(topic.name())
              .partitionIndexes(topic.partitionIndexes()));
    }
    return group.topics(named);
  }

  @Override
  public Target target(OffsetFetchRequestGroup group) {
    return RequestKinds.group(group.groupId());
  }

  @Override
  public OffsetFetchRequest request(
      OffsetFetchRequest whole, List<OffsetFetchRequestGroup> groups, Terms terms) {
    OffsetFetchRequest part = new OffsetFetchRequest().requireStable(whole.requireStable());
    return terms.version() < FIRST_WITH_SEVERAL
        ? ofOld(part, groups.get(0))
        : part.groups(new ArrayList<>(groups));
  }

  private static OffsetFetchRequest ofOld(OffsetFetchRequest part, OffsetFetchRequestGroup group) {
    List<OffsetFetchRequestTopics> topics = group.topics();
    part.groupId(group.groupId());
    if (topics == null) {
      return part.topics(null);
    }
    List<OffsetFetchRequestTopic> named = new ArrayList<>();
    for (OffsetFetchRequestTopics topic : topics) {
      named.add(
          new OffsetFetchRequestTopic()
              .name(topic.name())
              .partitionIndexes(topic.partitionIndexes()));
    }
    return part.topics(named);
  }

  @Override
  public List<@Nullable OffsetFetchResponseGroup> answers(
      OffsetFetchRequest part, List<OffsetFetchRequestGroup> groups, OffsetFetchResponse response) {
    List<@Nullable OffsetFetchResponseGroup> answers = new ArrayList<>();
    for (OffsetFetchRequestGroup group : groups) {
      answers.add(
          part.groups().isEmpty()
              ? grouped(group.groupId(), response)
              : response.groups().stream()
                  .filter(answer -> answer.groupId().equals(group.groupId()))
                  .findFirst()
                  .orElse(null));
    }
    return answers;
  }

  private static OffsetFetchResponseGroup grouped(String groupId, OffsetFetchResponse response) {
    OffsetFetchResponseGroup group =
        new OffsetFetchResponseGroup().groupId(groupId).errorCode(response.errorCode());
    for (OffsetFetchResponseTopic topic : response.topics()) {
      List<OffsetFetchResponsePartitions> partitions = new ArrayList<>();
      for (OffsetFetchResponsePartition partition : topic.partitions()) {
        partitions.add(
            new OffsetFetchResponsePartitions()
                .partitionIndex(partition.partitionIndex())
                .committedOffset(partition.committedOffset())
                .committedLeaderEpoch(partition.committedLeaderEpoch())
                .metadata(partition.metadata())
                .errorCode(partition.errorCode()));
      }
      group.topics().add(new OffsetFetchResponseTopics().name(topic.name()).partitions(partitions));
    }
    return group;
  }

  /** The group's error; up to version 1 it stands at each of its partitions. */
  @Override
  public ErrorCode error(OffsetFetchResponseGroup answer) {
    int code =
        answer.errorCode() != ErrorCode.NONE.code()
            ? answer.errorCode()
            : RequestKinds.common(
                answer.topics(),
                topic ->
                    RequestKinds.common(
                        topic.partitions(), OffsetFetchResponsePartitions::errorCode));
    return ErrorCode.of(code);
  }

  @Override
  public OffsetFetchResponseGroup refusal(
      OffsetFetchRequestGroup group, ErrorCode error, String why) {
    return new OffsetFetchResponseGroup().groupId(group.groupId()).errorCode(error.code());
  }

  @Override
  public OffsetFetchResponse merge(
      OffsetFetchRequest whole,
      List<OffsetFetchRequestGroup> groups,
      List<OffsetFetchResponseGroup> answers,
      List<OffsetFetchResponse> responses) {
    OffsetFetchResponse merged = new OffsetFetchResponse();
    for (OffsetFetchResponse response : responses) {
      merged.throttleTimeMs(Math.max(merged.throttleTimeMs(), response.throttleTimeMs()));
    }
    return whole.groups().isEmpty()
        ? ofOld(merged, answers.get(0))
        : merged.groups(new ArrayList<>(answers));
  }

  private static OffsetFetchResponse ofOld(
      OffsetFetchResponse merged, OffsetFetchResponseGroup only) {
    merged.errorCode(only.errorCode());
    for (OffsetFetchResponseTopics topic : only.topics()) {
      List<OffsetFetchResponsePartition> partitions = new ArrayList<>();
      for (OffsetFetchResponsePartitions partition : topic.partitions()) {
        partitions.add(
            new OffsetFetchResponsePartition()
                .partitionIndex(partition.partitionIndex())
                .committedOffset(partition.committedOffset())
                .committedLeaderEpoch(partition.committedLeaderEpoch())
                .metadata(partition.metadata())
                .errorCode(partition.errorCode()));
      }
      merged.topics().add(new OffsetFetchResponseTopic().name(topic.name()).partitions(partitions));
    }
    return merged;
  }
}
