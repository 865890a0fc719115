package io.ottla.internal.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.internal.net.Endpoint;
import io.ottla.internal.net.tls.EchoClient.Conversation;
import io.ottla.internal.runtime.Clock;
import io.ottla.security.Tls;
import io.ottla.security.TlsEngine;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.testkit.tls.ClientCertificates;
import io.ottla.testkit.tls.TestCertificate;
import io.ottla.testkit.tls.TestCertificates;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes with a real broker, whose certificates lie in PEM, PKCS#12 and JKS, as do ours. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Scenario("L180")
class TlsIT extends TlsTestBase {
  private static final String SECRET = "broker-secret";

  /** ApiVersions, version 0, correlation id 7, no client id. */
  private static final String API_VERSIONS = "\0\0\0\12\0\22\0\0\0\0\0\7\377\377";

  private static final TestCertificates ISSUER = TestCertificates.create();
  private static final TestCertificate ME = ISSUER.client("me");
  private static final List<TlsEngine> ENGINES = List.of(TlsEngine.JDK, TlsEngine.OPENSSL);

  private final Path directory;
  private final KafkaServer kafka;

  TlsIT(@TempDir Path directory) {
    this.directory = directory;
    TestCertificate broker = ISSUER.server("localhost", "127.0.0.1");
    Path pkcs12 = directory.resolve("broker.p12");
    Path jks = directory.resolve("broker.jks");
    broker.writeKeyStore(pkcs12, "PKCS12", SECRET, SECRET);
    broker.writeKeyStore(jks, "JKS", SECRET, SECRET);
    kafka =
        KafkaServer.builder()
            .listener("PEM", how -> how.tls(broker))
            .listener("PKCS12", how -> how.tls(pkcs12, "PKCS12", SECRET))
            .listener("JKS", how -> how.tls(jks, "JKS", SECRET))
            .listener("OLD", how -> how.tls(ISSUER.expired("localhost")))
            .listener(
                "MUTUAL",
                how -> how.tls(broker).clientCertificates(ClientCertificates.REQUIRED, ISSUER))
            .start();
  }

  @AfterAll
  void stop() {
    kafka.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PEM", "PKCS12", "JKS"})
  void a_broker_is_met_whatever_its_files_and_ours_are(String listener) throws Exception {
    Path store = ISSUER.writeTrustStore(directory.resolve(listener + ".p12"), "PKCS12", SECRET);
    Path old = ISSUER.writeTrustStore(directory.resolve(listener + ".jks"), "JKS", SECRET);
    Path pem = ISSUER.writePem(directory.resolve(listener + ".pem"));

    for (TlsEngine engine : ENGINES) {
      for (Tls.Builder how :
          List.of(
              Tls.builder().trust(pem),
              Tls.builder().trustPem(ISSUER.pem()),
              Tls.builder().trustStore(store, "PKCS12", SECRET),
              Tls.builder().trustStore(old, "JKS", SECRET))) {
        assertThat(versions(how.engine(engine).build(), "localhost", listener)).isEqualTo("ok");
        assertThat(versions(how.engine(engine).build(), "127.0.0.1", listener)).isEqualTo("ok");
      }
    }
  }

  @Test
  void we_are_met_whatever_our_files_are() throws Exception {
    Path pkcs12 = directory.resolve("me.p12");
    Path jks = directory.resolve("me.jks");
    Path chain = ME.writeChainPem(directory.resolve("me.crt"));
    Path key = ME.writeKeyPem(directory.resolve("me.key"), SECRET);
    ME.writeKeyStore(pkcs12, "PKCS12", SECRET, SECRET);
    ME.writeKeyStore(jks, "JKS", SECRET, "other-secret");

    for (TlsEngine engine : ENGINES) {
      for (Tls.Builder how :
          List.of(
              Tls.builder().key(chain, key, SECRET),
              Tls.builder().keyPem(ME.chainPem(), ME.keyPem(), null),
              Tls.builder().keyStore(pkcs12, "PKCS12", SECRET, null),
              Tls.builder().keyStore(jks, "JKS", SECRET, "other-secret"))) {
        Tls tls = how.engine(engine).trustPem(ISSUER.pem()).build();
        assertThat(versions(tls, "localhost", "MUTUAL")).isEqualTo("ok");
      }
    }
  }

  @Test
  void what_a_broker_refuses_and_what_we_refuse_of_it_is_explained() throws Exception {
    TestCertificate stranger = TestCertificates.create().client("stranger");
    for (TlsEngine engine : ENGINES) {
      Tls.Builder how = Tls.builder().engine(engine).trustPem(ISSUER.pem());
      Tls tls = how.build();

      assertThat(versions(tls, "127.0.0.2", "PEM")).contains("is for localhost, 127.0.0.1, not");
      assertThat(versions(tls, "localhost", "OLD")).contains("expired at ", "have it renewed");
      assertThat(versions(tls, "localhost", KafkaServer.PLAINTEXT))
          .contains("closed the connection", "if it is a port without TLS");
      assertThat(versions(Tls.builder().engine(engine).build(), "localhost", "PEM"))
          .contains("is not trusted by this JVM", "tls.trust");
      assertThat(versions(tls, "localhost", "MUTUAL")).contains("tls.key");
      Tls another = how.keyPem(stranger.chainPem(), stranger.keyPem(), null).build();
      assertThat(versions(another, "localhost", "MUTUAL")).contains("tls.key");
    }
  }

  /** Asks for the versions of the broker's API; "ok" if it answers, else why it does not. */
  private String versions(Tls tls, String host, String listener) throws Exception {
    int port = kafka.node(1).port(listener);
    try (TlsContexts contexts = TlsContexts.of(tls, Clock.system(), tasks());
        EchoClient client = new EchoClient(contexts)) {
      Conversation conversation = client.open(host, port);
      try {
        String answer = conversation.ask(API_VERSIONS, 8);
        return answer.substring(4, 8).equals("\0\0\0\7") ? "ok" : "an answer to something else";
      } finally {
        conversation.close();
      }
    } catch (ExecutionException failed) {
      Endpoint peer = new Endpoint(host, port);
      try (TlsContexts contexts = TlsContexts.of(tls, Clock.system(), tasks())) {
        return contexts.explain(Objects.requireNonNull(failed.getCause()), peer);
      }
    }
  }
}
