package io.ottla.error;

import org.jspecify.annotations.Nullable;

/** The broker does not accept who we say we are, or we do not accept who it says it is. */
public final class AuthenticationException extends OttlaException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which broker, which mechanism, who, what it answered, what to do; no secrets
   * @param cause what lies beneath, if anything
   */
  public AuthenticationException(String message, @Nullable Throwable cause) {
    super(message, SendOutcome.NOT_SENT, cause);
  }
}
