package io.ottla.testkit.internal.log;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.record.CorruptBatchException;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordCursor;
import io.ottla.protocol.record.TimestampType;
import io.ottla.testkit.internal.log.AppendResult.RecordError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Kafka asks of each record of a batch: a key, where the topic is compacted, and its time. */
final class RecordRules {
  private static final long NO_TIMESTAMP = -1;

  private final LogSettings settings;
  private final long nowMillis;

  RecordRules(LogSettings settings, long nowMillis) {
    this.settings = settings;
    this.nowMillis = nowMillis;
  }

  /**
   * Checks all records of a batch, also behind the first bad one.
   *
   * @return the latest record time, or −1
   * @throws BatchRefusedException naming each bad record; for its time, if one has a bad time
   */
  long check(RecordBatch batch) throws BatchRefusedException {
    List<RecordError> errors = new ArrayList<>(0);
    ErrorCode error = ErrorCode.INVALID_RECORD;
    long maxTimestamp = NO_TIMESTAMP;
    try (RecordCursor record = open(batch)) {
      for (int index = 0; record.next(); index++) {
        maxTimestamp = Math.max(maxTimestamp, record.timestamp());
        if (settings.isCompacted() && record.keyLength() < 0) {
          errors.add(new RecordError(index, "a record of a compacted topic needs a key"));
          continue;
        }
        String fault = timestampFault(batch, record);
        if (fault != null) {
          errors.add(new RecordError(index, fault));
          error = ErrorCode.INVALID_TIMESTAMP;
        }
      }
    }
    if (!errors.isEmpty()) {
      throw new BatchRefusedException(error, "refused for " + errors.size() + " records", errors);
    }
    return maxTimestamp;
  }

  /** Decompresses. What cannot be, Kafka has no error code for. */
  private static RecordCursor open(RecordBatch batch) throws BatchRefusedException {
    try {
      return batch.cursor();
    } catch (CorruptBatchException damaged) {
      if (batch.magic() < RecordEntries.MAGIC_V2) {
        throw damaged; // or its messages inside fail their checksums
      }
      throw new BatchRefusedException(
          ErrorCode.UNKNOWN_SERVER_ERROR, String.valueOf(damaged.getMessage()));
    }
  }

  private @Nullable String timestampFault(RecordBatch batch, RecordCursor record) {
    long timestamp = record.timestamp();
    if (settings.timestampType() == TimestampType.CREATE_TIME && timestamp != NO_TIMESTAMP) {
      long age = nowMillis - timestamp;
      return age > settings.timestampBeforeMaxMillis() || -age > settings.timestampAfterMaxMillis()
          ? "timestamp " + timestamp + " is " + age + " ms before the broker's time"
          : null;
    }
    return batch.timestampType() == TimestampType.LOG_APPEND_TIME
        ? "a producer cannot say that its records have the broker's time"
        : null;
  }
}
