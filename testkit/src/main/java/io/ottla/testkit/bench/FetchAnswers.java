package io.ottla.testkit.bench;

import io.ottla.protocol.WireReader;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest;
import io.ottla.protocol.message.FetchRequest.FetchPartition;
import io.ottla.protocol.message.FetchRequest.FetchTopic;
import io.ottla.protocol.message.FetchResponse;
import io.ottla.protocol.message.FetchResponse.FetchableTopicResponse;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the null broker answers to Fetch: the prepared batch, again and again.
 *
 * <p>Answers as a broker that has no room for a fetch session. Thread: the broker's. Units: bytes,
 * offsets.
 */
final class FetchAnswers {
  private static final byte READ_COMMITTED = 1;

  /** The most that one partition gets in one answer, however much it asks for. */
  private static final int MAX_RUN_BYTES = 16 << 20;

  private final NullTopics topics;
  private final PreparedBatch batch;
  private final long endOffset;

  /** Direct, which the writer's own bytes are not: so what is to be replaced can be told. */
  private ByteBuffer standIn = ByteBuffer.allocateDirect(1 << 20);

  FetchAnswers(NullTopics topics, PreparedBatch batch, long endOffset) {
    this.topics = topics;
    this.batch = batch;
    this.endOffset = endOffset;
  }

  /**
   * An answer whose records are still to be put in.
   *
   * @param response its partitions with records hold a buffer that stands for them: of the right
   *     size, and never read
   * @param runs the batches of those partitions, in the same order
   * @param isWorthWaiting whether there is neither a record nor an error in it
   */
  record Fetched(FetchResponse response, List<Run> runs, boolean isWorthWaiting) {}

  /**
   * Batches of one partition, one behind the other.
   *
   * @param baseOffset the offset of the first record
   * @param batches how many times the prepared batch
   */
  record Run(long baseOffset, int batches) {}

  Fetched answer(FetchRequest request) {
    FetchResponse response = new FetchResponse().sessionId(0);
    if (request.sessionId() != 0) {
      response.errorCode(ErrorCode.FETCH_SESSION_ID_NOT_FOUND.code());
      return new Fetched(response, List.of(), false);
    }
    List<Run> runs = new ArrayList<>();
    List<FetchableTopicResponse> answers = new ArrayList<>();
    long room = request.maxBytes();
    boolean failed = false;
    for (FetchTopic asked : request.topics()) {
      NullTopic topic = topics.find(asked.topic(), asked.topicId());
      List<PartitionData> partitions = new ArrayList<>();
      for (FetchPartition partition : asked.partitions()) {
        PartitionData data = head(request, partition);
        ErrorCode error = error(asked, topic, partition);
        failed |= error != ErrorCode.NONE;
        if (error == ErrorCode.NONE) {
          data.highWatermark(endOffset).lastStableOffset(endOffset).logStartOffset(0);
          Run run = run(partition, room, runs.isEmpty());
          if (run.batches > 0) {
            runs.add(run);
            room -= (long) run.batches * batch.sizeInBytes();
            data.records(standIn(run.batches * batch.sizeInBytes()));
          }
        }
        partitions.add(data.errorCode(error.code()));
      }
      answers.add(
          new FetchableTopicResponse()
              .topic(asked.topic())
              .topicId(asked.topicId())
              .partitions(partitions));
    }
    return new Fetched(response.responses(answers), runs, runs.isEmpty() && !failed);
  }

  private PartitionData head(FetchRequest request, FetchPartition asked) {
    return new PartitionData()
        .partitionIndex(asked.partition())
        .highWatermark(-1)
        .lastStableOffset(-1)
        .logStartOffset(-1)
        .abortedTransactions(request.isolationLevel() == READ_COMMITTED ? List.of() : null)
        .records(standIn(0));
  }

  private ErrorCode error(FetchTopic topic, @Nullable NullTopic known, FetchPartition asked) {
    if (known == null && !topic.topicId().equals(WireReader.ZERO_UUID)) {
      return ErrorCode.UNKNOWN_TOPIC_ID;
    }
    if (known == null || !known.hasPartition(asked.partition())) {
      return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    }
    if (asked.currentLeaderEpoch() > NullBroker.LEADER_EPOCH) {
      return ErrorCode.UNKNOWN_LEADER_EPOCH;
    }
    return asked.fetchOffset() < 0 || asked.fetchOffset() > endOffset
        ? ErrorCode.OFFSET_OUT_OF_RANGE
        : ErrorCode.NONE;
  }

  /**
   * As many batches as there is room for; the first of a response even if there is not (KIP-74).
   */
  private Run run(FetchPartition asked, long room, boolean isFirst) {
    long base = asked.fetchOffset() - asked.fetchOffset() % batch.records();
    long left = (endOffset - base) / batch.records();
    long most =
        Math.min(MAX_RUN_BYTES, Math.min(room, asked.partitionMaxBytes())) / batch.sizeInBytes();
    if (isFirst) {
      most = Math.max(1, most);
    }
    return new Run(base, (int) Math.max(0, Math.min(left, most)));
  }

  /** A buffer that stands for records: it has a size, and its content is never read. */
  private ByteBuffer standIn(int bytes) {
    if (bytes > standIn.capacity()) {
      standIn = ByteBuffer.allocateDirect(bytes);
    }
    return standIn.slice(0, bytes);
  }
}
