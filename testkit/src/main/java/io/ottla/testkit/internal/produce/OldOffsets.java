package io.ottla.testkit.internal.produce;

import io.ottla.protocol.message.ListOffsetsRequest.ListOffsetsPartition;
import io.ottla.testkit.internal.log.PartitionLog;
import io.ottla.testkit.internal.loop.Timers;
import java.util.ArrayList;
import java.util.List;

/**
 * What brokers before 0.10.1 answer: the offsets at which segments begin, by the time of their
 * files. A log here is one segment.
 */
final class OldOffsets {
  private static final long LATEST = -1;
  private static final long EARLIEST = -2;
  private static final int CONSUMER = -1;

  private final Timers timers;

  OldOffsets(Timers timers) {
    this.timers = timers;
  }

  /** The offsets, latest first. */
  List<Long> find(PartitionLog log, ListOffsetsPartition asked, int replicaId) {
    boolean hasRecords = log.endOffset() > log.startOffset();
    List<Long> offsets = new ArrayList<>();
    long timestamp = asked.timestamp();
    boolean isLatest = timestamp == LATEST || timestamp >= timers.nowMillis();
    if (hasRecords && isLatest) {
      offsets.add(log.endOffset());
    }
    if (isLatest || timestamp == EARLIEST || timestamp >= log.lastAppendMillis()) {
      offsets.add(log.startOffset());
    }
    List<Long> answer =
        new ArrayList<>(offsets.subList(0, Math.min(asked.maxNumOffsets(), offsets.size())));
    if (replicaId == CONSUMER && answer.removeIf(offset -> offset > log.highWatermark())) {
      answer.add(0, log.highWatermark());
    }
    return answer;
  }
}
