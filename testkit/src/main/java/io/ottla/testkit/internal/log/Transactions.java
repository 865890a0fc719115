package io.ottla.testkit.internal.log;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The transactions that have records in a log: those that are open, those whose marker is not yet
 * below the high watermark, and those that were aborted.
 */
final class Transactions {
  private static final long NONE = Long.MAX_VALUE;

  /** First offset to producer id. */
  private final TreeMap<Long, Long> open = new TreeMap<>();

  /** First offset to the marker's offset. */
  private final TreeMap<Long, Long> ended = new TreeMap<>();

  /** In the order of their markers. */
  private final List<AbortedTransaction> aborted = new ArrayList<>();

  void begin(long producerId, long firstOffset) {
    open.put(firstOffset, producerId);
  }

  void end(long firstOffset, long markerOffset) {
    open.remove(firstOffset);
    ended.put(firstOffset, markerOffset);
  }

  /** Ends a transaction and remembers that its records are void. */
  void abort(long producerId, long firstOffset, long markerOffset) {
    end(firstOffset, markerOffset);
    long stable = open.isEmpty() ? markerOffset + 1 : open.firstKey();
    aborted.add(new AbortedTransaction(producerId, firstOffset, markerOffset, stable));
  }

  void onHighWatermark(long highWatermark) {
    ended.values().removeIf(markerOffset -> markerOffset < highWatermark);
  }

  /** The first offset of which readers cannot be told yet whether it counts; a huge one if none. */
  long firstUnstableOffset() {
    return Math.min(
        open.isEmpty() ? NONE : open.firstKey(), ended.isEmpty() ? NONE : ended.firstKey());
  }

  List<AbortedTransaction> abortedBetween(long fromOffset, long upToOffset) {
    return aborted.stream()
        .filter(one -> one.lastOffset() >= fromOffset && one.firstOffset() < upToOffset)
        .toList();
  }

  /** Forgets what is open or ended, to be told again; and what was aborted behind an offset. */
  void restart(long endOffset) {
    open.clear();
    ended.clear();
    aborted.removeIf(one -> one.lastOffset() >= endOffset);
  }
}
