package io.ottla.testkit.fake;

import static io.ottla.testkit.fake.KafkaClients.producer;
import static io.ottla.testkit.fake.KafkaClients.read;
import static io.ottla.testkit.fake.KafkaClients.reader;
import static io.ottla.testkit.fake.KafkaClients.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.SaslAuthenticateRequest;
import io.ottla.protocol.message.SaslAuthenticateResponse;
import io.ottla.protocol.message.SaslHandshakeRequest;
import io.ottla.testkit.proxy.Direction;
import io.ottla.testkit.proxy.FaultProxy;
import io.ottla.testkit.tls.ClientCertificates;
import io.ottla.testkit.tls.TestCertificate;
import io.ottla.testkit.tls.TestCertificates;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS and SASL of fake brokers, as kafka-clients live with them, and what a test can change. */
@Timeout(60)
final class FakeSecurityTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final TestCertificates AUTHORITY = TestCertificates.create();
  private static final TestCertificate BROKER = AUTHORITY.server("localhost", "127.0.0.1");
  private static final String SECRET = "alice-secret";

  private final List<FakeCluster> clusters = new ArrayList<>();

  @AfterEach
  void close() {
    List<String> refusals = clusters.stream().flatMap(each -> each.refusals().stream()).toList();
    clusters.forEach(FakeCluster::close);
    assertThat(refusals).isEmpty();
  }

  private FakeCluster start(FakeClusterBuilder builder) {
    FakeCluster cluster = builder.topic("orders", 1).start();
    clusters.add(cluster);
    return cluster;
  }

  private static Object[] with(String mechanism, String user, String password, Object... more) {
    String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
    List<Object> config = new ArrayList<>(List.of(more));
    config.addAll(
        List.of(
            "sasl.mechanism",
            mechanism,
            "sasl.jaas.config",
            "org.apache.kafka.common.security.%s required username=\"%s\" password=\"%s\";"
                .formatted(module, user, password)));
    if (!config.contains("security.protocol")) {
      config.addAll(List.of("security.protocol", "SASL_PLAINTEXT"));
    }
    return config.toArray();
  }

  private static Object[] trusting(String protocol, TestCertificates authority) {
    return new Object[] {
      "security.protocol",
      protocol,
      "ssl.truststore.type",
      "PEM",
      "ssl.truststore.certificates",
      authority.pem()
    };
  }

  private static String clusterId(FakeCluster cluster, Object... config)
      throws ExecutionException, InterruptedException {
    Map<String, Object> all = new HashMap<>();
    all.put("bootstrap.servers", cluster.bootstrapServers());
    for (int i = 0; i < config.length; i += 2) {
      all.put((String) config[i], config[i + 1]);
    }
    try (Admin admin = Admin.create(all)) {
      return admin.describeCluster().clusterId().get();
    }
  }

  // As clients live with it.

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
  void records_go_through_tls_and_sasl(String mechanism) throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().brokers(3).tls(BROKER).user("alice", SECRET));
    Object[] config = with(mechanism, "alice", SECRET, trusting("SASL_SSL", AUTHORITY));

    try (KafkaProducer<String, String> producer = producer(cluster, config);
        KafkaConsumer<String, String> consumer = reader(cluster, "orders", 0, config)) {
      send(producer, "orders", 0, "small");
      send(producer, "orders", 0, "large ".repeat(100_000));

      assertThat(read(consumer, 2)).extracting(String::length).containsExactly(5, 600_000);
    }
    assertThat(clusterId(cluster, config)).isEqualTo(cluster.clusterId());
    assertThat(cluster.handshakes()).allMatch(seen -> seen.failure().isEmpty());
  }

  @Test
  void sessions_are_renewed_while_records_flow() throws Exception {
    FakeCluster cluster =
        start(FakeCluster.builder().user("alice", SECRET).sessionLifetime(Duration.ofSeconds(2)));
    int sent = 0;

    try (KafkaProducer<String, String> producer =
        producer(cluster, with("SCRAM-SHA-256", "alice", SECRET))) {
      send(producer, "orders", 0, Integer.toString(sent++));
      long connection = cluster.requests().of(ApiKey.PRODUCE).get(0).connectionId();
      while (handshakes(cluster, connection) < 2) {
        send(producer, "orders", 0, Integer.toString(sent++));
      }
      send(producer, "orders", 0, Integer.toString(sent++));
    }

    assertThat(cluster.records("orders")).hasSize(sent);
    assertThat(
            cluster.requests().of(ApiKey.PRODUCE).stream()
                .map(SeenRequest::connectionId)
                .distinct())
        .as("connections that records came over")
        .hasSize(1);
  }

  private static int handshakes(FakeCluster cluster, long connection) {
    return cluster
        .requests()
        .where(
            request ->
                request.api() == ApiKey.SASL_HANDSHAKE && request.connectionId() == connection)
        .size();
  }

  @Test
  void a_wrong_password_and_a_mechanism_that_is_not_there_are_told() {
    FakeCluster cluster =
        start(FakeCluster.builder().user("alice", SECRET).mechanisms("SCRAM-SHA-512"));

    assertThatThrownBy(() -> clusterId(cluster, with("SCRAM-SHA-512", "alice", "wrong")))
        .hasCauseInstanceOf(SaslAuthenticationException.class);
    assertThatThrownBy(() -> clusterId(cluster, with("PLAIN", "alice", SECRET)))
        .hasCauseInstanceOf(UnsupportedSaslMechanismException.class)
        .hasMessageContaining("SCRAM-SHA-512");
  }

  @Test
  void certificates_that_are_no_good_are_noticed_by_clients() {
    for (TestCertificate bad :
        List.of(
            AUTHORITY.expired("127.0.0.1"),
            AUTHORITY.notYetValid("127.0.0.1"),
            AUTHORITY.server("elsewhere.example"),
            TestCertificates.create().server("127.0.0.1"))) {
      FakeCluster cluster = start(FakeCluster.builder().tls(bad));

      assertThatThrownBy(() -> clusterId(cluster, trusting("SSL", AUTHORITY)))
          .as("%s", bad)
          .hasCauseInstanceOf(SslAuthenticationException.class);
      cluster.await(() -> !cluster.handshakes().isEmpty(), PATIENCE);
      assertThat(cluster.handshakes().get(0).failure()).isPresent();
    }
  }

  @Test
  void clients_show_their_certificates() throws Exception {
    FakeCluster cluster =
        start(
            FakeCluster.builder()
                .tls(BROKER)
                .clientCertificates(ClientCertificates.REQUIRED, AUTHORITY));
    TestCertificate alice = AUTHORITY.client("alice");
    List<Object> config = new ArrayList<>(List.of(trusting("SSL", AUTHORITY)));
    config.addAll(
        List.of(
            "ssl.keystore.type", "PEM",
            "ssl.keystore.certificate.chain", alice.chainPem(),
            "ssl.keystore.key", alice.keyPem()));

    assertThat(clusterId(cluster, config.toArray())).isEqualTo(cluster.clusterId());
    assertThat(cluster.handshakes().get(0).client()).hasValue("CN=alice");
    assertThat(cluster.handshakes().get(0).protocol()).isEqualTo("TLSv1.3");
    assertThatThrownBy(() -> clusterId(cluster, trusting("SSL", AUTHORITY)))
        .hasCauseInstanceOf(SslAuthenticationException.class);
  }

  @Test
  void the_older_protocol_is_spoken_too() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().tls(BROKER));
    List<Object> config = new ArrayList<>(List.of(trusting("SSL", AUTHORITY)));
    config.addAll(List.of("ssl.enabled.protocols", "TLSv1.2", "ssl.protocol", "TLSv1.2"));

    assertThat(clusterId(cluster, config.toArray())).isEqualTo(cluster.clusterId());
    assertThat(cluster.handshakes().get(0).protocol()).isEqualTo("TLSv1.2");
  }

  // What a test changes.

  @Test
  void passwords_change_while_the_cluster_runs() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().user("alice", SECRET));

    cluster.users().set("alice", "new-secret");

    assertThatThrownBy(() -> clusterId(cluster, with("SCRAM-SHA-256", "alice", SECRET)))
        .hasCauseInstanceOf(SaslAuthenticationException.class);
    assertThat(clusterId(cluster, with("SCRAM-SHA-256", "alice", "new-secret"))).isNotNull();
    cluster.users().remove("alice");
    assertThatThrownBy(() -> clusterId(cluster, with("PLAIN", "alice", "new-secret")))
        .hasCauseInstanceOf(SaslAuthenticationException.class);
  }

  @Test
  void certificates_change_for_those_who_connect_later() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().tls(AUTHORITY.expired("127.0.0.1")));
    assertThatThrownBy(() -> clusterId(cluster, trusting("SSL", AUTHORITY)))
        .hasCauseInstanceOf(SslAuthenticationException.class);

    cluster.certificate(BROKER);

    assertThat(clusterId(cluster, trusting("SSL", AUTHORITY))).isEqualTo(cluster.clusterId());
    cluster.broker(1).certificate(TestCertificates.create().server("127.0.0.1"));
    assertThatThrownBy(() -> clusterId(cluster, trusting("SSL", AUTHORITY)))
        .hasCauseInstanceOf(SslAuthenticationException.class);
  }

  @Test
  void a_test_says_which_tokens_are_good() throws Exception {
    FakeCluster cluster =
        start(
            FakeCluster.builder()
                .manualClock()
                .tokens(
                    token ->
                        token.equals("good")
                            ? Optional.of(
                                new BearerToken("alice", Instant.now().plus(Duration.ofHours(1))))
                            : Optional.empty()));
    try (RawClient client = new RawClient(cluster.broker(1).port(), "raw")) {
      client.ask(new SaslHandshakeRequest().mechanism("OAUTHBEARER"));
      SaslAuthenticateResponse good = client.ask(token("n,,\u0001auth=Bearer good\u0001\u0001"));

      assertThat(good.errorCode()).isZero();
      assertThat(good.sessionLifetimeMs()).isBetween(3_600_000L, 3_660_000L);
    }
    try (RawClient client = new RawClient(cluster.broker(1).port(), "raw")) {
      client.ask(new SaslHandshakeRequest().mechanism("OAUTHBEARER"));

      assertThat(client.ask(token("n,,\u0001auth=Bearer bad\u0001\u0001")).authBytes())
          .isNotEmpty();
    }
  }

  @Test
  void a_session_ends_by_the_cluster_s_clock() throws Exception {
    FakeCluster cluster =
        start(
            FakeCluster.builder()
                .manualClock()
                .user("alice", SECRET)
                .sessionLifetime(Duration.ofHours(1)));
    try (RawClient client = new RawClient(cluster.broker(1).port(), "raw")) {
      logIn(client, SECRET);
      cluster.clock().advance(Duration.ofMinutes(60));
      client.ask(new MetadataRequest());
      cluster.clock().advance(Duration.ofMillis(1));
      client.send(new MetadataRequest());

      assertThat(client.readToTheEnd()).isEmpty();
    }
  }

  @Test
  void a_session_that_has_ended_may_still_be_renewed() throws Exception {
    FakeCluster cluster =
        start(
            FakeCluster.builder()
                .manualClock()
                .user("alice", SECRET)
                .sessionLifetime(Duration.ofHours(1)));
    try (RawClient client = new RawClient(cluster.broker(1).port(), "raw")) {
      logIn(client, SECRET);
      cluster.clock().advance(Duration.ofHours(2));
      logIn(client, SECRET);

      assertThat(client.ask(new MetadataRequest()).clusterId()).isEqualTo(cluster.clusterId());
    }
  }

  @Test
  void those_who_are_refused_wait_as_long_as_the_cluster_was_told() throws Exception {
    FakeCluster cluster =
        start(
            FakeCluster.builder()
                .manualClock()
                .config("connection.failed.authentication.delay.ms", "100")
                .user("alice", SECRET));
    try (RawClient client = new RawClient(cluster.broker(1).port(), "raw")) {
      client.ask(new SaslHandshakeRequest().mechanism("PLAIN"));
      client.send(token("\0alice\0wrong"));
      cluster.requests().await(ApiKey.SASL_AUTHENTICATE, 1, PATIENCE);
      cluster.clock().advance(Duration.ofMillis(99));
      assertThat(cluster.requests().of(ApiKey.SASL_AUTHENTICATE).get(0).answer()).isEmpty();
      cluster.clock().advance(Duration.ofMillis(1));

      assertThat(client.receive(new SaslAuthenticateRequest()).errorCode())
          .isEqualTo(ErrorCode.SASL_AUTHENTICATION_FAILED.code());
      assertThat(client.readToTheEnd()).isEmpty();
    }
  }

  @Test
  void faults_meet_authentication_too() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().user("alice", SECRET));
    Interception cut = cluster.on(ApiKey.SASL_AUTHENTICATE).once(Fault.closeBefore());
    Interception half = cluster.on(ApiKey.SASL_HANDSHAKE).nth(2, Fault.halfReply(5));

    try (KafkaProducer<String, String> producer =
        producer(cluster, with("PLAIN", "alice", SECRET))) {
      send(producer, "orders", 0, "in the end");
    }

    assertThat(cut.hits()).isEqualTo(1);
    assertThat(half.hits()).isEqualTo(1);
    assertThat(cluster.records("orders")).hasSize(1);
  }

  @Test
  void an_error_can_be_staged_at_both_requests() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().user("alice", SECRET));
    cluster.on(ApiKey.SASL_AUTHENTICATE).once(Fault.error(ErrorCode.SASL_AUTHENTICATION_FAILED));
    try (RawClient client = new RawClient(cluster.broker(1).port(), "raw")) {
      client.ask(new SaslHandshakeRequest().mechanism("PLAIN"));

      assertThat(client.ask(token("\0alice\0" + SECRET)).errorCode())
          .isEqualTo(ErrorCode.SASL_AUTHENTICATION_FAILED.code());
    }
  }

  @Test
  void replies_in_pieces_and_halves_come_through_tls() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().tls(BROKER));
    try (FaultProxy proxy = FaultProxy.to("127.0.0.1", cluster.broker(1).port())) {
      proxy.fragment(Direction.BOTH, 1);
      cluster.broker(1).advertise("127.0.0.1", proxy.port());
      cluster.on(ApiKey.METADATA).once(Fault.halfReply(17));

      List<Object> config = new ArrayList<>(List.of(trusting("SSL", AUTHORITY)));
      config.addAll(List.of("retry.backoff.ms", 5, "reconnect.backoff.ms", 5));
      try (KafkaProducer<String, String> producer = producer(cluster, config.toArray())) {
        send(producer, "orders", 0, "in pieces");
      }
    }

    assertThat(cluster.records("orders"))
        .extracting(FakeRecord::value)
        .containsExactly("in pieces");
    assertThat(cluster.handshakes()).hasSizeGreaterThan(1);
  }

  // Secrets.

  @Test
  void the_record_of_requests_has_no_secrets() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().user("alice", SECRET));
    try (RawClient client = new RawClient(cluster.broker(1).port(), "raw")) {
      logIn(client, SECRET);
    }

    SeenRequest seen = cluster.requests().of(ApiKey.SASL_AUTHENTICATE).get(0);

    assertThat(
            new String(
                seen.body(SaslAuthenticateRequest.class).authBytes(), StandardCharsets.UTF_8))
        .isEqualTo("[hidden]");
    assertThat(seen.answer(SaslAuthenticateResponse.class).errorCode()).isZero();
    assertThat(seen.toString() + seen.body() + seen.answer()).doesNotContain(SECRET);
    assertThat(cluster.users().toString()).isEqualTo("users [alice]");
  }

  // What it does not do.

  @Test
  void kerberos_is_refused_when_the_cluster_is_built() {
    assertThatThrownBy(() -> FakeCluster.builder().mechanisms("GSSAPI"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("KafkaServer");
  }

  @Test
  void delegation_tokens_are_refused_loudly() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().user("alice", SECRET));
    try (RawClient client = new RawClient(cluster.broker(1).port(), "raw")) {
      client.ask(new SaslHandshakeRequest().mechanism("SCRAM-SHA-256"));
      client.send(token("n,,n=alice,r=abcdefgh,tokenauth=true"));

      assertThat(client.readToTheEnd()).isEmpty();
    }
    assertThat(cluster.refusals()).singleElement().asString().contains("delegation tokens");
    cluster.clearRefusals();
  }

  @Test
  void a_certificate_cannot_be_changed_where_there_is_none() {
    FakeCluster cluster = start(FakeCluster.builder());

    assertThatThrownBy(() -> cluster.certificate(BROKER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tls");
    assertThatThrownBy(
            () ->
                FakeCluster.builder()
                    .clientCertificates(ClientCertificates.REQUIRED, AUTHORITY)
                    .start())
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void logIn(RawClient client, String password) throws Exception {
    client.ask(new SaslHandshakeRequest().mechanism("PLAIN"));
    assertThat(client.ask(token("\0alice\0" + password)).errorCode()).isZero();
  }

  private static SaslAuthenticateRequest token(String token) {
    return new SaslAuthenticateRequest().authBytes(token.getBytes(StandardCharsets.UTF_8));
  }
}
