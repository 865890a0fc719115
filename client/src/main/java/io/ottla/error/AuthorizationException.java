package io.ottla.error;

/** The broker does not allow it to this principal. */
public final class AuthorizationException extends OttlaException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was not allowed, on what
   */
  public AuthorizationException(String message) {
    super(message, SendOutcome.REFUSED, null);
  }
}
