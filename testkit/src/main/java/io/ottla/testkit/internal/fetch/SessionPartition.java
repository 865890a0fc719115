package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest.FetchPartition;
import io.ottla.protocol.message.FetchResponse.PartitionData;

/**
 * What a session remembers of one partition: what was asked last, and what the reader was told
 * last.
 *
 * <p>Thread: the cluster's loop.
 */
final class SessionPartition {
  private static final int NO_REPLICA = -1;

  /** A high watermark that is never told by a partition that can be read. */
  private static final long UNTOLD = -1;

  private AskedPartition asked;
  private long toldHighWatermark = UNTOLD;
  private long toldLogStartOffset = UNTOLD;

  SessionPartition(AskedPartition first) {
    this.asked = first;
  }

  /** As it is to be read now. Its topic's name stays what it was, though the topic may be gone. */
  AskedPartition asked() {
    return asked;
  }

  void ask(FetchPartition next) {
    asked = new AskedPartition(asked.key(), asked.topic(), next);
  }

  /** Whether an answer says something that the reader has not been told. */
  boolean isNews(AnsweredPartition answered) {
    PartitionData data = answered.data();
    return answered.sizeInBytes() > 0
        || data.highWatermark() != toldHighWatermark
        || data.logStartOffset() != toldLogStartOffset
        || data.preferredReadReplica() != NO_REPLICA
        || data.errorCode() != ErrorCode.NONE.code()
        || data.divergingEpoch().epoch() >= 0;
  }

  /** The reader is told this. An error tells no high watermark, so what follows it is news. */
  void told(PartitionData data) {
    toldHighWatermark = data.highWatermark();
    toldLogStartOffset = data.logStartOffset();
  }
}
