package io.ottla.testkit.internal.log;

import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.protocol.record.RecordCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds records by their time. Looks into as few batches as it can; into what a test put there byte
 * for byte not at all.
 */
final class RecordTimes {
  private static final long NO_TIMESTAMP = -1;

  private RecordTimes() {}

  /** The first record, from an offset on, that is not earlier than a time. */
  static @Nullable FoundOffset firstNotBefore(
      long timestamp, List<StoredBatch> batches, long fromOffset) {
    for (StoredBatch batch : batches) {
      if (!batch.isOpaque() && batch.maxTimestamp() >= timestamp) {
        FoundOffset found = firstNotBefore(timestamp, batch, fromOffset);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** The first of the records with the latest time. */
  static @Nullable FoundOffset latest(List<StoredBatch> batches) {
    long latest = NO_TIMESTAMP;
    for (StoredBatch batch : batches) {
      latest = Math.max(latest, batch.maxTimestamp());
    }
    return firstNotBefore(latest, batches, 0);
  }

  private static @Nullable FoundOffset firstNotBefore(
      long timestamp, StoredBatch stored, long fromOffset) {
    RecordBatch batch = RecordBatches.of(stored.bytes()).iterator().next();
    try (RecordCursor record = batch.cursor()) {
      while (record.next()) {
        if (record.timestamp() >= timestamp && record.offset() >= fromOffset) {
          return new FoundOffset(record.timestamp(), record.offset(), batch.leaderEpoch());
        }
      }
      return null;
    }
  }
}
