package io.ottla.internal.admin;

import io.ottla.admin.OffsetSpec;
import io.ottla.admin.OffsetSpec.Kind;
import io.ottla.admin.Outcome;
import io.ottla.admin.PartitionOffset;
import io.ottla.admin.TopicPartition;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.ottla.protocol.message.ListOffsetsResponse;
import io.ottla.protocol.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** ListOffsets: questions and answers. */
final class OffsetQuestions {
  private static final int CONSUMER = -1;
  private static final byte COMMITTED = 1;
  private static final long LATEST = -1;
  private static final long EARLIEST = -2;
  private static final long MAX_TIMESTAMP = -3;

  private OffsetQuestions() {}

  /** A request for offsets that are all read committed, or all not. */
  static ListOffsetsRequest request(
      Map<TopicPartition, OffsetSpec> wanted, boolean isCommitted, int timeoutMs) {
    Map<String, List<ListOffsetsPartition>> byTopic = new TreeMap<>();
    wanted.forEach(
        (partition, spec) ->
            byTopic
                .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                .add(
                    new ListOffsetsPartition()
                        .partitionIndex(partition.partition())
                        .timestamp(timestamp(spec))));
    ListOffsetsRequest request =
        new ListOffsetsRequest()
            .replicaId(CONSUMER)
            .timeoutMs(timeoutMs)
            .topics(
                byTopic.entrySet().stream()
                    .map(
                        topic ->
                            new ListOffsetsTopic()
                                .name(topic.getKey())
                                .partitions(topic.getValue()))
                    .toList());
    return isCommitted ? request.isolationLevel(COMMITTED) : request;
  }

  private static long timestamp(OffsetSpec spec) {
    return switch (spec.kind()) {
      case EARLIEST -> EARLIEST;
      case LATEST, LAST_STABLE -> LATEST;
      case MAX_TIMESTAMP -> MAX_TIMESTAMP;
      case AT_TIME -> spec.timestampMs();
    };
  }

  /** From which version on a kind of offset can be asked for. */
  static int firstVersion(Kind kind) {
    return switch (kind) {
      case EARLIEST, LATEST -> 0;
      case AT_TIME -> 1;
      case LAST_STABLE -> 2;
      case MAX_TIMESTAMP -> 7;
    };
  }

  /** The release of Kafka that could do it first. */
  static String since(Kind kind) {
    return switch (kind) {
      case EARLIEST, LATEST -> "0.8.2";
      case AT_TIME -> "0.10.1";
      case LAST_STABLE -> "0.11";
      case MAX_TIMESTAMP -> "3.0";
    };
  }

  /** The partitions that a request asks about. */
  static List<TopicPartition> partitions(ListOffsetsRequest request) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (ListOffsetsTopic topic : request.topics()) {
      for (ListOffsetsPartition partition : topic.partitions()) {
        partitions.add(new TopicPartition(topic.name(), partition.partitionIndex()));
      }
    }
    return partitions;
  }

  /** Goes over an answer. */
  static void each(
      int broker,
      ListOffsetsResponse answer,
      BiConsumer<TopicPartition, Outcome<PartitionOffset>> outcomes) {
    for (ListOffsetsResponse.ListOffsetsTopicResponse topic : answer.topics()) {
      for (ListOffsetsPartitionResponse result : topic.partitions()) {
        TopicPartition partition = new TopicPartition(topic.name(), result.partitionIndex());
        outcomes.accept(partition, outcome(partition, broker, result));
      }
    }
  }

  static String what(TopicPartition partition) {
    return "offset of " + partition + " not found";
  }

  private static Outcome<PartitionOffset> outcome(
      TopicPartition partition, int broker, ListOffsetsPartitionResponse result) {
    ErrorCode code = ErrorCode.of(result.errorCode());
    if (code != ErrorCode.NONE) {
      return Outcome.failed(Refusals.of(what(partition), broker, code, null));
    }
    List<Long> oldStyle = result.oldStyleOffsets();
    return Outcome.of(
        oldStyle.isEmpty()
            ? new PartitionOffset(result.offset(), result.timestamp(), result.leaderEpoch())
            : new PartitionOffset(oldStyle.get(0), -1, -1));
  }
}
