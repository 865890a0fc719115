package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.DeleteRecordsRequest;
import io.ottla.protocol.message.DeleteRecordsRequest.DeleteRecordsPartition;
import io.ottla.protocol.message.DeleteRecordsRequest.DeleteRecordsTopic;
import io.ottla.protocol.message.DeleteRecordsResponse;
import io.ottla.protocol.message.DeleteRecordsResponse.DeleteRecordsPartitionResult;
import io.ottla.protocol.message.DeleteRecordsResponse.DeleteRecordsTopicResult;
import io.ottla.protocol.message.ErrorCode;
import java.util.List;
import java.util.UUID;

/** Records to delete, each told to the leader of its partition. */
final class DeleteRecordsSplit
    extends PartitionSplit<
        DeleteRecordsRequest,
        DeleteRecordsResponse,
        DeleteRecordsTopic,
        DeleteRecordsPartition,
        DeleteRecordsTopicResult,
        DeleteRecordsPartitionResult> {
  @Override
  List<DeleteRecordsTopic> topics(DeleteRecordsRequest request) {
    return request.topics();
  }

  @Override
  String name(DeleteRecordsTopic topic) {
    return topic.name();
  }

  @Override
  List<DeleteRecordsPartition> partitions(DeleteRecordsTopic topic) {
    return topic.partitions();
  }

  @Override
  int index(DeleteRecordsPartition partition) {
    return partition.partitionIndex();
  }

  @Override
  DeleteRecordsRequest shell(DeleteRecordsRequest whole) {
    return new DeleteRecordsRequest().timeoutMs(whole.timeoutMs());
  }

  @Override
  void addTopic(
      DeleteRecordsRequest part, String name, UUID id, List<DeleteRecordsPartition> partitions) {
    part.topics().add(new DeleteRecordsTopic().name(name).partitions(partitions));
  }

  @Override
  List<DeleteRecordsTopicResult> answered(DeleteRecordsResponse response) {
    return response.topics();
  }

  @Override
  String answeredName(DeleteRecordsTopicResult topic) {
    return topic.name();
  }

  @Override
  List<DeleteRecordsPartitionResult> answeredPartitions(DeleteRecordsTopicResult topic) {
    return topic.partitions();
  }

  @Override
  int answeredIndex(DeleteRecordsPartitionResult partition) {
    return partition.partitionIndex();
  }

  @Override
  public ErrorCode error(DeleteRecordsPartitionResult answer) {
    return ErrorCode.of(answer.errorCode());
  }

  @Override
  public DeleteRecordsPartitionResult refusal(
      PartitionPiece<DeleteRecordsTopic, DeleteRecordsPartition> piece,
      ErrorCode error,
      String why) {
    return new DeleteRecordsPartitionResult()
        .partitionIndex(piece.target().partition())
        .errorCode(error.code())
        .lowWatermark(-1);
  }

  @Override
  DeleteRecordsResponse emptyAnswer(
      DeleteRecordsRequest whole, List<DeleteRecordsResponse> responses) {
    DeleteRecordsResponse merged = new DeleteRecordsResponse();
    for (DeleteRecordsResponse response : responses) {
      merged.throttleTimeMs(Math.max(merged.throttleTimeMs(), response.throttleTimeMs()));
    }
    return merged;
  }

  @Override
  void addAnswer(
      DeleteRecordsResponse merged,
      String name,
      UUID id,
      List<DeleteRecordsPartitionResult> partitions) {
    merged.topics().add(new DeleteRecordsTopicResult().name(name).partitions(partitions));
  }
}
