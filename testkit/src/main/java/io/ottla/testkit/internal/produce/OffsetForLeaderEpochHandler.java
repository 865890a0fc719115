package io.ottla.testkit.internal.produce;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest.OffsetForLeaderPartition;
import io.ottla.protocol.message.OffsetForLeaderEpochRequest.OffsetForLeaderTopic;
import io.ottla.protocol.message.OffsetForLeaderEpochResponse;
import io.ottla.protocol.message.OffsetForLeaderEpochResponse.EpochEndOffset;
import io.ottla.protocol.message.OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult;
import io.ottla.testkit.internal.log.EpochEnd;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells where the records of a leader epoch end (KIP-320). */
final class OffsetForLeaderEpochHandler
    implements Handler<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse> {
  private final Topics topics;

  OffsetForLeaderEpochHandler(Topics topics) {
    this.topics = topics;
  }

  @Override
  public void handle(Exchange<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse> exchange) {
    List<OffsetForLeaderTopicResult> answers = new ArrayList<>();
    for (OffsetForLeaderTopic asked : exchange.request().topics()) {
      List<EpochEndOffset> partitions = new ArrayList<>();
      for (OffsetForLeaderPartition one : asked.partitions()) {
        Partition partition = topics.find(asked.topic(), one.partition());
        partitions.add(find(partition, one, exchange.brokerId()).partition(one.partition()));
      }
      answers.add(new OffsetForLeaderTopicResult().topic(asked.topic()).partitions(partitions));
    }
    exchange.answer(new OffsetForLeaderEpochResponse().topics(answers));
  }

  private static EpochEndOffset find(
      @Nullable Partition partition, OffsetForLeaderPartition asked, int brokerId) {
    ErrorCode error = Leadership.check(partition, brokerId, asked.currentLeaderEpoch(), true);
    if (error != ErrorCode.NONE || partition == null) {
      return new EpochEndOffset().errorCode(error.code());
    }
    EpochEnd end = partition.log().endOfEpoch(asked.leaderEpoch());
    return new EpochEndOffset().leaderEpoch(end.epoch()).endOffset(end.endOffset());
  }
}
