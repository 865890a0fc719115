package io.ottla.error;

import io.ottla.protocol.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The same request may succeed a little later; {@link #outcome} says whether it may happen twice.
 */
public non-sealed class RetriableException extends OttlaException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what failed, where, for how long, and what to do
   * @param outcome whether the broker can have acted on it
   * @param cause what lies beneath, if anything
   */
  public RetriableException(String message, SendOutcome outcome, @Nullable Throwable cause) {
    super(message, outcome, cause);
  }

  /**
   * A broker answered so.
   *
   * @param message what failed, where, for how long, and what to do
   * @param errorCode the answer
   */
  public RetriableException(String message, ErrorCode errorCode) {
    super(message, errorCode);
  }
}
