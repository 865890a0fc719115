package io.ottla.testkit.internal.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a test puts into a log behind the rules' back: as little is asked of it as can be. */
final class UncheckedBatches {
  private UncheckedBatches() {}

  /**
   * Cuts bytes into batches.
   *
   * @throws IllegalArgumentException if the headers cannot even be found, or take no offsets
   */
  static List<BatchHeader> split(ByteBuffer records) {
    List<BatchHeader> batches = new ArrayList<>(1);
    int bytes = 0;
    try {
      for (ByteBuffer entry : RecordEntries.split(records)) {
        BatchHeader batch = new BatchHeader(entry);
        if (RecordEntries.magic(entry) < RecordEntries.MAGIC_V2
            || entry.limit() < BatchHeader.BYTES
            || batch.lastOffsetDelta() < 0) {
          throw new IllegalArgumentException(
              "what begins at byte " + bytes + " is no batch of version 2; append it as bytes");
        }
        batches.add(batch);
        bytes += entry.limit();
      }
    } catch (BatchRefusedException noBatches) {
      throw new IllegalArgumentException(noBatches.reason() + "; append it as bytes", noBatches);
    }
    if (batches.isEmpty() || bytes != records.remaining()) {
      throw new IllegalArgumentException(
          (records.remaining() - bytes) + " bytes are not a whole batch; append them as bytes");
    }
    return batches;
  }
}
