package io.ottla.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.ottla.error.BrokerUnreachableException;
import io.ottla.error.ConnectPhase;
import io.ottla.error.ConnectionLostException;
import io.ottla.error.ProtocolViolationException;
import io.ottla.script.Peer;
import io.ottla.script.Script;
import io.ottla.script.ScriptedServer;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** TLS as a phase of opening a connection, with the JDK's TLS at the other end. */
final class TlsPhaseTest extends RealLinkTestBase {
  private static final X509Bundle AUTHORITY = authority();
  private static final X509Bundle FOREIGN = authority();
  private static final SSLContext SERVER = server();

  /** Trusts one authority, and asks for nothing else. */
  private record Trusting(SslContext context) implements TlsClient {
    static Trusting in(X509Bundle authority) {
      try {
        return new Trusting(
            SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(authority.getCertificate())
                .build());
      } catch (SSLException never) {
        throw new AssertionError(never);
      }
    }

    @Override
    public SslHandler newHandler(ByteBufAllocator allocator, Endpoint peer) {
      return context.newHandler(allocator, peer.host(), peer.port());
    }

    @Override
    public String explain(Throwable failure, Endpoint peer) {
      return "explained " + failure.getClass().getSimpleName();
    }
  }

  private static X509Bundle authority() {
    try {
      return new CertificateBuilder()
          .subject("CN=authority")
          .setIsCertificateAuthority(true)
          .buildSelfSigned();
    } catch (Exception never) {
      throw new AssertionError(never);
    }
  }

  private static SSLContext server() {
    try {
      X509Bundle own =
          new CertificateBuilder()
              .subject("CN=127.0.0.1")
              .addSanIpAddress("127.0.0.1")
              .buildIssuedBy(AUTHORITY);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          own.toKeyManagerFactory().getKeyManagers(),
          AUTHORITY.toTrustManagerFactory().getTrustManagers(),
          null);
      return context;
    } catch (Exception never) {
      throw new AssertionError(never);
    }
  }

  private static Script overTls(Script script, boolean asksForCertificate) {
    return peer -> script.play(peer.overTls(SERVER, asksForCertificate));
  }

  private BrokerLink trusting(X509Bundle authority, int port) {
    return link("127.0.0.1", port, settings().withTls(Trusting.in(authority)));
  }

  @Test
  void requests_and_answers_go_through_tls() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(overTls(serving(), false))) {
      BrokerLink link = trusting(AUTHORITY, server.port());

      for (int turn = 0; turn < 50; turn++) {
        assertThat(ask(link).errorCode()).isZero();
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_certificate_that_is_not_trusted_ends_in_phase_tls_with_the_explanation() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(overTls(serving(), false))) {
      BrokerLink link = trusting(FOREIGN, server.port());

      Throwable failure = failureOf(link);

      assertThat(failure)
          .isInstanceOfSatisfying(
              BrokerUnreachableException.class,
              unreachable -> assertThat(unreachable.phase()).isEqualTo(ConnectPhase.TLS))
          .hasMessageContainingAll("(tls): 127.0.0.1:" + server.port(), "explained SSLHandshake");
      assertThat(Objects.requireNonNull(link.trouble()).brief())
          .startsWith("TLS failed: explained");
    }
  }

  @Test
  @Scenario("G98")
  void tls_to_a_plain_port_ends_at_once() throws Exception {
    // As a broker does: the record's head, read as a length, is too large.
    try (ScriptedServer server = ScriptedServer.playing(peer -> peer.readBytes(4))) {
      Throwable failure = failureOf(trusting(AUTHORITY, server.port()));

      assertThat(((BrokerUnreachableException) failure).phase()).isEqualTo(ConnectPhase.TLS);
      assertThat(failure).hasMessageContaining("explained");
    }
  }

  @Test
  @Scenario("G98")
  void plain_text_to_a_tls_port_is_named() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(overTls(serving(), false))) {
      Throwable failure = failureOf(link("127.0.0.1", server.port(), settings()));

      assertThat(failure)
          .isInstanceOf(ProtocolViolationException.class)
          .hasMessageContaining("speaks TLS and this connection does not");
    }
  }

  @Test
  @Scenario("L169")
  void a_tls_handshake_that_does_not_end_ends_at_the_connect_timeout() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Peer::readToTheEnd)) {
      ConnectionSettings hurried = settings(Duration.ofMillis(200)).withTls(Trusting.in(AUTHORITY));

      Throwable failure = failureOf(link("127.0.0.1", server.port(), hurried));

      assertThat(((BrokerUnreachableException) failure).phase()).isEqualTo(ConnectPhase.TLS);
      assertThat(failure).hasMessageContaining("did not end the TLS handshake");
    }
  }

  @Test
  void a_broker_that_misses_our_certificate_ends_in_phase_tls() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(overTls(serving(), true))) {
      Throwable failure = failureOf(trusting(AUTHORITY, server.port()));

      assertThat(((BrokerUnreachableException) failure).phase()).isEqualTo(ConnectPhase.TLS);
    }
  }

  @Test
  void a_broker_that_ends_the_tls_session_ends_the_connection() throws Exception {
    Script ending =
        peer -> {
          peer.tellVersions();
          peer.read();
          ((SSLSocket) peer.socket()).shutdownOutput(); // a close_notify; the socket stays open
          peer.readToTheEnd();
        };
    try (ScriptedServer server = ScriptedServer.playing(overTls(ending, false))) {
      Throwable failure = failureOf(trusting(AUTHORITY, server.port()));

      assertThat(failure)
          .isInstanceOf(ConnectionLostException.class)
          .hasMessageContaining("the broker ended the TLS session");
    }
  }
}
