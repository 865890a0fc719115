package io.ottla.producer;

import io.ottla.protocol.message.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the records of one call for one partition.
 *
 * @param topic the topic
 * @param partition the partition
 * @param records how many records they were
 * @param error {@link ErrorCode#NONE} if they were written
 * @param message why not, in words; null if they were written
 * @param baseOffset the first one's offset; −1 if they were not written, or if nobody was asked to
 *     acknowledge
 * @param logAppendTimeMs when the broker appended them, if the topic uses that time; else −1
 * @param logStartOffset the first offset that the partition still has; −1 if the broker does not
 *     say
 * @param recordErrors the records that caused the refusal, if the broker names them
 */
public record ProduceResult(
    String topic,
    int partition,
    int records,
    ErrorCode error,
    @Nullable String message,
    long baseOffset,
    long logAppendTimeMs,
    long logStartOffset,
    List<RecordError> recordErrors) {
  /** Copies the list. */
  public ProduceResult {
    recordErrors = List.copyOf(recordErrors);
  }

  /** Whether the records were written; with {@link Acks#NONE}: whether they left. */
  public boolean isWritten() {
    return error == ErrorCode.NONE;
  }
}
