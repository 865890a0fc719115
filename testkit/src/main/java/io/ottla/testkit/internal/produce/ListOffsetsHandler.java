package io.ottla.testkit.internal.produce;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ListOffsetsRequest;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsTopic;
import io.ottla.protocol.message.ListOffsetsResponse;
import io.ottla.protocol.message.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.ottla.protocol.message.ListOffsetsResponse.ListOffsetsTopicResponse;
import io.ottla.testkit.internal.log.FoundOffset;
import io.ottla.testkit.internal.loop.Timers;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds offsets by time, and the ends of logs. */
final class ListOffsetsHandler implements Handler<ListOffsetsRequest, ListOffsetsResponse> {
  private static final int DEBUGGING_REPLICA = -2;

  private final Topics topics;
  private final OldOffsets oldOffsets;

  ListOffsetsHandler(Topics topics, Timers timers) {
    this.topics = topics;
    this.oldOffsets = new OldOffsets(timers);
  }

  @Override
  public void handle(Exchange<ListOffsetsRequest, ListOffsetsResponse> exchange) {
    Set<Named> twice = namedTwice(exchange.request());
    List<ListOffsetsTopicResponse> answers = new ArrayList<>();
    for (ListOffsetsTopic asked : exchange.request().topics()) {
      List<ListOffsetsPartitionResponse> partitions = new ArrayList<>();
      for (ListOffsetsPartition one : asked.partitions()) {
        boolean isNamedTwice = twice.contains(new Named(asked.name(), one.partitionIndex()));
        ListOffsetsPartitionResponse answer =
            isNamedTwice && exchange.version() > 0
                ? new ListOffsetsPartitionResponse().errorCode(ErrorCode.INVALID_REQUEST.code())
                : find(topics.find(asked.name(), one.partitionIndex()), one, exchange);
        partitions.add(answer.partitionIndex(one.partitionIndex()));
      }
      answers.add(new ListOffsetsTopicResponse().name(asked.name()).partitions(partitions));
    }
    exchange.answer(new ListOffsetsResponse().topics(answers));
  }

  private ListOffsetsPartitionResponse find(
      @Nullable Partition partition,
      ListOffsetsPartition asked,
      Exchange<ListOffsetsRequest, ListOffsetsResponse> exchange) {
    ListOffsetsPartitionResponse answer = new ListOffsetsPartitionResponse();
    int version = exchange.version();
    if (!OffsetQuestion.isKnown(asked.timestamp(), version)) {
      return answer.errorCode(ErrorCode.UNSUPPORTED_VERSION.code());
    }
    int replicaId = exchange.request().replicaId();
    boolean mustLead = replicaId != DEBUGGING_REPLICA;
    ErrorCode error =
        Leadership.check(partition, exchange.brokerId(), asked.currentLeaderEpoch(), mustLead);
    if (error != ErrorCode.NONE || partition == null) {
      return answer.errorCode(error.code());
    }
    if (version == 0) {
      return answer.oldStyleOffsets(oldOffsets.find(partition.log(), asked, replicaId));
    }
    OffsetQuestion question =
        new OffsetQuestion(partition, replicaId, exchange.request().isolationLevel());
    FoundOffset found = question.find(asked.timestamp());
    if (found == null) {
      ErrorCode unavailable =
          version >= 5 ? ErrorCode.OFFSET_NOT_AVAILABLE : ErrorCode.LEADER_NOT_AVAILABLE;
      return question.isHighWatermarkBehindEpoch() ? answer.errorCode(unavailable.code()) : answer;
    }
    answer.timestamp(found.timestamp()).offset(found.offset());
    return version >= 4 ? answer.leaderEpoch(found.leaderEpoch()) : answer;
  }

  private static Set<Named> namedTwice(ListOffsetsRequest request) {
    Set<Named> once = new HashSet<>();
    Set<Named> twice = new HashSet<>();
    for (ListOffsetsTopic topic : request.topics()) {
      for (ListOffsetsPartition one : topic.partitions()) {
        Named named = new Named(topic.name(), one.partitionIndex());
        if (!once.add(named)) {
          twice.add(named);
        }
      }
    }
    return twice;
  }

  private record Named(String topic, int partition) {}
}
