package io.ottla.error;

import io.ottla.protocol.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/** This request or record will never succeed as it is; sending it again is useless. */
public non-sealed class RefusedException extends OttlaException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was refused, by whom, and what to change
   * @param outcome {@link SendOutcome#NOT_SENT} if it was refused here, {@link SendOutcome#REFUSED}
   *     if the broker did
   * @param cause what lies beneath, if anything
   */
  public RefusedException(String message, SendOutcome outcome, @Nullable Throwable cause) {
    super(message, outcome, cause);
  }

  /**
   * A broker answered so.
   *
   * @param message what was refused, by whom, and what to change
   * @param errorCode the answer
   */
  public RefusedException(String message, ErrorCode errorCode) {
    super(message, errorCode);
  }
}
