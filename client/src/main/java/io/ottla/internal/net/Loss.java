package io.ottla.internal.net;

import io.ottla.error.BrokerUnreachableException;
import io.ottla.error.ClosedException;
import io.ottla.error.ConnectPhase;
import io.ottla.error.ConnectionLostException;
import io.ottla.error.OttlaException;
import io.ottla.error.ProtocolViolationException;
import io.ottla.error.SendOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection ended, or was never there: the first cause, of which each call makes its own
 * exception.
 *
 * @param kind what kind of end it is
 * @param why the cause in words
 * @param cause what lies beneath, if anything
 * @param phase how far it had come; only of {@link Kind#UNREACHABLE}
 */
record Loss(Kind kind, String why, @Nullable Throwable cause, @Nullable ConnectPhase phase) {
  /** Kinds of ends. */
  enum Kind {
    /** No connection could be opened. */
    UNREACHABLE,
    /** The connection broke. */
    LOST,
    /** The peer sent what is not Kafka's protocol. */
    VIOLATION,
    /** We closed it: the client was closed, or it was idle. */
    CLOSED
  }

  static Loss unreachable(ConnectPhase phase, String why, @Nullable Throwable cause) {
    return new Loss(Kind.UNREACHABLE, why, cause, phase);
  }

  static Loss lost(String why, @Nullable Throwable cause) {
    return new Loss(Kind.LOST, why, cause, null);
  }

  static Loss violation(String why, @Nullable Throwable cause) {
    return new Loss(Kind.VIOLATION, why, cause, null);
  }

  static Loss closed(String why) {
    return new Loss(Kind.CLOSED, why, null, null);
  }

  OttlaException failureOf(
      String request, SendOutcome outcome, Endpoint endpoint, long elapsedNanos) {
    String message =
        request
            + " to "
            + endpoint
            + " failed after "
            + TimeText.of(elapsedNanos)
            + ": "
            + why
            + (outcome == SendOutcome.NOT_SENT
                ? "; it was not sent"
                : "; whether it was carried out is unknown");
    return switch (kind) {
      case UNREACHABLE ->
          new BrokerUnreachableException(
              message, phase == null ? ConnectPhase.HANDSHAKE : phase, cause);
      case LOST -> new ConnectionLostException(message, outcome, cause);
      case VIOLATION -> new ProtocolViolationException(message, outcome, cause);
      case CLOSED -> new ClosedException(message, outcome);
    };
  }
}
