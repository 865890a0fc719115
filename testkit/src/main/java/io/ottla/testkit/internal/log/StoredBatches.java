package io.ottla.testkit.internal.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The batches of a log, in the order of their offsets.
 *
 * <p>Always: offsets only grow; one read stays within one segment, as Kafka's do.
 */
final class StoredBatches {
  /** More than any client asks for at once by default, so that its end rarely cuts an answer. */
  private static final int DEFAULT_SEGMENT_BYTES = 64 << 20;

  private final int maxSegmentBytes;
  private final List<StoredBatch> batches = new ArrayList<>();
  private Segment open;

  StoredBatches() {
    this(DEFAULT_SEGMENT_BYTES);
  }

  StoredBatches(int maxSegmentBytes) {
    this.maxSegmentBytes = maxSegmentBytes;
    this.open = new Segment(maxSegmentBytes);
  }

  /**
   * Copies a batch to the end.
   *
   * @param bytes the batch, from position to limit; both stay
   */
  void append(
      ByteBuffer bytes, long baseOffset, long lastOffset, long maxTimestamp, boolean isOpaque) {
    int size = bytes.remaining();
    if (!open.hasRoomFor(size)) {
      open = new Segment(maxSegmentBytes);
    }
    int position = open.append(bytes);
    batches.add(
        new StoredBatch(open, position, size, baseOffset, lastOffset, maxTimestamp, isOpaque));
  }

  /** The batches that hold an offset or come after it. */
  List<StoredBatch> from(long offset) {
    return batches.subList(indexOf(offset), batches.size());
  }

  /**
   * Reads.
   *
   * @param fromOffset the answer begins with the batch that holds it, or with the next one
   * @param upToOffset the answer ends before the batch that holds it
   */
  LogRead read(long fromOffset, long upToOffset, int maxBytes, boolean minOneBatch) {
    int index = indexOf(fromOffset);
    if (index == batches.size() || fromOffset >= upToOffset) {
      return LogRead.EMPTY;
    }
    StoredBatch first = batches.get(index);
    int available = endWithin(first.segment(), upToOffset) - first.position();
    if (available <= 0) {
      return LogRead.EMPTY;
    }
    int allowed = minOneBatch ? Math.max(maxBytes, first.sizeInBytes()) : Math.max(maxBytes, 0);
    int length = Math.min(available, allowed);
    return new LogRead(
        first.segment().view(first.position(), length), allowed < first.sizeInBytes());
  }

  /** Removes the batch that holds an offset, and all behind it. */
  void truncateTo(long offset) {
    List<StoredBatch> removed = from(offset);
    if (removed.isEmpty()) {
      return;
    }
    StoredBatch first = removed.get(0);
    open = first.segment();
    open.cutAt(first.position());
    removed.clear();
  }

  /**
   * Frees the segments that have nothing at or behind an offset; the open one stays, as Kafka's.
   */
  void freeBefore(long offset) {
    int kept = indexOf(offset);
    Segment keptSegment = kept == batches.size() ? open : batches.get(kept).segment();
    batches.subList(0, kept).removeIf(batch -> batch.segment() != keptSegment);
  }

  /** Where, in a segment, the batch with an offset begins; its end if that comes later. */
  private int endWithin(Segment segment, long offset) {
    int index = indexOf(offset);
    if (index == batches.size() || batches.get(index).segment() != segment) {
      return segment.size();
    }
    return batches.get(index).position();
  }

  /** The first batch that ends at or behind an offset, or the number of batches. */
  private int indexOf(long offset) {
    int low = 0;
    int high = batches.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (batches.get(middle).lastOffset() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
