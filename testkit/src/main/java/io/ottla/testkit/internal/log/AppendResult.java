package io.ottla.testkit.internal.log;

import io.ottla.protocol.message.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch that a client sent.
 *
 * @param error {@link ErrorCode#NONE} if its records are in the log, now or since before
 * @param message what the broker says about the error; null for what the code alone says
 * @param recordErrors the records that are at fault, if the broker names them (KIP-467)
 * @param baseOffset the first record's offset; −1 if the batch was refused
 * @param lastOffset the last record's offset; −1 if the batch was refused
 * @param appendTimeMillis the time that the log gave the records; −1 if they kept their own. For a
 *     duplicate, the latest time of the records that are there
 * @param logStartOffset where the log began at that moment; −1 if the batch was refused
 * @param isDuplicate whether it was there already, and was not appended again
 */
public record AppendResult(
    ErrorCode error,
    @Nullable String message,
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

  /** The result for a batch that was refused as a whole. */
  public static AppendResult refused(ErrorCode error, @Nullable String message) {
    return refused(error, message, List.of());
  }

  static AppendResult refused(
      ErrorCode error, @Nullable String message, List<RecordError> recordErrors) {
    return new AppendResult(error, message, recordErrors, NONE, NONE, NONE, NONE, false);
  }

  /** Whether the records are in the log. */
  public boolean isAccepted() {
    return error == ErrorCode.NONE;
  }
}
