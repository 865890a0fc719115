package io.ottla.internal.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.ClientAuth;
import io.netty.pkitesting.X509Bundle;
import io.ottla.pki.Authority;
import io.ottla.security.Tls;
import io.ottla.security.TlsEngine;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Handshakes that fail, and what is said of them: the same with both engines. */
@Timeout(120)
@ParameterizedClass
@EnumSource(
    value = TlsEngine.class,
    names = {"JDK", "OPENSSL"})
class RefusedHandshakeTest extends TlsTestBase {
  @Parameter TlsEngine engine = TlsEngine.AUTO;

  @Test
  void a_certificate_for_another_host_is_refused() throws Exception {
    int port = server().port();
    EchoClient client = client(trusting(engine).build());

    for (String host : List.of("other.example", "127.0.0.2", "::1", "localhost.example")) {
      assertThat(client.explained(host, port))
          .isEqualTo(
              "the certificate shown by "
                  + (host.equals("::1") ? "[::1]" : host)
                  + ":"
                  + port
                  + " is for localhost, broker1, 127.0.0.1, not for "
                  + host
                  + "; connect by one of these names, or have the broker's certificate issued for "
                  + host);
    }
  }

  @Test
  void a_certificate_for_another_host_is_refused_in_each_version_of_tls() throws Exception {
    int port = server().port();

    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      EchoClient client = client(trusting(engine).protocols(version).build());
      assertThat(client.explained("other.example", port)).contains("not for other.example");
    }
  }

  @Test
  void a_certificate_without_hosts_is_refused() throws Exception {
    int port = closing(EchoServer.tls(AUTHORITY.server())).port();
    EchoClient client = client(trusting(engine).build());

    assertThat(client.explained("localhost", port))
        .isEqualTo(
            "the certificate CN=a broker, shown by localhost:"
                + port
                + ", names no host (it has no subject alternative names); have the broker's"
                + " certificate issued for localhost");
  }

  @Test
  void an_expired_certificate_is_refused() throws Exception {
    X509Bundle old =
        AUTHORITY.issue(
            "CN=old",
            how -> how.addSanDnsName("localhost").notAfter(Instant.parse("2021-01-01T00:00:00Z")));
    int port = closing(EchoServer.tls(old)).port();
    EchoClient client = client(trusting(engine).build());

    assertThat(client.explained("localhost", port))
        .startsWith(
            "the certificate CN=old, shown by localhost:"
                + port
                + ", expired at 2021-01-01T00:00:00Z; have it renewed on the broker");
  }

  @Test
  void a_certificate_of_the_future_is_refused() throws Exception {
    X509Bundle early =
        AUTHORITY.issue(
            "CN=early",
            how -> how.addSanDnsName("localhost").notBefore(Instant.parse("2119-01-01T00:00:00Z")));
    int port = closing(EchoServer.tls(early)).port();
    EchoClient client = client(trusting(engine).build());

    assertThat(client.explained("localhost", port))
        .contains("CN=early", "is valid only from 2119-01-01T00:00:00Z on; check the clocks");
  }

  @Test
  void an_issuer_that_is_not_trusted_is_named() throws Exception {
    int port = server().port();
    EchoClient another =
        client(Tls.builder().engine(engine).trustPem(new Authority("another").pem()).build());
    EchoClient theJvms = client(Tls.builder().engine(engine).build());

    assertThat(another.explained("localhost", port))
        .isEqualTo(
            "the issuer of the certificate shown by localhost:"
                + port
                + ", CN=the test authority, is not among those in tls.trust; if it is the right"
                + " broker, add that certificate with tls.trust (ssl.truststore.location)");
    assertThat(theJvms.explained("localhost", port))
        .contains("CN=the test authority, is not trusted by this JVM; if");
  }

  @Test
  void a_certificate_signed_by_itself_is_refused_unless_it_is_trusted() throws Exception {
    X509Bundle own = Authority.selfSigned("localhost");
    int port = closing(EchoServer.tls(own)).port();
    EchoClient stranger = client(trusting(engine).build());
    EchoClient friend =
        client(Tls.builder().engine(engine).trustPem(own.getCertificatePEM()).build());

    assertThat(stranger.explained("localhost", port))
        .contains("CN=localhost, shown by", "is signed by itself and not among those in tls.trust");
    assertThat(friend.echo("localhost", port)).isEqualTo("ping");
  }

  @Test
  void a_broker_that_wants_a_certificate_of_ours_says_so() throws Exception {
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      int port = mutual(version).port();

      String said = client(trusting(engine).build()).refusal("localhost", port);

      assertThat(said)
          .as(version)
          .contains("localhost:" + port, "certificate of this client", "set tls.key");
    }
  }

  @Test
  void a_certificate_of_ours_that_the_broker_does_not_trust_is_named() throws Exception {
    X509Bundle foreign = new Authority("foreign").client("stranger");
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      EchoClient client = client(with(foreign));

      String said = client.refusal("localhost", mutual(version).port());

      assertThat(said).as(version).containsAnyOf("CN=stranger of CN=foreign", "(check tls.key)");
    }
  }

  @Test
  void a_certificate_of_ours_that_expired_is_warned_of_and_named() throws Exception {
    X509Bundle old =
        AUTHORITY.issue("CN=me", how -> how.notAfter(Instant.parse("2021-01-01T00:00:00Z")));
    EchoClient client = client(with(old));

    assertThat(Warnings.take(line -> line.contains("tls.key")))
        .singleElement()
        .asString()
        .contains("our certificate CN=me expired at 2021-01-01T00:00:00Z");
    assertThat(client.refusal("localhost", mutual("TLSv1.3").port()))
        .contains("our certificate CN=me", "valid until 2021-01-01T00:00:00Z; renew it");
  }

  @Test
  void no_version_in_common_is_said() throws Exception {
    int port = closing(EchoServer.tls(BROKER, how -> how.protocols("TLSv1.2"))).port();
    EchoClient client = client(trusting(engine).protocols("TLSv1.3").build());

    assertThat(client.explained("localhost", port))
        .startsWith(
            "localhost:"
                + port
                + " has no version or cipher suite of TLS in common with us (TLSv1.3); set"
                + " tls.protocols");
  }

  @Test
  void no_cipher_suite_in_common_is_said() throws Exception {
    int port =
        closing(
                EchoServer.tls(
                    BROKER, how -> how.ciphers(List.of("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"))))
            .port();
    String other = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
    EchoClient client = client(trusting(engine).protocols("TLSv1.2").ciphers(other).build());

    assertThat(client.explained("localhost", port))
        .contains("no cipher suite in common with us (TLSv1.2 with " + other + ")", "tls.ciphers");
  }

  @Test
  void a_plain_port_that_hangs_up_is_called_so() throws Exception {
    int port = closing(EchoServer.plain(null)).port();

    assertThat(client(trusting(engine).build()).explained("localhost", port))
        .startsWith(
            "localhost:"
                + port
                + " closed the connection during the TLS handshake; if it is a port without TLS,"
                + " connect without TLS or to the broker's port with TLS");
  }

  @Test
  @Scenario("G98")
  void a_peer_that_speaks_without_tls_is_called_so() throws Exception {
    EchoClient client = client(trusting(engine).build());
    int kafka = closing(EchoServer.plain("\0\0\0\5hello")).port();
    int http = closing(EchoServer.plain("HTTP/1.1 400 Bad Request\r\n\r\n")).port();

    assertThat(client.explained("localhost", kafka))
        .isEqualTo(
            "localhost:"
                + kafka
                + " speaks without TLS; connect without TLS (leave out tls), or to the broker's"
                + " port with TLS");
    assertThat(client.explained("localhost", http)).contains("without TLS");
  }

  private Tls with(X509Bundle mine) {
    return trusting(engine)
        .keyPem(mine.getCertificatePathPEM(), mine.getPrivateKeyPEM(), null)
        .build();
  }

  private EchoServer mutual(String version) {
    return closing(
        EchoServer.tls(
            BROKER,
            how ->
                how.protocols(version)
                    .clientAuth(ClientAuth.REQUIRE)
                    .trustManager(AUTHORITY.bundle().getCertificate())));
  }
}
