package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest.OffsetForLeaderPartition;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest.OffsetForLeaderTopic;
import io.ottla.protocol.message.OffsetForLeaderEpochResponse;
import io.ottla.protocol.message.OffsetForLeaderEpochResponse.EpochEndOffset;
import io.ottla.protocol.message.OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult;
import java.util.List;
import java.util.UUID;

/** Questions for the ends of epochs, each to the leader of its partition. */
final class OffsetForLeaderEpochSplit
    extends PartitionSplit<
        OffsetForLeaderEpochRequest,
        OffsetForLeaderEpochResponse,
        OffsetForLeaderTopic,
        OffsetForLeaderPartition,
        OffsetForLeaderTopicResult,
        EpochEndOffset> {
  @Override
  List<OffsetForLeaderTopic> topics(OffsetForLeaderEpochRequest request) {
    return request.topics();
  }

  @Override
  String name(OffsetForLeaderTopic topic) {
    return topic.topic();
  }

  @Override
  List<OffsetForLeaderPartition> partitions(OffsetForLeaderTopic topic) {
    return topic.partitions();
  }

  @Override
  int index(OffsetForLeaderPartition partition) {
    return partition.partition();
  }

  @Override
  OffsetForLeaderEpochRequest shell(OffsetForLeaderEpochRequest whole) {
    return new OffsetForLeaderEpochRequest().replicaId(whole.replicaId());
  }

  @Override
  void addTopic(
      OffsetForLeaderEpochRequest part,
      String name,
      UUID id,
      List<OffsetForLeaderPartition> partitions) {
    part.topics().add(new OffsetForLeaderTopic().topic(name).partitions(partitions));
  }

  @Override
  List<OffsetForLeaderTopicResult> answered(OffsetForLeaderEpochResponse response) {
    return response.topics();
  }

  @Override
  String answeredName(OffsetForLeaderTopicResult topic) {
    return topic.topic();
  }

  @Override
  List<EpochEndOffset> answeredPartitions(OffsetForLeaderTopicResult topic) {
    return topic.partitions();
  }

  @Override
  int answeredIndex(EpochEndOffset partition) {
    return partition.partition();
  }

  @Override
  public ErrorCode error(EpochEndOffset answer) {
    return ErrorCode.of(answer.errorCode());
  }

  @Override
  public EpochEndOffset refusal(
      PartitionPiece<OffsetForLeaderTopic, OffsetForLeaderPartition> piece,
      ErrorCode error,
      String why) {
    return new EpochEndOffset()
        .partition(piece.target().partition())
        .errorCode(error.code())
        .leaderEpoch(-1)
        .endOffset(-1);
  }

  @Override
  OffsetForLeaderEpochResponse emptyAnswer(
      OffsetForLeaderEpochRequest whole, List<OffsetForLeaderEpochResponse> responses) {
    OffsetForLeaderEpochResponse merged = new OffsetForLeaderEpochResponse();
    for (OffsetForLeaderEpochResponse response : responses) {
      merged.throttleTimeMs(Math.max(merged.throttleTimeMs(), response.throttleTimeMs()));
    }
    return merged;
  }

  @Override
  void addAnswer(
      OffsetForLeaderEpochResponse merged, String name, UUID id, List<EpochEndOffset> partitions) {
    merged.topics().add(new OffsetForLeaderTopicResult().topic(name).partitions(partitions));
  }
}
