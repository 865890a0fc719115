package io.ottla.error;

import org.jspecify.annotations.Nullable;

/** No usable connection to the broker could be opened; nothing was sent. */
public final class BrokerUnreachableException extends RetriableException {
  private static final long serialVersionUID = 1L;

  private final ConnectPhase phase;
  private final int attempts;

  /**
   * @param message which broker, the addresses tried, how long, the last answer
   * @param phase how far it came
   * @param cause what the operating system said, if it said something
   */
  public BrokerUnreachableException(String message, ConnectPhase phase, @Nullable Throwable cause) {
    this(message, phase, 1, cause);
  }

  /**
   * @param message which broker, the addresses tried, how often, how long, the last answer
   * @param phase how far the last attempt came
   * @param attempts how many attempts were made
   * @param cause what the operating system said, if it said something
   */
  public BrokerUnreachableException(
      String message, ConnectPhase phase, int attempts, @Nullable Throwable cause) {
    super(message, SendOutcome.NOT_SENT, cause);
    this.phase = phase;
    this.attempts = attempts;
  }

  /** How far the attempt came. */
  public ConnectPhase phase() {
    return phase;
  }

  /** How many attempts to connect failed, this one included. */
  public int attempts() {
    return attempts;
  }
}
