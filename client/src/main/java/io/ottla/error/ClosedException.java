package io.ottla.error;

/** The client was closed, before the call or while it waited. */
public final class ClosedException extends OttlaException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was closed and what was still under way
   * @param outcome whether the broker can have acted on it
   */
  public ClosedException(String message, SendOutcome outcome) {
    super(message, outcome, null);
  }
}
