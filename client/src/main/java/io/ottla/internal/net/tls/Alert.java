package io.ottla.internal.net.tls;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The alerts by which a peer ends a handshake, as far as they mean something to a user. */
enum Alert {
  BAD_CERTIFICATE,
  CERTIFICATE_REQUIRED,
  CERTIFICATE_UNKNOWN,
  CERTIFICATE_EXPIRED,
  CERTIFICATE_REVOKED,
  UNSUPPORTED_CERTIFICATE,
  NO_CERTIFICATE,
  UNKNOWN_CA,
  ACCESS_DENIED,
  HANDSHAKE_FAILURE,
  INSUFFICIENT_SECURITY,
  PROTOCOL_VERSION,
  UNRECOGNIZED_NAME,
  INTERNAL_ERROR,
  DECODE_ERROR,
  DECRYPT_ERROR,
  ILLEGAL_PARAMETER,
  UNEXPECTED_MESSAGE;

  // JDK: "Received fatal alert: bad_certificate"
  private static final Pattern OF_JDK = Pattern.compile("fatal alert: (\\w+)");
  // BoringSSL: "error:10000412:SSL routines:OPENSSL_internal:SSLV3_ALERT_BAD_CERTIFICATE"
  private static final Pattern OF_OPENSSL = Pattern.compile("(?:SSLV3|TLSV1)_(?:ALERT_)?(\\w+)");

  /** The peer's alert that lies beneath a failure, if it is one. */
  static @Nullable Alert in(Throwable failure) {
    return Causes.of(failure)
        .map(Throwable::getMessage)
        .flatMap(message -> message == null ? Stream.empty() : Stream.ofNullable(named(message)))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Alert named(String message) {
    for (Pattern pattern : new Pattern[] {OF_JDK, OF_OPENSSL}) {
      Matcher matcher = pattern.matcher(message);
      if (matcher.find()) {
        String name = matcher.group(1).toUpperCase(Locale.ROOT);
        return Stream.of(values()).filter(a -> a.name().equals(name)).findFirst().orElse(null);
      }
    }
    return null;
  }

  /** As the RFC writes it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is about our certificate, or that there is none. */
  boolean isAboutOurCertificate() {
    return switch (this) {
      case BAD_CERTIFICATE,
          CERTIFICATE_REQUIRED,
          CERTIFICATE_UNKNOWN,
          CERTIFICATE_EXPIRED,
          CERTIFICATE_REVOKED,
          UNSUPPORTED_CERTIFICATE,
          NO_CERTIFICATE,
          UNKNOWN_CA,
          ACCESS_DENIED ->
          true;
      default -> false;
    };
  }
}
