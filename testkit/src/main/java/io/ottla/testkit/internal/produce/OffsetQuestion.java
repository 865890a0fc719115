package io.ottla.testkit.internal.produce;

import io.ottla.testkit.internal.log.FoundOffset;
import io.ottla.testkit.internal.log.PartitionLog;
import io.ottla.testkit.internal.topic.Partition;
import org.jspecify.annotations.Nullable;

/**
 * One client's view of a log that it wants to know an offset of: what is behind its last fetchable
 * offset is not there for it.
 */
final class OffsetQuestion {
  private static final long LATEST = -1;
  private static final long EARLIEST = -2;
  private static final long MAX_TIMESTAMP = -3;
  private static final long EARLIEST_LOCAL = -4;
  private static final long LATEST_TIERED = -5;
  private static final long EARLIEST_PENDING_UPLOAD = -6;

  private static final int CONSUMER = -1;
  private static final byte READ_COMMITTED = 1;
  private static final long NO_TIMESTAMP = -1;
  private static final long NO_OFFSET = -1;
  private static final int NO_EPOCH = -1;

  private final Partition partition;
  private final PartitionLog log;
  private final boolean isConsumer;
  private final byte isolationLevel;

  OffsetQuestion(Partition partition, int replicaId, byte isolationLevel) {
    this.partition = partition;
    this.log = partition.log();
    this.isConsumer = replicaId == CONSUMER;
    this.isolationLevel = isolationLevel;
  }

  /** Whether a version of the request may ask for this: a time, or a number with a meaning. */
  static boolean isKnown(long timestamp, int version) {
    if (timestamp >= 0) {
      return true;
    }
    if (timestamp < EARLIEST_PENDING_UPLOAD) {
      return false;
    }
    int since =
        switch ((int) timestamp) {
          case (int) MAX_TIMESTAMP -> 7;
          case (int) EARLIEST_LOCAL -> 8;
          case (int) LATEST_TIERED -> 9;
          case (int) EARLIEST_PENDING_UPLOAD -> 11;
          default -> 0;
        };
    return version >= since;
  }

  /**
   * Finds it.
   *
   * @return null if there is no such offset, or none that this client may know yet
   */
  @Nullable FoundOffset find(long timestamp) {
    if (timestamp == LATEST) {
      return isHighWatermarkBehindEpoch()
          ? null
          : new FoundOffset(NO_TIMESTAMP, lastFetchableOffset(), partition.leaderEpoch());
    }
    if (timestamp == EARLIEST || timestamp == EARLIEST_LOCAL) {
      long start = log.startOffset();
      return new FoundOffset(NO_TIMESTAMP, start, log.epochAt(start));
    }
    if (timestamp == LATEST_TIERED || timestamp == EARLIEST_PENDING_UPLOAD) {
      return new FoundOffset(NO_TIMESTAMP, NO_OFFSET, NO_EPOCH); // no tiered storage
    }
    FoundOffset found =
        timestamp == MAX_TIMESTAMP ? log.maxTimestamp() : log.offsetForTimestamp(timestamp);
    return found == null || found.offset() >= lastFetchableOffset() ? null : found;
  }

  /**
   * Whether the high watermark is still behind the records that the leader has found: its offsets
   * may yet go back, so clients must not act on them.
   */
  boolean isHighWatermarkBehindEpoch() {
    return isConsumer && log.latestEpochStart() > log.highWatermark();
  }

  private long lastFetchableOffset() {
    if (!isConsumer) {
      return log.endOffset();
    }
    return isolationLevel == READ_COMMITTED ? log.lastStableOffset() : log.highWatermark();
  }
}
