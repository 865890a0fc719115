package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.DescribeProducersRequest;
import io.ottla.protocol.message.DescribeProducersRequest.TopicRequest;
import io.ottla.protocol.message.DescribeProducersResponse;
import io.ottla.protocol.message.DescribeProducersResponse.PartitionResponse;
import io.ottla.protocol.message.DescribeProducersResponse.TopicResponse;
import io.ottla.protocol.message.ErrorCode;
import java.util.List;
import java.util.UUID;

/** Partitions whose producers are asked for, each of its leader. */
final class DescribeProducersSplit
    extends PartitionSplit<
        DescribeProducersRequest,
        DescribeProducersResponse,
        TopicRequest,
        Integer,
        TopicResponse,
        PartitionResponse> {
  @Override
  List<TopicRequest> topics(DescribeProducersRequest request) {
    return request.topics();
  }

  @Override
  String name(TopicRequest topic) {
    return topic.name();
  }

  @Override
  List<Integer> partitions(TopicRequest topic) {
    return topic.partitionIndexes();
  }

  @Override
  int index(Integer partition) {
    return partition;
  }

  @Override
  DescribeProducersRequest shell(DescribeProducersRequest whole) {
    return new DescribeProducersRequest();
  }

  @Override
  void addTopic(DescribeProducersRequest part, String name, UUID id, List<Integer> partitions) {
    part.topics().add(new TopicRequest().name(name).partitionIndexes(partitions));
  }

  @Override
  List<TopicResponse> answered(DescribeProducersResponse response) {
    return response.topics();
  }

  @Override
  String answeredName(TopicResponse topic) {
    return topic.name();
  }

  @Override
  List<PartitionResponse> answeredPartitions(TopicResponse topic) {
    return topic.partitions();
  }

  @Override
  int answeredIndex(PartitionResponse partition) {
    return partition.partitionIndex();
  }

  @Override
  public ErrorCode error(PartitionResponse answer) {
    return ErrorCode.of(answer.errorCode());
  }

  @Override
  public PartitionResponse refusal(
      PartitionPiece<TopicRequest, Integer> piece, ErrorCode error, String why) {
    return new PartitionResponse()
        .partitionIndex(piece.target().partition())
        .errorCode(error.code())
        .errorMessage(why);
  }

  @Override
  DescribeProducersResponse emptyAnswer(
      DescribeProducersRequest whole, List<DescribeProducersResponse> responses) {
    DescribeProducersResponse merged = new DescribeProducersResponse();
    for (DescribeProducersResponse response : responses) {
      merged.throttleTimeMs(Math.max(merged.throttleTimeMs(), response.throttleTimeMs()));
    }
    return merged;
  }

  @Override
  void addAnswer(
      DescribeProducersResponse merged, String name, UUID id, List<PartitionResponse> partitions) {
    merged.topics().add(new TopicResponse().name(name).partitions(partitions));
  }
}
