package io.ottla.testkit.behaviour;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.ottla.protocol.message.OffsetFetchRequest;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.ottla.protocol.message.OffsetFetchResponse;
import io.ottla.protocol.message.OffsetFetchResponse.OffsetFetchResponseGroup;
import io.ottla.protocol.message.OffsetFetchResponse.OffsetFetchResponsePartition;
import io.ottla.protocol.message.OffsetFetchResponse.OffsetFetchResponsePartitions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Committing and fetching offsets of one partition, in any version. */
final class Offsets {
  static final int COMMIT = OffsetCommitRequest.HIGHEST_VERSION;
  static final int FETCH = OffsetFetchRequest.HIGHEST_VERSION;

  private Offsets() {}

  /** A commit by nobody, as programs without a group's assignment do. */
  static OffsetCommitRequest commit(
      String group, Topic topic, int partition, long offset, @Nullable String metadata, int v) {
    OffsetCommitRequestTopic of =
        new OffsetCommitRequestTopic()
            .partitions(
                List.of(
                    new OffsetCommitRequestPartition()
                        .partitionIndex(partition)
                        .committedOffset(offset)
                        .committedLeaderEpoch(-1)
                        .committedMetadata(metadata)));
    if (v >= 10) {
      of.topicId(topic.id());
    } else {
      of.name(topic.name());
    }
    return new OffsetCommitRequest()
        .groupId(group)
        .generationIdOrMemberEpoch(-1)
        .topics(List.of(of));
  }

  /** What is said of the one partition. */
  static ErrorCode send(RawConnection connection, OffsetCommitRequest request, int version) {
    return ErrorCode.of(
        Behaviour.only(Behaviour.only(connection.ask(request, version).topics()).partitions())
            .errorCode());
  }

  static OffsetFetchRequest fetch(String group, Topic topic, int partition, int version) {
    if (version < 8) {
      return new OffsetFetchRequest()
          .groupId(group)
          .topics(
              List.of(
                  new OffsetFetchRequestTopic()
                      .name(topic.name())
                      .partitionIndexes(List.of(partition))));
    }
    OffsetFetchRequestTopics of =
        new OffsetFetchRequestTopics().partitionIndexes(List.of(partition));
    if (version >= 10) {
      of.topicId(topic.id());
    } else {
      of.name(topic.name());
    }
    return new OffsetFetchRequest()
        .groups(List.of(new OffsetFetchRequestGroup().groupId(group).topics(List.of(of))));
  }

  /** The one partition, in the newest form whatever the version. */
  static OffsetFetchResponsePartitions committed(
      RawConnection connection, OffsetFetchRequest request, int version) {
    OffsetFetchResponse answer = connection.ask(request, version);
    if (version >= 8) {
      OffsetFetchResponseGroup group = Behaviour.only(answer.groups());
      return Behaviour.only(Behaviour.only(group.topics()).partitions());
    }
    OffsetFetchResponsePartition old = Behaviour.only(Behaviour.only(answer.topics()).partitions());
    return new OffsetFetchResponsePartitions()
        .partitionIndex(old.partitionIndex())
        .committedOffset(old.committedOffset())
        .committedLeaderEpoch(old.committedLeaderEpoch())
        .metadata(old.metadata())
        .errorCode(old.errorCode());
  }
}
