package io.ottla.testkit.internal.admin;

import io.ottla.protocol.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/** An error that becomes a part of the answer: of one topic or one resource. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode error;

  /**
   * @param message for the answer; null where Kafka has no words either
   */
  RefusedException(ErrorCode error, @Nullable String message) {
    super(message, null, false, false);
    this.error = error;
  }

  /** With the words that Kafka has for the code. */
  RefusedException(ErrorCode error) {
    this(error, error.message());
  }

  /** What the controller says whom no time is left; it does nothing then. */
  static RefusedException timedOut() {
    return new RefusedException(ErrorCode.REQUEST_TIMED_OUT, null);
  }

  ErrorCode error() {
    return error;
  }

  /** Carries out one part of a request; what it throws, or null if it is done. */
  static @Nullable RefusedException of(Runnable part) {
    try {
      part.run();
      return null;
    } catch (RefusedException refused) {
      return refused;
    }
  }

  /** The code for an answer. */
  static short code(@Nullable RefusedException refused) {
    return refused == null ? ErrorCode.NONE.code() : refused.error.code();
  }

  /** The words for an answer. */
  static @Nullable String message(@Nullable RefusedException refused) {
    return refused == null ? null : refused.getMessage();
  }
}
