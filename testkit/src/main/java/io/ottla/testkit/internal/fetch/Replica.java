package io.ottla.testkit.internal.fetch;

import io.ottla.testkit.internal.log.PartitionLog;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.ReplicaBounds;

/**
 * A partition as one of its brokers has it at this moment: the leader all of it, a follower perhaps
 * less.
 */
record Replica(Partition partition, long start, long end, long highWatermark, long lastStable) {
  static Replica of(Partition partition, int brokerId) {
    PartitionLog log = partition.log();
    ReplicaBounds bounds =
        partition.isLedBy(brokerId) ? ReplicaBounds.NONE : partition.bounds(brokerId);
    long end = Math.min(log.endOffset(), bounds.end());
    return new Replica(
        partition,
        Math.min(Math.max(log.startOffset(), bounds.start()), end),
        end,
        Math.min(log.highWatermark(), end),
        Math.min(log.lastStableOffset(), end));
  }

  /** Where somebody with this view must stop. */
  long readableEnd(FetchTerms.Isolation isolation) {
    return switch (isolation) {
      case HIGH_WATERMARK -> highWatermark;
      case LAST_STABLE_OFFSET -> lastStable;
      case LOG_END -> end;
    };
  }

  boolean has(long offset) {
    return offset >= start && offset <= end;
  }
}
