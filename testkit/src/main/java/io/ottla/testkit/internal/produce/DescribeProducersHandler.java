package io.ottla.testkit.internal.produce;

import io.ottla.protocol.message.DescribeProducersRequest;
import io.ottla.protocol.message.DescribeProducersRequest.TopicRequest;
import io.ottla.protocol.message.DescribeProducersResponse;
import io.ottla.protocol.message.DescribeProducersResponse.PartitionResponse;
import io.ottla.protocol.message.DescribeProducersResponse.ProducerState;
import io.ottla.protocol.message.DescribeProducersResponse.TopicResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.TopicNames;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what a replica, leader or not, knows about producers: also above the high watermark. */
final class DescribeProducersHandler
    implements Handler<DescribeProducersRequest, DescribeProducersResponse> {
  private final Topics topics;

  DescribeProducersHandler(Topics topics) {
    this.topics = topics;
  }

  @Override
  public void handle(Exchange<DescribeProducersRequest, DescribeProducersResponse> exchange) {
    List<TopicResponse> answers = new ArrayList<>();
    for (TopicRequest asked : exchange.request().topics()) {
      List<PartitionResponse> partitions = new ArrayList<>();
      for (int index : asked.partitionIndexes()) {
        partitions.add(describe(asked.name(), index, exchange.brokerId()).partitionIndex(index));
      }
      answers.add(new TopicResponse().name(asked.name()).partitions(partitions));
    }
    exchange.answer(new DescribeProducersResponse().topics(answers));
  }

  private PartitionResponse describe(String name, int index, int brokerId) {
    if (!TopicNames.isLegal(name)) {
      return saying(ErrorCode.INVALID_TOPIC_EXCEPTION);
    }
    Topic topic = topics.find(name);
    if (topic == null) {
      return saying(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }
    return describe(topic.partition(index), brokerId);
  }

  private static PartitionResponse describe(@Nullable Partition partition, int brokerId) {
    ErrorCode error = Leadership.checkReplica(partition, brokerId);
    if (error != ErrorCode.NONE || partition == null) {
      return new PartitionResponse().errorCode(error.code());
    }
    return new PartitionResponse()
        .activeProducers(
            partition.log().producerStates().stream()
                .map(DescribeProducersHandler::describe)
                .toList());
  }

  private static ProducerState describe(io.ottla.testkit.internal.log.ProducerState known) {
    return new ProducerState()
        .producerId(known.producerId())
        .producerEpoch(known.epoch())
        .lastSequence(known.lastSequence())
        .lastTimestamp(known.lastTimestamp())
        .coordinatorEpoch(known.coordinatorEpoch())
        .currentTxnStartOffset(known.transactionStartOffset());
  }

  private static PartitionResponse saying(ErrorCode error) {
    return new PartitionResponse().errorCode(error.code()).errorMessage(error.message());
  }
}
