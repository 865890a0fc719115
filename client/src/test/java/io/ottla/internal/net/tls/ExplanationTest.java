package io.ottla.internal.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.pkitesting.X509Bundle;
import io.ottla.internal.net.Endpoint;
import io.ottla.internal.runtime.Clock;
import io.ottla.pki.Authority;
import io.ottla.security.Tls;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each kind of failure is called, in the words of both engines. */
class ExplanationTest {
  private static final Endpoint PEER = new Endpoint("kafka.example", 9093);
  private static final X509Bundle MINE = new Authority("ours").client("me");

  @ParameterizedTest
  @EnumSource(Alert.class)
  void an_alert_is_known_from_both_engines_and_says_what_to_do(Alert alert) {
    SSLException jdk = new SSLHandshakeException("Received fatal alert: " + alert.label());
    SSLException jdk25 =
        new SSLHandshakeException("(" + alert.label() + ") Received fatal alert: " + alert.label());
    SSLException ssl3 = openSsl("SSLV3_ALERT_" + alert.name());
    SSLException tls1 = openSsl("TLSV1_ALERT_" + alert.name());

    for (SSLException failure : new SSLException[] {jdk, jdk25, ssl3, tls1}) {
      assertThat(Alert.in(new DecoderException(failure))).isEqualTo(alert);
      for (X509Bundle ours : new X509Bundle[] {null, MINE}) {
        assertThat(said(failure, ours))
            .contains("kafka.example:9093")
            .containsPattern("set tls|check|use |add |renew|connect|get a|look into|it has to be")
            .doesNotContain("null", "routines", "Exception");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bad_certificate,wants a certificate of this client and was shown none",
    "certificate_required,set tls.key and tls.certificate",
    "unknown_ca,wants a certificate of this client",
    "handshake_failure,it wants a certificate of this client (set tls.key and tls.certificate)",
    "protocol_version,no version or cipher suite of TLS in common with us",
    "unrecognized_name,has no certificate for the name kafka.example",
    "internal_error,look into its log",
  })
  void without_a_certificate_of_ours(String alert, String expected) {
    assertThat(said(new SSLException("Received fatal alert: " + alert), null)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "unknown_ca,does not trust our certificate CN=me of CN=ours (it said unknown_ca)",
    "certificate_expired,valid until 2120-01-01T00:00:00Z; renew it",
    "certificate_revoked,was revoked; get a new one",
    "access_denied,denies access to our certificate CN=me",
    "bad_certificate,'refuses, or was not shown, our certificate CN=me'",
    "handshake_failure,(check tls.key)",
  })
  void with_a_certificate_of_ours(String alert, String expected) {
    assertThat(said(new SSLException("Received fatal alert: " + alert), MINE)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "No appropriate protocol (protocol is disabled or cipher suites are inappropriate)",
    "The server selected protocol version TLS12 is not accepted by client preferences [TLS13]",
    "error:100000f0:SSL routines:OPENSSL_internal:UNSUPPORTED_PROTOCOL",
    "error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER",
  })
  void our_own_engine_finds_nothing_in_common(String message) {
    assertThat(said(new SSLHandshakeException(message), null))
        .startsWith("kafka.example:9093 has no version or cipher suite of TLS in common with us");
  }

  @Test
  void an_end_without_a_word_may_be_a_port_without_tls() {
    for (Throwable end :
        new Throwable[] {
          new ClosedChannelException(),
          new SocketException("Connection reset"),
          new IOException("Broken pipe"),
          new SSLException(
              "closing inbound before receiving peer's close_notify", new ClosedChannelException()),
          new SSLHandshakeException("Connection closed while SSL/TLS handshake was in progress"),
        }) {
      assertThat(said(end, null)).contains("if it is a port without TLS", "set tls.key");
      assertThat(said(end, MINE)).contains("it may refuse our certificate");
    }
  }

  @Test
  void silence_is_called_so() {
    assertThat(said(new SslHandshakeTimeoutException("timed out"), null))
        .contains("did not answer the TLS handshake");
  }

  @Test
  void what_nobody_knows_is_quoted_in_a_sentence() {
    Throwable cause = new IllegalStateException("the deepest cause");

    assertThat(said(new SSLException("unheard of", cause), null))
        .isEqualTo(
            "TLS with kafka.example:9093 failed (the deepest cause); compare"
                + " tls.protocols and tls.ciphers with the broker's, or try tls.engine = JDK");
    assertThat(said(new SSLException((String) null), null)).contains("failed (SSLException)");
  }

  @Test
  void an_alert_that_nobody_knows_is_not_taken_for_another() {
    assertThat(Alert.in(new SSLException("Received fatal alert: too_many_cooks"))).isNull();
    assertThat(Alert.in(new SSLException("just closed"))).isNull();
  }

  @Test
  void a_circle_of_causes_ends() {
    SSLException round = new SSLException("round");
    round.initCause(new IOException("trip", round));

    assertThat(said(round, null)).contains("failed (");
  }

  private static SSLException openSsl(String reason) {
    return new SSLException(
        "error:10000412:SSL routines:OPENSSL_internal:" + reason.toUpperCase(Locale.ROOT));
  }

  private static String said(Throwable failure, @Nullable X509Bundle ours) {
    return new Explanation(
            Tls.system(), Clock.system(), ours == null ? null : ours.getCertificate())
        .of(failure, PEER);
  }
}
