package io.ottla.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.testkit.tls.ClientCertificates;
import io.ottla.testkit.tls.TestCertificate;
import io.ottla.testkit.tls.TestCertificates;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** kafka-clients at each kind of listener that a real broker can have without Kerberos. */
final class SecuredListenersIT {
  private static final String SASL = "org.apache.kafka.common.security.";
  private static final TestCertificates AUTHORITY = TestCertificates.create();
  private static final TestCertificate ALICE = AUTHORITY.client("alice");
  private static KafkaServer kafka;

  @BeforeAll
  static void start() {
    TestCertificate broker = AUTHORITY.server("localhost", "127.0.0.1");
    kafka =
        KafkaServer.builder()
            .listener("TLS", listener -> listener.tls(broker))
            .listener(
                "MUTUAL",
                listener ->
                    listener.tls(broker).clientCertificates(ClientCertificates.REQUIRED, AUTHORITY))
            .listener(
                "SASL",
                listener ->
                    listener
                        .plain("alice", "plain-secret")
                        .scramSha256("alice", "scram-secret")
                        .scramSha512("alice", "scram-secret-512")
                        .oauthBearer()
                        .maxReauthentication(Duration.ofSeconds(30)))
            .listener("SASL_TLS", listener -> listener.tls(broker).scramSha512("bob", "bob-secret"))
            .start();
  }

  @AfterAll
  static void end() {
    kafka.close();
  }

  @Test
  void a_listener_with_tls_serves_those_who_trust_it() throws Exception {
    assertThat(clusterId("TLS", trusting(AUTHORITY))).isEqualTo(kafka.clusterId());
    assertThatThrownBy(() -> clusterId("TLS", trusting(TestCertificates.create())))
        .hasCauseInstanceOf(SslAuthenticationException.class);
  }

  @Test
  void a_listener_that_requires_certificates_serves_those_who_have_one() throws Exception {
    Map<String, Object> known = trusting(AUTHORITY);
    known.put("ssl.keystore.type", "PEM");
    known.put("ssl.keystore.certificate.chain", ALICE.chainPem());
    known.put("ssl.keystore.key", ALICE.keyPem());

    assertThat(clusterId("MUTUAL", known)).isEqualTo(kafka.clusterId());
    assertThatThrownBy(() -> clusterId("MUTUAL", trusting(AUTHORITY)))
        .hasCauseInstanceOf(SslAuthenticationException.class);
  }

  @Test
  void a_listener_with_sasl_serves_those_who_know_the_password() throws Exception {
    String plain = "plain.PlainLoginModule";
    String scram = "scram.ScramLoginModule";

    assertThat(clusterId("SASL", sasl("PLAIN", plain, "plain-secret")))
        .isEqualTo(kafka.clusterId());
    assertThat(clusterId("SASL", sasl("SCRAM-SHA-256", scram, "scram-secret")))
        .isEqualTo(kafka.clusterId());
    assertThat(clusterId("SASL", sasl("SCRAM-SHA-512", scram, "scram-secret-512")))
        .isEqualTo(kafka.clusterId());
    assertThatThrownBy(() -> clusterId("SASL", sasl("SCRAM-SHA-512", scram, "scram-secret")))
        .hasCauseInstanceOf(SaslAuthenticationException.class);
  }

  @Test
  void a_listener_with_tls_and_sasl_wants_both() throws Exception {
    Map<String, Object> config = trusting(AUTHORITY);
    config.put("security.protocol", "SASL_SSL");
    config.put("sasl.mechanism", "SCRAM-SHA-512");
    config.put("sasl.jaas.config", jaas("scram.ScramLoginModule", "bob", "bob-secret"));

    assertThat(clusterId("SASL_TLS", config)).isEqualTo(kafka.clusterId());
  }

  @Test
  void secrets_are_in_no_log() {
    assertThat(String.join("\n", kafka.node(1).logTail()))
        .doesNotContain("plain-secret")
        .doesNotContain("scram-secret")
        .doesNotContain("bob-secret")
        .doesNotContain("BEGIN PRIVATE KEY");
  }

  private static Map<String, Object> trusting(TestCertificates authority) {
    Map<String, Object> config = new HashMap<>();
    config.put("security.protocol", "SSL");
    config.put("ssl.truststore.type", "PEM");
    config.put("ssl.truststore.certificates", authority.pem());
    return config;
  }

  private static Map<String, Object> sasl(String mechanism, String module, String password) {
    Map<String, Object> config = new HashMap<>();
    config.put("security.protocol", "SASL_PLAINTEXT");
    config.put("sasl.mechanism", mechanism);
    config.put("sasl.jaas.config", jaas(module, "alice", password));
    return config;
  }

  private static String jaas(String module, String user, String password) {
    return "%s%s required username=\"%s\" password=\"%s\";".formatted(SASL, module, user, password);
  }

  private static String clusterId(String listener, Map<String, Object> security)
      throws ExecutionException, InterruptedException {
    Map<String, Object> config = new HashMap<>(security);
    config.put("bootstrap.servers", kafka.bootstrapServers(listener));
    try (Admin admin = Admin.create(config)) {
      return admin.describeCluster().clusterId().get();
    }
  }
}
