package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FetchResponse.PartitionData;
import java.nio.ByteBuffer;
import java.util.List;

/** What the answers about single partitions begin with. */
final class PartitionAnswer {
  private static final ByteBuffer NO_RECORDS = ByteBuffer.allocate(0).asReadOnlyBuffer();
  private static final long UNKNOWN = -1;

  private PartitionAnswer() {}

  /** There is no such topic, or no such partition of it. */
  static PartitionData unknown(AskedPartition asked) {
    // Unlike after other errors, Kafka tells that there are no aborted transactions.
    return error(
            asked,
            asked.topic() == null
                ? ErrorCode.UNKNOWN_TOPIC_ID
                : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION)
        .abortedTransactions(List.of());
  }

  /** An error: nothing is told of the log. */
  static PartitionData error(AskedPartition asked, ErrorCode error) {
    return new PartitionData()
        .partitionIndex(asked.key().partition())
        .errorCode(error.code())
        .highWatermark(UNKNOWN)
        .abortedTransactions(null)
        .records(NO_RECORDS);
  }

  /** Where the log begins and ends, and no records yet. */
  static PartitionData of(AskedPartition asked, Replica replica) {
    return new PartitionData()
        .partitionIndex(asked.key().partition())
        .highWatermark(replica.highWatermark())
        .lastStableOffset(replica.lastStable())
        .logStartOffset(replica.start())
        .abortedTransactions(null)
        .records(NO_RECORDS);
  }
}
