package io.ottla.testkit.internal.produce;

import io.ottla.protocol.message.DeleteRecordsRequest;
import io.ottla.protocol.message.DeleteRecordsRequest.DeleteRecordsPartition;
import io.ottla.protocol.message.DeleteRecordsRequest.DeleteRecordsTopic;
import io.ottla.protocol.message.DeleteRecordsResponse;
import io.ottla.protocol.message.DeleteRecordsResponse.DeleteRecordsPartitionResult;
import io.ottla.protocol.message.DeleteRecordsResponse.DeleteRecordsTopicResult;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.log.PartitionLog;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.Topics;
import io.ottla.testkit.internal.wire.Exchange;
import io.ottla.testkit.internal.wire.Handler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Moves the start of logs forward. All replicas follow at once, so nobody waits for them. */
final class DeleteRecordsHandler implements Handler<DeleteRecordsRequest, DeleteRecordsResponse> {
  /** Stands for the high watermark, wherever it is. */
  private static final long HIGH_WATERMARK = -1;

  private static final long NO_LOW_WATERMARK = -1;

  private final Topics topics;

  DeleteRecordsHandler(Topics topics) {
    this.topics = topics;
  }

  @Override
  public void handle(Exchange<DeleteRecordsRequest, DeleteRecordsResponse> exchange) {
    List<DeleteRecordsTopicResult> answers = new ArrayList<>();
    for (DeleteRecordsTopic asked : exchange.request().topics()) {
      Topic topic = topics.find(asked.name());
      List<DeleteRecordsPartitionResult> partitions = new ArrayList<>();
      for (DeleteRecordsPartition one : asked.partitions()) {
        Partition partition = topic == null ? null : topic.partition(one.partitionIndex());
        partitions.add(
            delete(partition, one.offset(), exchange.brokerId())
                .partitionIndex(one.partitionIndex()));
      }
      answers.add(new DeleteRecordsTopicResult().name(asked.name()).partitions(partitions));
    }
    exchange.answer(new DeleteRecordsResponse().topics(answers));
  }

  private static DeleteRecordsPartitionResult delete(
      @Nullable Partition partition, long before, int brokerId) {
    if (partition == null) {
      return refused(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    }
    Topic topic = partition.topic();
    if (topic.isInternal()) {
      return refused(ErrorCode.INVALID_TOPIC_EXCEPTION);
    }
    if (!partition.isLedBy(brokerId)) {
      return refused(ErrorCode.NOT_LEADER_OR_FOLLOWER);
    }
    if (!topic.config().valueOr("cleanup.policy", "delete").contains("delete")) {
      return refused(ErrorCode.POLICY_VIOLATION);
    }
    PartitionLog log = partition.log();
    long offset = before == HIGH_WATERMARK ? log.highWatermark() : before;
    if (offset < 0 || offset > log.highWatermark()) {
      return refused(ErrorCode.OFFSET_OUT_OF_RANGE);
    }
    log.deleteRecordsBefore(offset);
    return new DeleteRecordsPartitionResult().lowWatermark(log.startOffset());
  }

  private static DeleteRecordsPartitionResult refused(ErrorCode why) {
    return new DeleteRecordsPartitionResult().lowWatermark(NO_LOW_WATERMARK).errorCode(why.code());
  }
}
