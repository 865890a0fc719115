package io.ottla.internal.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.ClientAuth;
import io.netty.pkitesting.X509Bundle;
import io.ottla.internal.net.tls.EchoClient.Conversation;
import io.ottla.pki.Authority;
import io.ottla.security.TlsEngine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Handshakes that succeed, with the JDK's engine and with the native one. */
@Timeout(120)
@ParameterizedClass
@EnumSource(
    value = TlsEngine.class,
    names = {"JDK", "OPENSSL"})
class TlsHandshakeTest extends TlsTestBase {
  @Parameter TlsEngine engine = TlsEngine.AUTO;

  @Test
  void a_broker_is_met_by_each_name_and_address_of_its_certificate() throws Exception {
    EchoServer server = server();
    EchoClient client = client(trusting(engine).build());

    for (String host : List.of("localhost", "LOCALHOST", "broker1", "broker1.", "127.0.0.1")) {
      assertThat(client.echo(host, server.port())).as(host).isEqualTo("ping");
    }
  }

  @Test
  void names_are_sent_along_and_addresses_are_not() throws Exception {
    EchoServer server = server();
    EchoClient client = client(trusting(engine).verifyHostName(false).build());

    for (String host : List.of("localhost", "127.0.0.1", "::1", "broker_1", "kafka.example.")) {
      assertThat(client.echo(host, server.port())).as(host).isEqualTo("ping");
    }

    assertThat(server.serverNames).containsExactly("localhost", "kafka.example");
  }

  @Test
  void each_version_of_tls_can_be_asked_for() throws Exception {
    EchoServer server = server();

    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      EchoClient client = client(trusting(engine).protocols(version).build());
      Conversation conversation = client.open("localhost", server.port());
      assertThat(conversation.session().getProtocol()).isEqualTo(version);
      conversation.close();
    }
  }

  @Test
  void a_cipher_suite_can_be_asked_for() throws Exception {
    EchoServer server = server();
    String suite = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
    EchoClient client = client(trusting(engine).protocols("TLSv1.2").ciphers(suite).build());

    Conversation conversation = client.open("localhost", server.port());

    assertThat(conversation.session().getCipherSuite()).isEqualTo(suite);
    conversation.close();
  }

  @Test
  void whoever_has_a_certificate_shows_it() throws Exception {
    X509Bundle mine = AUTHORITY.client("me");
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      EchoServer server =
          closing(
              EchoServer.tls(
                  BROKER,
                  how ->
                      how.protocols(version)
                          .clientAuth(ClientAuth.REQUIRE)
                          .trustManager(AUTHORITY.bundle().getCertificate())));
      EchoClient client =
          client(
              trusting(engine)
                  .keyPem(mine.getCertificatePathPEM(), mine.getPrivateKeyPEM(), null)
                  .build());

      assertThat(client.echo("localhost", server.port())).as(version).isEqualTo("ping");
    }
  }

  @Test
  void without_verification_of_its_name_only_the_issuer_counts() throws Exception {
    EchoServer server = server();
    EchoClient client = client(trusting(engine).verifyHostName(false).build());
    EchoServer foreign = closing(EchoServer.tls(new Authority("other").server("localhost")));

    assertThat(client.echo("other.example", server.port())).isEqualTo("ping");
    assertThat(client.explained("localhost", foreign.port())).contains("CN=other, is not among");
  }

  @Test
  void a_second_connection_resumes_the_session() throws Exception {
    for (String version : List.of("TLSv1.2", "TLSv1.3")) {
      EchoServer server = closing(EchoServer.tls(BROKER, how -> how.protocols(version)));
      EchoClient client = client(trusting(engine).build());

      assertThat(client.echo("localhost", server.port())).isEqualTo("ping");
      assertThat(client.echo("localhost", server.port())).isEqualTo("ping");

      assertThat(server.sessionsMade).as(version).hasSize(2);
      assertThat(server.sessionsMade.stream().distinct()).as(version).hasSize(1);
    }
  }

  @Test
  void much_goes_both_ways() throws Exception {
    EchoServer server = server();
    EchoClient client = client(trusting(engine).build());
    Conversation conversation = client.open("localhost", server.port());
    String much = "0123456789abcdef".repeat(64 << 10);

    assertThat(conversation.say(much)).isEqualTo(much);
    conversation.close();
  }
}
