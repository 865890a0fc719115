package io.ottla.internal.net;

import io.ottla.error.AuthenticationException;
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
 * @param brief the cause in a few words that continue the peer's name: {@code refused the
 *     connection}
 * @param why the cause in words
 * @param cause what lies beneath, if anything
 * @param phase how far it had come; only of {@link Kind#UNREACHABLE}
 */
record Loss(
    Kind kind, String brief, String why, @Nullable Throwable cause, @Nullable ConnectPhase phase) {
  /** Kinds of ends. */
  enum Kind {
    /** No connection could be opened. */
    UNREACHABLE,
    /** The connection broke. */
    LOST,
    /** The peer sent what is not Kafka's protocol. */
    VIOLATION,
    /** We are not who the peer lets in, or it is not who we trust. */
    REFUSED,
    /** We closed it: the client was closed, or it was idle. */
    CLOSED
  }

  static Loss unreachable(ConnectPhase phase, String brief, String why, @Nullable Throwable cause) {
    return new Loss(Kind.UNREACHABLE, brief, why, cause, phase);
  }

  static Loss lost(String why, @Nullable Throwable cause) {
    return new Loss(Kind.LOST, "was lost: " + why, why, cause, null);
  }

  /**
   * @param why begins with the peer's name
   */
  static Loss violation(Endpoint peer, String why, @Nullable Throwable cause) {
    String said = why.startsWith(peer + " ") ? why.substring(peer.toString().length() + 1) : why;
    int end = said.indexOf(": ");
    return new Loss(Kind.VIOLATION, end < 0 ? said : said.substring(0, end), why, cause, null);
  }

  static Loss refused(String brief, String why, @Nullable Throwable cause) {
    return new Loss(Kind.REFUSED, brief, why, cause, ConnectPhase.SASL);
  }

  static Loss closed(String why) {
    return new Loss(Kind.CLOSED, "was closed: " + why, why, null, null);
  }

  /** Whether trying again is useless until somebody has changed something. */
  boolean isDefinite() {
    return kind == Kind.VIOLATION || kind == Kind.REFUSED;
  }

  /** What a call is told. */
  OttlaException failureOf(
      String request, SendOutcome outcome, Endpoint endpoint, long elapsedNanos, int attempts) {
    String tries =
        attempts > 1
            ? " after " + TimeText.of(elapsedNanos) + " and " + attempts + " attempts"
            : "";
    String message =
        outcome == SendOutcome.NOT_SENT
            ? request + " not sent to " + endpoint + tries + ": " + why
            : request
                + " to "
                + endpoint
                + " failed after "
                + TimeText.of(elapsedNanos)
                + ": "
                + why
                + "; whether it was carried out is unknown";
    return switch (kind) {
      case UNREACHABLE ->
          new BrokerUnreachableException(
              message,
              phase == null ? ConnectPhase.HANDSHAKE : phase,
              Math.max(1, attempts),
              cause);
      case LOST -> new ConnectionLostException(message, outcome, cause);
      case VIOLATION -> new ProtocolViolationException(message, outcome, cause);
      case REFUSED ->
          outcome == SendOutcome.NOT_SENT
              ? new AuthenticationException(message, cause)
              : new ConnectionLostException(message, outcome, cause);
      case CLOSED -> new ClosedException(message, outcome);
    };
  }
}
