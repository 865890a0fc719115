package io.ottla.testkit.internal.log;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which leader epoch began at which offset of a log.
 *
 * <p>Always: a later epoch begins at a later offset; one in which nothing was written is forgotten
 * when the next one begins.
 */
final class LeaderEpochs {
  static final int UNKNOWN = -1;

  /** Epoch to first offset. */
  private final TreeMap<Integer, Long> starts = new TreeMap<>();

  /** Notes that a leader of this epoch writes from this offset on; nothing if that is known. */
  void begin(int epoch, long offset) {
    Map.Entry<Integer, Long> last = starts.lastEntry();
    if (last != null && last.getKey() == epoch && last.getValue() <= offset) {
      return;
    }
    while (last != null && (last.getKey() >= epoch || last.getValue() >= offset)) {
      starts.pollLastEntry();
      last = starts.lastEntry();
    }
    starts.put(epoch, offset);
  }

  EpochEnd endOf(int epoch, long logEndOffset) {
    if (epoch == UNKNOWN || starts.isEmpty()) {
      return EpochEnd.UNKNOWN;
    }
    if (epoch == starts.lastKey()) {
      return new EpochEnd(epoch, logEndOffset);
    }
    Map.Entry<Integer, Long> higher = starts.higherEntry(epoch);
    if (higher == null) {
      return EpochEnd.UNKNOWN;
    }
    Integer floor = starts.floorKey(epoch);
    return new EpochEnd(floor == null ? epoch : floor, higher.getValue());
  }

  /** The epoch in which the record at an offset was written, or {@link #UNKNOWN}. */
  int at(long offset) {
    int found = UNKNOWN;
    for (Map.Entry<Integer, Long> start : starts.entrySet()) {
      if (start.getValue() > offset) {
        break;
      }
      found = start.getKey();
    }
    return found;
  }

  /** The latest epoch, or {@link #UNKNOWN}. */
  int latest() {
    return starts.isEmpty() ? UNKNOWN : starts.lastKey();
  }

  /** Where the latest epoch began, or {@link #UNKNOWN}. */
  long latestStart() {
    return starts.isEmpty() ? UNKNOWN : starts.lastEntry().getValue();
  }

  /** Forgets the epochs that begin at or behind an offset, where the log now ends. */
  void truncateTo(long endOffset) {
    starts.values().removeIf(start -> start >= endOffset);
  }

  /** Forgets the epochs that end before an offset, where the log now begins. */
  void deleteBefore(long startOffset) {
    int first = at(startOffset);
    if (first != UNKNOWN) {
      starts.headMap(first).clear();
      starts.put(first, startOffset);
    }
  }
}
