package io.ottla.error;

import org.jspecify.annotations.Nullable;

/** No usable connection to the broker could be opened; nothing was sent. */
public final class BrokerUnreachableException extends RetriableException {
  private static final long serialVersionUID = 1L;

  private final ConnectPhase phase;

  /**
   * @param message which broker, the addresses tried, how long, the last answer
   * @param phase how far it came
   * @param cause what the operating system said, if it said something
   */
  public BrokerUnreachableException(String message, ConnectPhase phase, @Nullable Throwable cause) {
    super(message, SendOutcome.NOT_SENT, cause);
    this.phase = phase;
  }

  /** How far the attempt came. */
  public ConnectPhase phase() {
    return phase;
  }
}
