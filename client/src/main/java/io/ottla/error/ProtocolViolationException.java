package io.ottla.error;

import org.jspecify.annotations.Nullable;

/**
 * The peer sent bytes that are not Kafka's protocol: it is no broker, its port speaks TLS, or
 * something between damages the stream. The address or the listener's settings need looking at.
 */
public final class ProtocolViolationException extends OttlaException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message which peer, what it sent, what it seems to be
   * @param outcome whether the broker can have acted on the request
   * @param cause what the decoder said, if it came so far
   */
  public ProtocolViolationException(
      String message, SendOutcome outcome, @Nullable Throwable cause) {
    super(message, outcome, cause);
  }
}
