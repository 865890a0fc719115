package io.ottla.testkit.internal.log;

import io.ottla.protocol.message.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch that a client sent.
 *
 * @param error {@link ErrorCode#NONE} if its records are in the log, now or since before
 * @param reason why the batch was refused, in words, for who debugs a test; null if it was not
 * @param recordErrors the records that are at fault, if the broker names them (KIP-467)
 * @param baseOffset the first record's offset; −1 if the batch was refused
 * @param lastOffset the last record's offset; −1 if the batch was refused
 * @param appendTimeMillis the time that the log gave the records; −1 if they kept their own. For a
 *     duplicate, the latest time of the records that are there
 * @param logStartOffset where the log began at that moment
 * @param isDuplicate whether it was there already, and was not appended again
 */
public record AppendResult(
    ErrorCode error,
    @Nullable String reason,
    List<RecordError> recordErrors,
    long baseOffset,
    long lastOffset,
    long appendTimeMillis,
    long logStartOffset,
    boolean isDuplicate) {
  private static final long NONE = -1;

  /**
   * A record for which its batch was refused.
   *
   * @param index its place in the batch, from 0
   * @param message what is wrong with it
   */
  public record RecordError(int index, @Nullable String message) {}

  static AppendResult appended(
      long baseOffset, long lastOffset, long appendTimeMillis, long logStartOffset) {
    return new AppendResult(
        ErrorCode.NONE,
        null,
        List.of(),
        baseOffset,
        lastOffset,
        appendTimeMillis,
        logStartOffset,
        false);
  }

  static AppendResult duplicate(
      long baseOffset, long lastOffset, long maxTimestamp, long logStartOffset) {
    return new AppendResult(
        ErrorCode.NONE,
        null,
        List.of(),
        baseOffset,
        lastOffset,
        maxTimestamp,
        logStartOffset,
        true);
  }

  static AppendResult refused(
      ErrorCode error, String reason, List<RecordError> recordErrors, long logStartOffset) {
    return new AppendResult(error, reason, recordErrors, NONE, NONE, NONE, logStartOffset, false);
  }

  /** Whether the records are in the log. */
  public boolean isAccepted() {
    return error == ErrorCode.NONE;
  }
}
