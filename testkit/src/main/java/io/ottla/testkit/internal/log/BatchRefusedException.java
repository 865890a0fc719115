package io.ottla.testkit.internal.log;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.log.AppendResult.RecordError;
import java.util.List;

/** A batch may not enter the log. Stays in this package: the door makes a result of it. */
final class BatchRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode error;
  private final transient List<RecordError> recordErrors;

  BatchRefusedException(ErrorCode error, String reason) {
    this(error, reason, List.of());
  }

  BatchRefusedException(ErrorCode error, String reason, List<RecordError> recordErrors) {
    super(reason, null, false, false);
    this.error = error;
    this.recordErrors = recordErrors;
  }

  ErrorCode error() {
    return error;
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  List<RecordError> recordErrors() {
    return recordErrors;
  }
}
