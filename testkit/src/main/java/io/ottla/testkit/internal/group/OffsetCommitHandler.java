package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.ottla.protocol.message.OffsetCommitResponse;
import io.ottla.protocol.message.OffsetCommitResponse.OffsetCommitResponsePartition;
import io.ottla.protocol.message.OffsetCommitResponse.OffsetCommitResponseTopic;
import io.ottla.testkit.internal.wire.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * OffsetCommit. What the cluster's topics do not have is refused partition by partition; the group
 * decides about all the rest at once.
 *
 * <p>Thread: the cluster's loop.
 */
final class OffsetCommitHandler {
  /** From this version on topics go by id. */
  private static final int TOPIC_ID_VERSION = 10;

  /** From this version on a group that does not exist has an error of its own. */
  private static final int GROUP_NOT_FOUND_VERSION = 9;

  private static final int DEFAULT_TIME = -1;

  private final GroupCoordinator coordinator;

  OffsetCommitHandler(GroupCoordinator coordinator) {
    this.coordinator = coordinator;
  }

  /** A partition that exists, and where its outcome goes. */
  private record Commit(
      String topic,
      UUID topicId,
      OffsetCommitRequestPartition asked,
      OffsetCommitResponsePartition answer) {
    void refuse(ErrorCode error) {
      answer.errorCode(error.code());
    }
  }

  void handle(Exchange<OffsetCommitRequest, OffsetCommitResponse> exchange) {
    OffsetCommitResponse response = new OffsetCommitResponse();
    List<Commit> commits = new ArrayList<>();
    for (OffsetCommitRequestTopic topic : exchange.request().topics()) {
      response.topics().add(resolve(topic, exchange.version(), commits));
    }
    if (!commits.isEmpty()) {
      if (exchange.version() == 0) {
        commitWithoutGroup(exchange.request(), commits);
      } else {
        ErrorCode error = commit(exchange, commits);
        if (error != ErrorCode.NONE) {
          commits.forEach(commit -> commit.refuse(error));
        }
      }
    }
    exchange.answer(response);
  }

  private OffsetCommitResponseTopic resolve(
      OffsetCommitRequestTopic asked, int version, List<Commit> commits) {
    GroupTopics topics = coordinator.topics();
    boolean isById = version >= TOPIC_ID_VERSION;
    String name = isById ? topics.name(asked.topicId()) : asked.name();
    UUID id = isById ? asked.topicId() : topics.id(asked.name());
    ErrorCode missing =
        isById && name == null ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    OffsetCommitResponseTopic answer = new OffsetCommitResponseTopic();
    if (isById) {
      answer.topicId(asked.topicId());
    } else {
      answer.name(asked.name());
    }
    int partitions = name == null ? 0 : topics.partitions(name);
    for (OffsetCommitRequestPartition partition : asked.partitions()) {
      int index = partition.partitionIndex();
      OffsetCommitResponsePartition outcome =
          new OffsetCommitResponsePartition().partitionIndex(index);
      answer.partitions().add(outcome);
      if (name == null || id == null || index < 0 || index >= partitions) {
        outcome.errorCode(missing.code());
      } else {
        commits.add(new Commit(name, id, partition, outcome));
      }
    }
    return answer;
  }

  /** Version 0 keeps offsets in ZooKeeper: at any broker, for anybody. */
  private void commitWithoutGroup(OffsetCommitRequest request, List<Commit> commits) {
    for (Commit commit : commits) {
      if (isMetadataTooLarge(commit.asked.committedMetadata())) {
        commit.refuse(ErrorCode.OFFSET_METADATA_TOO_LARGE);
      } else {
        put(coordinator.zooKeeperOffsets(), request, commit);
      }
    }
  }

  private ErrorCode commit(
      Exchange<OffsetCommitRequest, OffsetCommitResponse> exchange, List<Commit> commits) {
    OffsetCommitRequest request = exchange.request();
    ErrorCode error = coordinator.checkAnyId(request.groupId(), exchange.brokerId());
    if (error != ErrorCode.NONE) {
      return error;
    }
    Committer committer =
        new Committer(
            request.memberId(),
            request.groupInstanceId(),
            request.generationIdOrMemberEpoch(),
            exchange.version());
    Group group = coordinator.groups().find(request.groupId());
    if (group == null) {
      if (committer.epoch() >= 0) {
        return exchange.version() >= GROUP_NOT_FOUND_VERSION
            ? ErrorCode.GROUP_ID_NOT_FOUND
            : ErrorCode.ILLEGAL_GENERATION;
      }
      group = new ClassicGroup(request.groupId(), coordinator);
      coordinator.groups().add(group);
    }
    return commit(group, committer, request, commits);
  }

  private ErrorCode commit(
      Group group, Committer committer, OffsetCommitRequest request, List<Commit> commits) {
    ErrorCode error = group.checkCommit(committer);
    if (error != ErrorCode.NONE) {
      return error;
    }
    for (Commit commit : commits) {
      error =
          isMetadataTooLarge(commit.asked.committedMetadata())
              ? ErrorCode.NONE
              : group.checkCommit(
                  committer, commit.topic, commit.topicId, commit.asked.partitionIndex());
      if (error != ErrorCode.NONE) {
        return error; // one partition that may not be committed refuses them all
      }
    }
    group.onCommit(committer);
    for (Commit commit : commits) {
      if (isMetadataTooLarge(commit.asked.committedMetadata())) {
        commit.refuse(ErrorCode.OFFSET_METADATA_TOO_LARGE);
      } else {
        put(coordinator.offsets(), request, commit);
      }
    }
    return ErrorCode.NONE;
  }

  private boolean isMetadataTooLarge(@Nullable String metadata) {
    return metadata != null && metadata.length() > coordinator.settings().maxOffsetMetadata();
  }

  private void put(GroupOffsets offsets, OffsetCommitRequest request, Commit commit) {
    long nowMillis = coordinator.timers().nowMillis();
    long committedAt = commit.asked.commitTimestamp();
    String metadata = commit.asked.committedMetadata();
    offsets.put(
        request.groupId(),
        commit.topic,
        commit.asked.partitionIndex(),
        new CommittedOffset(
            commit.asked.committedOffset(),
            commit.asked.committedLeaderEpoch(),
            metadata == null ? "" : metadata,
            committedAt == DEFAULT_TIME ? nowMillis : committedAt,
            request.retentionTimeMs() == DEFAULT_TIME
                ? CommittedOffset.BY_GROUP
                : nowMillis + request.retentionTimeMs(),
            commit.topicId));
  }
}
