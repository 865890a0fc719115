package io.ottla.internal.net.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.ottla.internal.net.Endpoint;
import io.ottla.internal.runtime.Clock;
import io.ottla.security.Tls;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What a failed handshake means, and what to do about it, in a sentence. The engines say the same
 * thing in different exceptions.
 *
 * @param tls what was asked for
 * @param clock the time
 * @param ours our certificate, if we have one
 */
record Explanation(Tls tls, Clock clock, @Nullable X509Certificate ours) {
  private static final String HTTP_IN_HEX = "48545450"; // "HTTP"

  String of(Throwable failure, Endpoint peer) {
    String refused = Refusal.sentenceIn(failure);
    if (refused != null) {
      return refused;
    }
    if (has(failure, NotSslRecordException.class)) {
      return plainText(failure, peer);
    }
    Alert alert = Alert.in(failure);
    if (alert != null) {
      return alert.isAboutOurCertificate() ? aboutUs(alert, peer) : saidNo(alert, peer);
    }
    if (has(failure, SslHandshakeTimeoutException.class)) {
      return peer + " did not answer the TLS handshake; is it a TLS listener of a broker?";
    }
    if (isNothingInCommon(failure)) {
      return nothingInCommon(peer);
    }
    return isEnd(failure) ? closed(peer) : other(failure, peer);
  }

  private static String plainText(Throwable failure, Endpoint peer) {
    boolean isHttp =
        messages(failure)
            .anyMatch(message -> message.toLowerCase(Locale.ROOT).contains(HTTP_IN_HEX));
    return isHttp
        ? peer + " speaks HTTP without TLS, so it is no broker; check host and port"
        : peer
            + " speaks without TLS; connect without TLS (leave out tls), or to the broker's port"
            + " with TLS";
  }

  private String aboutUs(Alert alert, Endpoint peer) {
    if (ours == null) {
      return peer
          + " wants a certificate of this client and was shown none (it said "
          + alert.label()
          + "); set tls.key and tls.certificate (ssl.keystore.location)";
    }
    String who =
        "our certificate "
            + Names.of(ours)
            + " of "
            + ours.getIssuerX500Principal().getName()
            + " (it said "
            + alert.label()
            + ")";
    if (alert == Alert.CERTIFICATE_EXPIRED
        || ours.getNotAfter().toInstant().toEpochMilli() < clock.wallMillis()) {
      return peer
          + " refuses "
          + who
          + ", which is valid until "
          + ours.getNotAfter().toInstant()
          + "; renew it, or check the clocks";
    }
    return switch (alert) {
      case UNKNOWN_CA, CERTIFICATE_UNKNOWN ->
          peer
              + " does not trust "
              + who
              + "; set tls.key and tls.certificate to one of an issuer that it trusts, or add ours"
              + " to the broker's trust store";
      case CERTIFICATE_REVOKED -> peer + " says that " + who + " was revoked; get a new one";
      case ACCESS_DENIED -> peer + " denies access to " + who + "; use another one";
      default ->
          peer
              + " refuses, or was not shown, "
              + who
              + "; it has to be valid, made for clients, and of an issuer that the broker trusts";
    };
  }

  private String saidNo(Alert alert, Endpoint peer) {
    return switch (alert) {
      case HANDSHAKE_FAILURE, INSUFFICIENT_SECURITY ->
          peer
              + " refused the handshake (it said "
              + alert.label()
              + "): "
              + (ours == null
                  ? "it wants a certificate of this client (set tls.key and tls.certificate)"
                  : "it wants another certificate of this client (check tls.key)")
              + ", or has no cipher suite in common with "
              + offered()
              + " (check tls.ciphers)";
      case PROTOCOL_VERSION -> nothingInCommon(peer);
      case UNRECOGNIZED_NAME ->
          peer + " has no certificate for the name " + peer.host() + "; connect by its own name";
      case INTERNAL_ERROR ->
          peer + " failed in the TLS handshake (it said internal_error); look into its log";
      default ->
          peer
              + " broke off the TLS handshake (it said "
              + alert.label()
              + "); look into its log, or try tls.engine = JDK and tls.protocols = TLSv1.2";
    };
  }

  private String nothingInCommon(Endpoint peer) {
    return peer
        + " has no version or cipher suite of TLS in common with "
        + offered()
        + "; set tls.protocols and tls.ciphers as the broker has ssl.enabled.protocols and"
        + " ssl.cipher.suites";
  }

  private String offered() {
    return "us ("
        + String.join(", ", tls.protocols())
        + (tls.ciphers().isEmpty() ? "" : " with " + String.join(", ", tls.ciphers()))
        + ")";
  }

  private String closed(Endpoint peer) {
    return peer
        + " closed the connection during the TLS handshake; if it is a port without TLS, connect"
        + " without TLS or to the broker's port with TLS"
        + (ours == null
            ? "; if it wants a certificate of this client, set tls.key"
            : "; if it is one with TLS, it may refuse our certificate (tls.key)");
  }

  private static String other(Throwable failure, Endpoint peer) {
    String last =
        messages(failure)
            .reduce((upper, deeper) -> deeper)
            .orElse(failure.getClass().getSimpleName());
    return "TLS with "
        + peer
        + " failed ("
        + last
        + "); compare tls.protocols and tls.ciphers with the broker's, or try tls.engine = JDK";
  }

  /** What our own engine says when the two find nothing to agree on. */
  private static boolean isNothingInCommon(Throwable failure) {
    return messages(failure)
        .anyMatch(
            message ->
                message.contains("No appropriate protocol")
                    || message.contains("is not accepted by client preferences")
                    || message.contains("UNSUPPORTED_PROTOCOL")
                    || message.contains("WRONG_VERSION_NUMBER")
                    || message.contains("NO_SHARED_CIPHER"));
  }

  private static boolean isEnd(Throwable failure) {
    return has(failure, ClosedChannelException.class)
        || (failure instanceof IOException && !has(failure, SSLException.class))
        || messages(failure).anyMatch(message -> message.contains("closed"));
  }

  private static Stream<String> messages(Throwable failure) {
    return Causes.of(failure).map(Throwable::getMessage).filter(Objects::nonNull);
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
    return Causes.of(failure).anyMatch(kind::isInstance);
  }
}
