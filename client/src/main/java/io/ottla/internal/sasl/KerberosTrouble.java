package io.ottla.internal.sasl;

import io.ottla.error.AuthenticationException;
import io.ottla.error.OttlaException;
import io.ottla.error.RetriableException;
import io.ottla.error.SendOutcome;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Kerberos complains about, and what it means. */
final class KerberosTrouble {
  /** Part of a message of the JDK's, and what to do about it. */
  private static final Map<String, String> ADVICE = new LinkedHashMap<>();

  static {
    ADVICE.put(
        "Client not found",
        "the KDC does not know the principal; is it spelled as it was created?");
    ADVICE.put(
        "Server not found",
        "the KDC does not know the broker's principal; check the service name, and that brokers"
            + " advertise the host name that their principals have");
    ADVICE.put(
        "Unable to obtain",
        "there are no keys or tickets for the principal there; compare `klist` and `klist -k`");
    ADVICE.put("No valid credentials", "there is no valid ticket; log in anew with kinit");
    ADVICE.put(
        "Checksum failed", "the key is not the one that the KDC has; export the keytab anew");
    ADVICE.put(
        "Pre-authentication", "the key is not the one that the KDC has; export the keytab anew");
    ADVICE.put("Clock skew", "the clocks of this machine and of the KDC differ; set them");
    ADVICE.put(
        "Cannot locate", "krb5.conf names no KDC for the realm; see -Djava.security.krb5.conf");
    ADVICE.put("realm", "krb5.conf does not know the realm; see -Djava.security.krb5.conf");
  }

  private KerberosTrouble() {}

  /**
   * The failure in our words: retriable if nobody could be reached.
   *
   * @param what what failed
   */
  static OttlaException of(String what, Exception failure) {
    String text = what + ": " + told(failure);
    return isNetwork(failure)
        ? new RetriableException(
            text + "; is the KDC that krb5.conf names running?", SendOutcome.NOT_SENT, failure)
        : new AuthenticationException(text + advice(failure), failure);
  }

  private static String told(Throwable failure) {
    StringBuilder told = new StringBuilder(Said.by(failure.getMessage()));
    Throwable cause = failure.getCause();
    if (cause != null && cause.getMessage() != null && told.indexOf(cause.getMessage()) < 0) {
      told.append(" (").append(Said.by(cause.getMessage())).append(')');
    }
    return told.toString();
  }

  private static boolean isNetwork(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException && !(cause instanceof FileNotFoundException)) {
        return true;
      }
    }
    return false;
  }

  private static String advice(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      for (Map.Entry<String, String> known : ADVICE.entrySet()) {
        if (message.contains(known.getKey())) {
          return "; " + known.getValue();
        }
      }
    }
    return "";
  }
}
