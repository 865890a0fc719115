package io.ottla.testkit.internal.admin;

import io.ottla.protocol.message.DescribeTopicPartitionsRequest;
import io.ottla.protocol.message.DescribeTopicPartitionsRequest.TopicRequest;
import io.ottla.protocol.message.DescribeTopicPartitionsResponse;
import io.ottla.protocol.message.DescribeTopicPartitionsResponse.Cursor;
import io.ottla.protocol.message.DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponsePartition;
import io.ottla.protocol.message.DescribeTopicPartitionsResponse.DescribeTopicPartitionsResponseTopic;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.TopicNames;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Describes topics by name, so many partitions at a time, and says where to go on (KIP-966). */
final class DescribeTopicPartitionsHandler
    implements Handler<DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse> {
  /** Kafka's default of max.request.partition.size.limit. */
  private static final int MAX_PARTITIONS = 2000;

  private final Topics topics;
  private final BrokerDirectory brokers;

  DescribeTopicPartitionsHandler(Topics topics, BrokerDirectory brokers) {
    this.topics = topics;
    this.brokers = brokers;
  }

  @Override
  public void handle(
      Exchange<DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse> exchange) {
    DescribeTopicPartitionsRequest request = exchange.request();
    DescribeTopicPartitionsRequest.Cursor cursor = request.cursor();
    boolean isAll = request.topics().isEmpty();
    SortedSet<String> names = new TreeSet<>();
    if (isAll) {
      topics.all().forEach(topic -> names.add(topic.name()));
    } else {
      request.topics().forEach(topic -> names.add(topic.name()));
    }
    if (cursor != null
        && (cursor.partitionIndex() < 0 || (!isAll && !names.contains(cursor.topicName())))) {
      exchange.answer(failed(request, ErrorCode.INVALID_REQUEST));
      return;
    }
    if (cursor == null && names.contains("")) {
      // Kafka 4.3.1 takes it for the cursor's topic, and fails.
      exchange.answer(failed(request, ErrorCode.UNKNOWN_SERVER_ERROR));
      return;
    }
    String from = cursor == null ? "" : cursor.topicName();
    int limit = Math.max(1, Math.min(MAX_PARTITIONS, request.responsePartitionLimit()));
    exchange.answer(describe(names.tailSet(from), cursor, limit));
  }

  private DescribeTopicPartitionsResponse describe(
      SortedSet<String> names, DescribeTopicPartitionsRequest.@Nullable Cursor cursor, int limit) {
    DescribeTopicPartitionsResponse response = new DescribeTopicPartitionsResponse();
    int left = limit;
    for (String name : names) {
      int first = cursor != null && cursor.topicName().equals(name) ? cursor.partitionIndex() : 0;
      if (left == 0) {
        return response.nextCursor(new Cursor().topicName(name).partitionIndex(first));
      }
      Topic topic = topics.find(name);
      if (topic == null) {
        response.topics().add(unknown(name));
        continue;
      }
      int count = topic.partitions().size();
      List<Partition> told =
          topic.partitions().subList(Math.min(first, count), Math.min(first + left, count));
      response.topics().add(describe(topic, told));
      left -= told.size();
      if (first + told.size() < count) {
        return response.nextCursor(
            new Cursor().topicName(name).partitionIndex(first + told.size()));
      }
    }
    return response;
  }

  private DescribeTopicPartitionsResponseTopic describe(Topic topic, List<Partition> partitions) {
    return new DescribeTopicPartitionsResponseTopic()
        .name(topic.name())
        .topicId(topic.id())
        .isInternal(topic.isInternal())
        .partitions(partitions.stream().map(this::describe).toList())
        .topicAuthorizedOperations(AllowedOperations.ON_TOPIC);
  }

  /** Other than Metadata, Kafka has no error here for a partition that nobody leads. */
  private DescribeTopicPartitionsResponsePartition describe(Partition partition) {
    boolean isLed = brokers.isAlive(partition.leader());
    return new DescribeTopicPartitionsResponsePartition()
        .partitionIndex(partition.index())
        .leaderId(isLed ? partition.leader() : Partition.NO_LEADER)
        .leaderEpoch(partition.leaderEpoch())
        .replicaNodes(partition.replicas())
        .isrNodes(partition.inSync())
        .eligibleLeaderReplicas(List.of())
        .lastKnownElr(List.of())
        .offlineReplicas(partition.replicas().stream().filter(id -> !brokers.isAlive(id)).toList());
  }

  private static DescribeTopicPartitionsResponseTopic unknown(String name) {
    ErrorCode error =
        TopicNames.isLegal(name)
            ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
            : ErrorCode.INVALID_TOPIC_EXCEPTION;
    return new DescribeTopicPartitionsResponseTopic()
        .name(name)
        .errorCode(error.code())
        .topicAuthorizedOperations(AllowedOperations.ON_TOPIC);
  }

  private static DescribeTopicPartitionsResponse failed(
      DescribeTopicPartitionsRequest request, ErrorCode error) {
    DescribeTopicPartitionsResponse response = new DescribeTopicPartitionsResponse();
    for (TopicRequest topic : request.topics()) {
      response
          .topics()
          .add(
              new DescribeTopicPartitionsResponseTopic()
                  .name(topic.name())
                  .errorCode(error.code()));
    }
    return response;
  }
}
