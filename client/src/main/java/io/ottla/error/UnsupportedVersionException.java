package io.ottla.error;

/** The broker and Ottla have no version of the request in common; nothing was sent. */
public final class UnsupportedVersionException extends RefusedException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the request, the broker, and the versions of both sides
   */
  public UnsupportedVersionException(String message) {
    super(message, SendOutcome.NOT_SENT, null);
  }
}
