package io.ottla.testkit.bench;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.FindCoordinatorResponse;
import io.ottla.protocol.message.InitProducerIdRequest;
import io.ottla.protocol.message.InitProducerIdResponse;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.ottla.protocol.message.ListOffsetsResponse;
import io.ottla.protocol.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.ottla.protocol.message.ListOffsetsResponse.ListOffsetsTopicResponse;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataRequest.MetadataRequestTopic;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseBroker;
import io.ottla.protocol.message.MetadataResponse.MetadataResponsePartition;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseTopic;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest;
import io.ottla.protocol.message.OffsetForLeaderEpochResponse;
import io.ottla.protocol.message.OffsetForLeaderEpochResponse.EpochEndOffset;
import io.ottla.protocol.message.OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the null broker answers to all but Produce and Fetch. Thread: the broker's. */
final class SmallAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(SmallAnswers.class);
  private static final long EARLIEST = -2;
  private static final long LATEST = -1;
  private static final long UNKNOWN = -1;
  private static final String NO_GROUPS =
      "the null broker has no groups and no transactions; consume with assign()";

  private final NullTopics topics;
  private final String clusterId;
  private final int port;
  private final long endOffset;
  private long nextProducerId;

  SmallAnswers(NullTopics topics, String clusterId, int port, long endOffset) {
    this.topics = topics;
    this.clusterId = clusterId;
    this.port = port;
    this.endOffset = endOffset;
  }

  MetadataResponse metadata(MetadataRequest request, int version) {
    MetadataResponse response =
        new MetadataResponse()
            .clusterId(clusterId)
            .controllerId(NullBroker.ID)
            .brokers(
                List.of(
                    new MetadataResponseBroker()
                        .nodeId(NullBroker.ID)
                        .host(NullBroker.HOST)
                        .port(port)));
    List<MetadataResponseTopic> answers = new ArrayList<>();
    List<MetadataRequestTopic> asked = request.topics();
    if (asked == null || (version == 0 && asked.isEmpty())) {
      topics.all().forEach(topic -> answers.add(described(topic)));
    } else {
      for (MetadataRequestTopic one : asked) {
        NullTopic topic = topics.find(one.name(), one.topicId());
        answers.add(topic == null ? unknown(one) : described(topic));
      }
    }
    return response.topics(answers);
  }

  private static MetadataResponseTopic unknown(MetadataRequestTopic asked) {
    boolean byId = !asked.topicId().equals(WireReader.ZERO_UUID);
    return new MetadataResponseTopic()
        .errorCode(
            (byId ? ErrorCode.UNKNOWN_TOPIC_ID : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION).code())
        .name(asked.name())
        .topicId(asked.topicId());
  }

  private static MetadataResponseTopic described(NullTopic topic) {
    List<MetadataResponsePartition> partitions = new ArrayList<>();
    for (int i = 0; i < topic.partitions(); i++) {
      partitions.add(
          new MetadataResponsePartition()
              .partitionIndex(i)
              .leaderId(NullBroker.ID)
              .leaderEpoch(NullBroker.LEADER_EPOCH)
              .replicaNodes(List.of(NullBroker.ID))
              .isrNodes(List.of(NullBroker.ID)));
    }
    return new MetadataResponseTopic()
        .name(topic.name())
        .topicId(topic.id())
        .partitions(partitions);
  }

  InitProducerIdResponse initProducerId(InitProducerIdRequest request) {
    InitProducerIdResponse response = new InitProducerIdResponse();
    if (request.transactionalId() != null) {
      LOG.warn("InitProducerId is refused: {}", NO_GROUPS);
      return response
          .errorCode(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED.code())
          .producerId(-1)
          .producerEpoch((short) -1);
    }
    nextProducerId++;
    return response.producerId(nextProducerId).producerEpoch((short) 0);
  }

  FindCoordinatorResponse findCoordinator(FindCoordinatorRequest request, int version) {
    LOG.warn("FindCoordinator is refused: {}", NO_GROUPS);
    short error = ErrorCode.INVALID_REQUEST.code();
    if (version < 4) {
      return new FindCoordinatorResponse()
          .errorCode(error)
          .errorMessage(version < 1 ? null : NO_GROUPS)
          .nodeId(-1)
          .host("")
          .port(-1);
    }
    return new FindCoordinatorResponse()
        .coordinators(
            request.coordinatorKeys().stream()
                .map(
                    key ->
                        new FindCoordinatorResponse.Coordinator()
                            .key(key)
                            .errorCode(error)
                            .errorMessage(NO_GROUPS)
                            .nodeId(-1)
                            .host("")
                            .port(-1))
                .toList());
  }

  ListOffsetsResponse listOffsets(ListOffsetsRequest request, int version) {
    List<ListOffsetsTopicResponse> answers = new ArrayList<>();
    for (ListOffsetsRequest.ListOffsetsTopic asked : request.topics()) {
      NullTopic topic = topics.named(asked.name());
      answers.add(
          new ListOffsetsTopicResponse()
              .name(asked.name())
              .partitions(
                  asked.partitions().stream()
                      .map(partition -> offset(topic, partition, version))
                      .toList()));
    }
    return new ListOffsetsResponse().topics(answers);
  }

  private ListOffsetsPartitionResponse offset(
      @Nullable NullTopic topic, ListOffsetsPartition asked, int version) {
    ListOffsetsPartitionResponse answer =
        new ListOffsetsPartitionResponse()
            .partitionIndex(asked.partitionIndex())
            .timestamp(UNKNOWN)
            .offset(UNKNOWN);
    if (topic == null || !topic.hasPartition(asked.partitionIndex())) {
      return answer.errorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code());
    }
    if (asked.timestamp() != EARLIEST && asked.timestamp() != LATEST) {
      LOG.warn("ListOffsets by time is refused: the null broker does not look at records");
      return answer.errorCode(ErrorCode.INVALID_REQUEST.code());
    }
    if (version >= 4) {
      answer.leaderEpoch(NullBroker.LEADER_EPOCH);
    }
    return answer.offset(asked.timestamp() == EARLIEST ? 0 : endOffset);
  }

  OffsetForLeaderEpochResponse offsetForLeaderEpoch(OffsetForLeaderEpochRequest request) {
    List<OffsetForLeaderTopicResult> answers = new ArrayList<>();
    for (OffsetForLeaderEpochRequest.OffsetForLeaderTopic asked : request.topics()) {
      NullTopic topic = topics.named(asked.topic());
      List<EpochEndOffset> ends = new ArrayList<>();
      for (OffsetForLeaderEpochRequest.OffsetForLeaderPartition one : asked.partitions()) {
        EpochEndOffset end = new EpochEndOffset().partition(one.partition());
        boolean known = topic != null && topic.hasPartition(one.partition());
        ends.add(
            known
                ? end.leaderEpoch(NullBroker.LEADER_EPOCH).endOffset(endOffset)
                : end.errorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code()));
      }
      answers.add(new OffsetForLeaderTopicResult().topic(asked.topic()).partitions(ends));
    }
    return new OffsetForLeaderEpochResponse().topics(answers);
  }
}
