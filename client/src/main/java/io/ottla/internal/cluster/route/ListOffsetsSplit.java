package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.ottla.protocol.message.ListOffsetsResponse;
import io.ottla.protocol.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.ottla.protocol.message.ListOffsetsResponse.ListOffsetsTopicResponse;
import java.util.List;
import java.util.UUID;

/** Questions for offsets, each to the leader of its partition. */
final class ListOffsetsSplit
    extends PartitionSplit<
        ListOffsetsRequest,
        ListOffsetsResponse,
        ListOffsetsTopic,
        ListOffsetsPartition,
        ListOffsetsTopicResponse,
        ListOffsetsPartitionResponse> {
  @Override
  List<ListOffsetsTopic> topics(ListOffsetsRequest request) {
    return request.topics();
  }

  @Override
  String name(ListOffsetsTopic topic) {
    return topic.name();
  }

  @Override
  List<ListOffsetsPartition> partitions(ListOffsetsTopic topic) {
    return topic.partitions();
  }

  @Override
  int index(ListOffsetsPartition partition) {
    return partition.partitionIndex();
  }

  @Override
  ListOffsetsRequest shell(ListOffsetsRequest whole) {
    return new ListOffsetsRequest()
        .replicaId(whole.replicaId())
        .isolationLevel(whole.isolationLevel())
        .timeoutMs(whole.timeoutMs());
  }

  @Override
  void addTopic(
      ListOffsetsRequest part, String name, UUID id, List<ListOffsetsPartition> partitions) {
    part.topics().add(new ListOffsetsTopic().name(name).partitions(partitions));
  }

  @Override
  List<ListOffsetsTopicResponse> answered(ListOffsetsResponse response) {
    return response.topics();
  }

  @Override
  String answeredName(ListOffsetsTopicResponse topic) {
    return topic.name();
  }

  @Override
  List<ListOffsetsPartitionResponse> answeredPartitions(ListOffsetsTopicResponse topic) {
    return topic.partitions();
  }

  @Override
  int answeredIndex(ListOffsetsPartitionResponse partition) {
    return partition.partitionIndex();
  }

  @Override
  public ErrorCode error(ListOffsetsPartitionResponse answer) {
    return ErrorCode.of(answer.errorCode());
  }

  @Override
  public ListOffsetsPartitionResponse refusal(
      PartitionPiece<ListOffsetsTopic, ListOffsetsPartition> piece, ErrorCode error, String why) {
    return new ListOffsetsPartitionResponse()
        .partitionIndex(piece.target().partition())
        .errorCode(error.code())
        .timestamp(-1)
        .offset(-1)
        .leaderEpoch(-1);
  }

  @Override
  ListOffsetsResponse emptyAnswer(ListOffsetsRequest whole, List<ListOffsetsResponse> responses) {
    ListOffsetsResponse merged = new ListOffsetsResponse();
    for (ListOffsetsResponse response : responses) {
      merged.throttleTimeMs(Math.max(merged.throttleTimeMs(), response.throttleTimeMs()));
    }
    return merged;
  }

  @Override
  void addAnswer(
      ListOffsetsResponse merged,
      String name,
      UUID id,
      List<ListOffsetsPartitionResponse> partitions) {
    merged.topics().add(new ListOffsetsTopicResponse().name(name).partitions(partitions));
  }
}
