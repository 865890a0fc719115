package io.ottla.error;

import io.ottla.protocol.message.ErrorCode;

/** The broker does not allow it to this principal. */
public final class AuthorizationException extends OttlaException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was not allowed, on what
   */
  public AuthorizationException(String message) {
    super(message, SendOutcome.REFUSED, null);
  }

  /**
   * A broker answered so.
   *
   * @param message what was not allowed, on what
   * @param errorCode the answer
   */
  public AuthorizationException(String message, ErrorCode errorCode) {
    super(message, errorCode);
  }
}
