package io.ottla.testkit.internal.produce;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest.PartitionProduceData;
import io.ottla.protocol.message.ProduceRequest.TopicProduceData;
import io.ottla.protocol.message.ProduceResponse.BatchIndexAndErrorMessage;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.ottla.testkit.internal.log.AppendResult;
import io.ottla.testkit.internal.log.PartitionLog;
import io.ottla.testkit.internal.log.SentRecords;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topic;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request wants to write to one partition, and what became of it so far. */
final class PartitionWrite {
  private static final long NONE = -1;
  private static final ByteBuffer NO_RECORDS = ByteBuffer.allocate(0);

  private final TopicProduceData asked;
  private final @Nullable Topic topic;
  private final @Nullable Partition partition;
  private final ByteBuffer records;
  private final SentRecords sent;
  private final PartitionProduceResponse answer;
  private boolean isAppended;
  private long requiredOffset;

  PartitionWrite(TopicProduceData asked, @Nullable Topic topic, PartitionProduceData data) {
    this.asked = asked;
    this.topic = topic;
    this.partition = topic == null ? null : topic.partition(data.index());
    ByteBuffer bytes = data.records();
    this.records = bytes == null ? NO_RECORDS : bytes;
    this.sent = SentRecords.of(bytes);
    this.answer =
        new PartitionProduceResponse()
            .index(data.index())
            .baseOffset(NONE)
            .logAppendTimeMs(NONE)
            .logStartOffset(NONE);
  }

  /** The part of the request that names it. */
  TopicProduceData asked() {
    return asked;
  }

  @Nullable Topic topic() {
    return topic;
  }

  @Nullable Partition partition() {
    return partition;
  }

  SentRecords sent() {
    return sent;
  }

  /** Whether the records are in the log, whatever is said about their replication. */
  boolean isAppended() {
    return isAppended;
  }

  /** Where the high watermark must be for all replicas in sync to have the records. */
  long requiredOffset() {
    return requiredOffset;
  }

  PartitionProduceResponse answer() {
    return answer;
  }

  ErrorCode error() {
    return ErrorCode.of(answer.errorCode());
  }

  /** Says what went wrong, before or after the records were appended. */
  void fail(ErrorCode error) {
    answer.errorCode(error.code());
  }

  /** Says what went wrong, in words too. */
  void fail(ErrorCode error, String message) {
    fail(error);
    answer.errorMessage(message);
  }

  /** Says what went wrong, and where the log begins. */
  void failAt(PartitionLog log, ErrorCode error) {
    fail(error);
    answer.logStartOffset(log.startOffset());
  }

  /**
   * Appends the records, if the log takes them. Where there are none, which only old versions may
   * say, that is a success without an offset.
   */
  void append(Partition to) {
    if (sent.batches() == 0) {
      isAppended = true;
      return;
    }
    AppendResult result = to.log().append(records, to.leaderEpoch());
    isAppended = result.isAccepted();
    requiredOffset = result.lastOffset() + 1;
    answer
        .errorCode(result.error().code())
        .baseOffset(result.baseOffset())
        .logAppendTimeMs(result.appendTimeMillis())
        .logStartOffset(saysLogStart(result.error()) ? result.logStartOffset() : NONE);
    if (!result.recordErrors().isEmpty()) {
      answer.errorMessage(result.reason()).recordErrors(recordErrors(result));
    }
  }

  /** Kafka does not say it along with some errors. */
  private static boolean saysLogStart(ErrorCode error) {
    return error != ErrorCode.MESSAGE_TOO_LARGE && error != ErrorCode.CORRUPT_MESSAGE;
  }

  private static List<BatchIndexAndErrorMessage> recordErrors(AppendResult result) {
    List<BatchIndexAndErrorMessage> errors = new ArrayList<>();
    for (AppendResult.RecordError error : result.recordErrors()) {
      errors.add(
          new BatchIndexAndErrorMessage()
              .batchIndex(error.index())
              .batchIndexErrorMessage(error.message()));
    }
    return errors;
  }

  /** The partition, as the request names it. */
  String name() {
    String topicName = topic == null ? asked.name() + asked.topicId() : topic.name();
    return topicName + "-" + answer.index();
  }

  @Override
  public String toString() {
    return name() + ": " + error();
  }
}
