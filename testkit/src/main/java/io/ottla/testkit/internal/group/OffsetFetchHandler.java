package io.ottla.testkit.internal.group;

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
import io.ottla.testkit.internal.wire.Exchange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * OffsetFetch. All versions are answered as the batch of groups that the newer ones are, and put
 * into the older form at the end.
 *
 * <p>Thread: the cluster's loop.
 */
final class OffsetFetchHandler {
  /** From this version on an error can be one of the group. */
  private static final int GROUP_ERROR_VERSION = 2;

  /** From this version on a request is about several groups. */
  private static final int BATCH_VERSION = 8;

  /** From this version on topics go by id. */
  private static final int TOPIC_ID_VERSION = 10;

  private static final long NO_OFFSET = -1;
  private static final List<OffsetFetchRequestTopics> NO_TOPICS = List.of();

  private final GroupCoordinator coordinator;

  OffsetFetchHandler(GroupCoordinator coordinator) {
    this.coordinator = coordinator;
  }

  void handle(Exchange<OffsetFetchRequest, OffsetFetchResponse> exchange) {
    OffsetFetchRequest request = exchange.request();
    if (exchange.version() == 0) {
      exchange.answer(fetchWithoutGroup(request));
    } else if (exchange.version() >= BATCH_VERSION) {
      OffsetFetchResponse response = new OffsetFetchResponse();
      for (OffsetFetchRequestGroup group : request.groups()) {
        response.groups().add(fetch(group, exchange));
      }
      exchange.answer(response);
    } else {
      OffsetFetchRequestGroup group =
          new OffsetFetchRequestGroup().groupId(request.groupId()).topics(asTopics(request));
      exchange.answer(asOldResponse(fetch(group, exchange)));
    }
  }

  /** Version 0 reads what was kept in ZooKeeper, and has no word for "nothing there". */
  private OffsetFetchResponse fetchWithoutGroup(OffsetFetchRequest request) {
    OffsetFetchResponseGroup group = new OffsetFetchResponseGroup();
    List<OffsetFetchRequestTopics> topics = asTopics(request);
    for (OffsetFetchRequestTopics topic : topics == null ? NO_TOPICS : topics) {
      OffsetFetchResponseTopics answer = new OffsetFetchResponseTopics().name(topic.name());
      group.topics().add(answer);
      for (int partition : topic.partitionIndexes()) {
        CommittedOffset offset =
            coordinator.zooKeeperOffsets().find(request.groupId(), topic.name(), partition);
        answer
            .partitions()
            .add(
                offset == null
                    ? none(partition, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
                    : found(partition, offset));
      }
    }
    return asOldResponse(group);
  }

  private OffsetFetchResponseGroup fetch(
      OffsetFetchRequestGroup asked, Exchange<OffsetFetchRequest, OffsetFetchResponse> exchange) {
    OffsetFetchResponseGroup answer = new OffsetFetchResponseGroup().groupId(asked.groupId());
    ErrorCode error = coordinator.checkAnyId(asked.groupId(), exchange.brokerId());
    Group group = error == ErrorCode.NONE ? coordinator.groups().find(asked.groupId()) : null;
    if (group != null) {
      error = group.checkFetch(asked.memberId(), asked.memberEpoch());
    }
    if (error != ErrorCode.NONE) {
      return refused(answer, asked, error, exchange.version());
    }
    boolean requiresStable = exchange.request().requireStable();
    boolean isById = exchange.version() >= TOPIC_ID_VERSION;
    List<OffsetFetchRequestTopics> topics = asked.topics();
    if (topics == null) {
      answer.topics().addAll(fetchAll(asked.groupId(), isById, requiresStable));
      return answer;
    }
    List<OffsetFetchResponseTopics> unknown = new ArrayList<>();
    for (OffsetFetchRequestTopics topic : topics) {
      String name = isById ? coordinator.topics().name(topic.topicId()) : topic.name();
      if (name == null) {
        unknown.add(unknownTopic(topic, ErrorCode.UNKNOWN_TOPIC_ID));
      } else {
        OffsetFetchResponseTopics found =
            new OffsetFetchResponseTopics().name(name).topicId(topic.topicId());
        answer.topics().add(found);
        fetch(asked.groupId(), found, topic.partitionIndexes(), requiresStable);
      }
    }
    answer.topics().addAll(unknown);
    return answer;
  }

  /** An error of the whole group; the first versions can only say it for each partition. */
  private static OffsetFetchResponseGroup refused(
      OffsetFetchResponseGroup answer,
      OffsetFetchRequestGroup asked,
      ErrorCode error,
      int version) {
    List<OffsetFetchRequestTopics> topics = asked.topics();
    if (version < GROUP_ERROR_VERSION && topics != null) {
      topics.forEach(topic -> answer.topics().add(unknownTopic(topic, error)));
    }
    return answer.errorCode(error.code());
  }

  /** Everything that is committed, also of a topic that was recreated since. */
  private List<OffsetFetchResponseTopics> fetchAll(
      String groupId, boolean isById, boolean requiresStable) {
    List<OffsetFetchResponseTopics> topics = new ArrayList<>();
    coordinator
        .offsets()
        .of(groupId)
        .forEach(
            (name, partitions) -> {
              UUID id = coordinator.topics().id(name);
              if (!isById || id != null) {
                OffsetFetchResponseTopics found = new OffsetFetchResponseTopics().name(name);
                topics.add(found);
                fetch(groupId, found, partitions.keySet(), requiresStable);
                found.topicId(id == null ? CommittedOffset.NO_TOPIC_ID : id);
              }
            });
    return topics;
  }

  /** Adds what is committed of some partitions to the topic that is answered. */
  private void fetch(
      String groupId,
      OffsetFetchResponseTopics topic,
      Collection<Integer> partitions,
      boolean requiresStable) {
    GroupOffsets offsets = coordinator.offsets();
    for (int partition : partitions) {
      CommittedOffset offset = offsets.find(groupId, topic.name(), partition);
      if (requiresStable && offsets.isUnstable(groupId, topic.name(), partition)) {
        topic.partitions().add(none(partition, ErrorCode.UNSTABLE_OFFSET_COMMIT));
      } else if (offset == null || isOfAnotherTopic(offset, topic.topicId())) {
        topic.partitions().add(none(partition, ErrorCode.NONE));
      } else {
        topic.partitions().add(found(partition, offset));
      }
    }
  }

  /** Whether the topic has been recreated since; only those who ask by id are told. */
  private static boolean isOfAnotherTopic(CommittedOffset offset, UUID askedId) {
    return !askedId.equals(CommittedOffset.NO_TOPIC_ID)
        && !offset.topicId().equals(CommittedOffset.NO_TOPIC_ID)
        && !offset.topicId().equals(askedId);
  }

  private static OffsetFetchResponseTopics unknownTopic(
      OffsetFetchRequestTopics topic, ErrorCode error) {
    OffsetFetchResponseTopics answer =
        new OffsetFetchResponseTopics().name(topic.name()).topicId(topic.topicId());
    topic.partitionIndexes().forEach(partition -> answer.partitions().add(none(partition, error)));
    return answer;
  }

  private static OffsetFetchResponsePartitions none(int partition, ErrorCode error) {
    return new OffsetFetchResponsePartitions()
        .partitionIndex(partition)
        .committedOffset(NO_OFFSET)
        .metadata("")
        .errorCode(error.code());
  }

  private static OffsetFetchResponsePartitions found(int partition, CommittedOffset offset) {
    return new OffsetFetchResponsePartitions()
        .partitionIndex(partition)
        .committedOffset(offset.offset())
        .committedLeaderEpoch(offset.leaderEpoch())
        .metadata(offset.metadata());
  }

  private static @Nullable List<OffsetFetchRequestTopics> asTopics(OffsetFetchRequest request) {
    List<OffsetFetchRequestTopic> topics = request.topics();
    return topics == null
        ? null
        : topics.stream()
            .map(
                topic ->
                    new OffsetFetchRequestTopics()
                        .name(topic.name())
                        .partitionIndexes(topic.partitionIndexes()))
            .toList();
  }

  private static OffsetFetchResponse asOldResponse(OffsetFetchResponseGroup group) {
    OffsetFetchResponse response = new OffsetFetchResponse().errorCode(group.errorCode());
    for (OffsetFetchResponseTopics topic : group.topics()) {
      OffsetFetchResponseTopic old = new OffsetFetchResponseTopic().name(topic.name());
      response.topics().add(old);
      for (OffsetFetchResponsePartitions partition : topic.partitions()) {
        old.partitions()
            .add(
                new OffsetFetchResponsePartition()
                    .partitionIndex(partition.partitionIndex())
                    .committedOffset(partition.committedOffset())
                    .committedLeaderEpoch(partition.committedLeaderEpoch())
                    .metadata(partition.metadata())
                    .errorCode(partition.errorCode()));
      }
    }
    return response;
  }
}
