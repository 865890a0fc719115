package io.ottla.internal.admin;

import io.ottla.error.AuthorizationException;
import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.RetriableException;
import io.ottla.error.SendOutcome;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.protocol.message.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A broker's no, as an exception that says what was tried, who answered what, and what to do. */
final class Refusals {
  private Refusals() {}

  /**
   * The exception for an answer.
   *
   * @param what what did not happen: {@code topic orders not created}
   * @param brokerId who answered; −1 if unknown
   * @param words what the broker said besides, if anything
   */
  static OttlaException of(String what, int brokerId, ErrorCode code, @Nullable String words) {
    String message = what + ": " + said(code, words) + " (" + code + from(brokerId) + ")";
    String advice = Advice.of(code);
    String line = advice.isEmpty() ? message : message + "; " + advice;
    return switch (code) {
      case TOPIC_AUTHORIZATION_FAILED,
          GROUP_AUTHORIZATION_FAILED,
          CLUSTER_AUTHORIZATION_FAILED,
          TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
          DELEGATION_TOKEN_AUTHORIZATION_FAILED ->
          new AuthorizationException(line, code);
      case UNSUPPORTED_VERSION -> new UnsupportedVersionException(line);
      // Retriable for whoever writes or reads, since a broker may not have heard of it yet; who
      // administers asks about what is there now.
      case UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID -> new RefusedException(line, code);
      default ->
          code.isRetriable()
              ? new RetriableException(line, code)
              : new RefusedException(line, code);
    };
  }

  /** Nothing was said about something that was asked for. */
  static OttlaException silence(String what) {
    return new RefusedException(
        what + ": the broker's answer does not speak of it", SendOutcome.UNKNOWN, null);
  }

  static ClosedException closed() {
    return new ClosedException("the client was closed", SendOutcome.UNKNOWN);
  }

  private static String said(ErrorCode code, @Nullable String words) {
    String text = words == null || words.isBlank() ? code.message() : words;
    return text.strip().replaceAll("\\.$", "");
  }

  private static String from(int brokerId) {
    return brokerId < 0 ? "" : " from broker " + brokerId;
  }
}
