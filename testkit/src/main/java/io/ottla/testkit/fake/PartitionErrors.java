package io.ottla.testkit.fake;

import io.ottla.protocol.message.DeleteRecordsRequest;
import io.ottla.protocol.message.DeleteRecordsResponse;
import io.ottla.protocol.message.DescribeProducersRequest;
import io.ottla.protocol.message.DescribeProducersResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsResponse;
import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetCommitResponse;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest;
import io.ottla.protocol.message.OffsetForLeaderEpochResponse;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceResponse;
import java.nio.ByteBuffer;

/** Answers that refuse each partition that was asked for with the same error. */
final class PartitionErrors {
  private static final int FIRST_FETCH_WITH_TOP_ERROR = 7;
  private static final long NO_OFFSET = -1;

  private PartitionErrors() {}

  static ProduceResponse of(ProduceRequest request, short code) {
    ProduceResponse response = new ProduceResponse();
    for (ProduceRequest.TopicProduceData topic : request.topicData()) {
      ProduceResponse.TopicProduceResponse answer =
          new ProduceResponse.TopicProduceResponse().name(topic.name()).topicId(topic.topicId());
      topic
          .partitionData()
          .forEach(
              partition ->
                  answer
                      .partitionResponses()
                      .add(
                          new ProduceResponse.PartitionProduceResponse()
                              .index(partition.index())
                              .errorCode(code)
                              .baseOffset(NO_OFFSET)
                              .logStartOffset(NO_OFFSET)));
      response.responses().add(answer);
    }
    return response;
  }

  /** With an error on top alone where it has a place there: whatever the session holds. */
  static FetchResponse of(FetchRequest request, short code, int version) {
    FetchResponse response = new FetchResponse();
    if (version >= FIRST_FETCH_WITH_TOP_ERROR && isOfSession(code)) {
      return response.errorCode(code);
    }
    for (FetchRequest.FetchTopic topic : request.topics()) {
      FetchResponse.FetchableTopicResponse answer =
          new FetchResponse.FetchableTopicResponse().topic(topic.topic()).topicId(topic.topicId());
      topic
          .partitions()
          .forEach(
              partition ->
                  answer
                      .partitions()
                      .add(
                          new FetchResponse.PartitionData()
                              .partitionIndex(partition.partition())
                              .errorCode(code)
                              .highWatermark(NO_OFFSET)
                              .lastStableOffset(NO_OFFSET)
                              .logStartOffset(NO_OFFSET)
                              .records(ByteBuffer.allocate(0))));
      response.responses().add(answer);
    }
    // A request of a session may name no partition; then the error can stand on top alone.
    return response.responses().isEmpty() && version >= FIRST_FETCH_WITH_TOP_ERROR
        ? response.errorCode(code)
        : response;
  }

  private static boolean isOfSession(short code) {
    return code == ErrorCode.FETCH_SESSION_ID_NOT_FOUND.code()
        || code == ErrorCode.INVALID_FETCH_SESSION_EPOCH.code()
        || code == ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR.code()
        || code == ErrorCode.UNKNOWN_SERVER_ERROR.code();
  }

  static ListOffsetsResponse of(ListOffsetsRequest request, short code) {
    ListOffsetsResponse response = new ListOffsetsResponse();
    for (ListOffsetsRequest.ListOffsetsTopic topic : request.topics()) {
      ListOffsetsResponse.ListOffsetsTopicResponse answer =
          new ListOffsetsResponse.ListOffsetsTopicResponse().name(topic.name());
      topic
          .partitions()
          .forEach(
              partition ->
                  answer
                      .partitions()
                      .add(
                          new ListOffsetsResponse.ListOffsetsPartitionResponse()
                              .partitionIndex(partition.partitionIndex())
                              .errorCode(code)));
      response.topics().add(answer);
    }
    return response;
  }

  static OffsetForLeaderEpochResponse of(OffsetForLeaderEpochRequest request, short code) {
    OffsetForLeaderEpochResponse response = new OffsetForLeaderEpochResponse();
    for (OffsetForLeaderEpochRequest.OffsetForLeaderTopic topic : request.topics()) {
      OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult answer =
          new OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult().topic(topic.topic());
      topic
          .partitions()
          .forEach(
              partition ->
                  answer
                      .partitions()
                      .add(
                          new OffsetForLeaderEpochResponse.EpochEndOffset()
                              .partition(partition.partition())
                              .errorCode(code)));
      response.topics().add(answer);
    }
    return response;
  }

  static DeleteRecordsResponse of(DeleteRecordsRequest request, short code) {
    DeleteRecordsResponse response = new DeleteRecordsResponse();
    for (DeleteRecordsRequest.DeleteRecordsTopic topic : request.topics()) {
      DeleteRecordsResponse.DeleteRecordsTopicResult answer =
          new DeleteRecordsResponse.DeleteRecordsTopicResult().name(topic.name());
      topic
          .partitions()
          .forEach(
              partition ->
                  answer
                      .partitions()
                      .add(
                          new DeleteRecordsResponse.DeleteRecordsPartitionResult()
                              .partitionIndex(partition.partitionIndex())
                              .lowWatermark(NO_OFFSET)
                              .errorCode(code)));
      response.topics().add(answer);
    }
    return response;
  }

  static DescribeProducersResponse of(DescribeProducersRequest request, short code) {
    DescribeProducersResponse response = new DescribeProducersResponse();
    for (DescribeProducersRequest.TopicRequest topic : request.topics()) {
      DescribeProducersResponse.TopicResponse answer =
          new DescribeProducersResponse.TopicResponse().name(topic.name());
      topic
          .partitionIndexes()
          .forEach(
              index ->
                  answer
                      .partitions()
                      .add(
                          new DescribeProducersResponse.PartitionResponse()
                              .partitionIndex(index)
                              .errorCode(code)));
      response.topics().add(answer);
    }
    return response;
  }

  static OffsetCommitResponse of(OffsetCommitRequest request, short code) {
    OffsetCommitResponse response = new OffsetCommitResponse();
    for (OffsetCommitRequest.OffsetCommitRequestTopic topic : request.topics()) {
      OffsetCommitResponse.OffsetCommitResponseTopic answer =
          new OffsetCommitResponse.OffsetCommitResponseTopic()
              .name(topic.name())
              .topicId(topic.topicId());
      topic
          .partitions()
          .forEach(
              partition ->
                  answer
                      .partitions()
                      .add(
                          new OffsetCommitResponse.OffsetCommitResponsePartition()
                              .partitionIndex(partition.partitionIndex())
                              .errorCode(code)));
      response.topics().add(answer);
    }
    return response;
  }
}
