package io.ottla.internal.net;

import io.ottla.error.AuthenticationException;
import io.ottla.error.ConnectPhase;
import io.ottla.protocol.message.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why an authentication failed, in words for people. Secrets never come here. */
final class SaslRefusal {
  private SaslRefusal() {}

  /** The broker does not want the mechanism. */
  static Loss ofMechanism(ErrorCode error, String mechanism, List<String> offered) {
    if (error == ErrorCode.UNSUPPORTED_SASL_MECHANISM) {
      String brief = "does not offer " + mechanism;
      return Loss.refused(
          brief,
          "the broker does not offer the SASL mechanism "
              + mechanism
              + "; it offers "
              + (offered.isEmpty() ? "none" : String.join(", ", offered))
              + ": use one of these, or enable it on that listener",
          null);
    }
    if (error == ErrorCode.ILLEGAL_SASL_STATE) {
      return Loss.refused(
          "does not expect SASL",
          "the broker does not expect SASL now (ILLEGAL_SASL_STATE): that listener probably has"
              + " none; use another port, or no SASL",
          null);
    }
    return ofError(error, mechanism, null);
  }

  /** The broker does not accept the tokens. */
  static Loss ofCredentials(ErrorCode error, String mechanism, @Nullable String said) {
    return ofError(error, mechanism, said);
  }

  private static Loss ofError(ErrorCode error, String mechanism, @Nullable String said) {
    String answer = error + (said == null || said.isBlank() ? "" : " (" + said + ")");
    if (error.isRetriable()) {
      return Loss.unreachable(
          ConnectPhase.SASL,
          "could not authenticate us (" + error + ")",
          "the broker could not authenticate us with " + mechanism + " now: " + answer,
          null);
    }
    return Loss.refused(
        "refused the credentials (" + mechanism + ")",
        "the broker refused to authenticate us with "
            + mechanism
            + ": "
            + answer
            + "; check who we say we are, and the secret",
        null);
  }

  /** Our own side could not go on. */
  static Loss ofMechanismFailure(Throwable thrown, String mechanism) {
    String said = thrown.getMessage() == null ? thrown.getClass().getName() : thrown.getMessage();
    String why = "authentication with " + mechanism + " ended on our side: " + said;
    return thrown instanceof AuthenticationException
        ? Loss.refused("could not be authenticated to (" + mechanism + ")", why, thrown)
        : Loss.unreachable(
            ConnectPhase.SASL,
            "was not authenticated to (" + mechanism + ": " + said + ")",
            why,
            thrown);
  }

  /** The broker is satisfied and our side is not: it may not be who it says it is. */
  static Loss incomplete(String mechanism) {
    return Loss.refused(
        "did not prove who it is (" + mechanism + ")",
        "the broker ended the authentication with "
            + mechanism
            + " before our side was satisfied: it did not prove that it knows us",
        null);
  }

  /** The broker hung up, which some do for a wrong password and all do when they stop. */
  static String hungUp(String what, String why) {
    return "while "
        + what
        + ": "
        + why
        + "; either it does not accept our credentials (brokers before 1.0 hang up without a word)"
        + " or it is stopping: look into its log";
  }
}
