package io.ottla.error;

import org.jspecify.annotations.Nullable;

/** The connection ended before the answer came. */
public final class ConnectionLostException extends RetriableException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which request, which broker, how the connection ended
   * @param outcome whether the broker can have acted on the request
   * @param cause what the operating system said, if it said something
   */
  public ConnectionLostException(String message, SendOutcome outcome, @Nullable Throwable cause) {
    super(message, outcome, cause);
  }
}
