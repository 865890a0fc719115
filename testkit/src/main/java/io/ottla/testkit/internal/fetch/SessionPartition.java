package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchRequest.FetchPartition;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

  private final PartitionKey key;
  private @Nullable String topic;
  private FetchPartition asked;
  private long toldHighWatermark = UNTOLD;
  private long toldLogStartOffset = UNTOLD;

  SessionPartition(AskedPartition first) {
    this.key = first.key();
    this.topic = first.topic();
    this.asked = first.asked();
  }

  void ask(FetchPartition next) {
    asked = next;
  }

  /**
   * As it is to be read now.
   *
   * @param nameOf finds a topic by its id; a name once found stays, though its topic may be gone
   */
  AskedPartition asked(Function<UUID, @Nullable String> nameOf) {
    if (topic == null) {
      topic = nameOf.apply(key.topicId());
    }
    return new AskedPartition(key, topic, asked);
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

  /** The reader is told this. After an error it will be told what holds then. */
  void told(PartitionData data) {
    toldHighWatermark = data.errorCode() == ErrorCode.NONE.code() ? data.highWatermark() : UNTOLD;
    toldLogStartOffset = data.logStartOffset();
  }
}
