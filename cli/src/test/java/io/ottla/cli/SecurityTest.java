package io.ottla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.cli.terminal.ExitCode;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.FakeClusterBuilder;
import io.ottla.testkit.tls.TestCertificate;
import io.ottla.testkit.tls.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A newcomer before a cluster that does not let everybody in: one line tells what to change. */
@Timeout(120)
class SecurityTest {
  private static final String PASSWORD = "correct horse";

  private static TestCertificates authority;
  private static TestCertificate broker;

  private final Deque<FakeCluster> clusters = new ArrayDeque<>();
  private final Path directory;

  SecurityTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeAll
  static void issue() {
    authority = TestCertificates.create();
    broker = authority.server("127.0.0.1", "localhost");
  }

  @AfterEach
  void close() {
    clusters.forEach(FakeCluster::close);
  }

  private String start(FakeClusterBuilder builder) {
    FakeCluster cluster = builder.topic("orders", 1).start();
    clusters.add(cluster);
    return cluster.bootstrapServers();
  }

  private CliRun list(String servers, String... options) throws IOException {
    List<String> words = new ArrayList<>(List.of("topics", "list", "-b", servers));
    words.addAll(List.of("--timeout", "25s"));
    for (String option : options) {
      words.addAll(List.of("-X", option));
    }
    return CliRun.of(words.toArray(String[]::new));
  }

  private String trust() throws IOException {
    return "ssl.truststore.location=" + authority.writePem(directory.resolve("ca.pem"));
  }

  private static String jaas(String module, String user, String password) {
    return "sasl.jaas.config=org.apache.kafka.common.security.%s required username=\"%s\" password=\"%s\";"
        .formatted(module, user, password);
  }

  private static String scram(String user, String password) {
    return jaas("scram.ScramLoginModule", user, password);
  }

  @Test
  void with_the_right_options_topics_are_listed() throws IOException {
    String servers = start(FakeCluster.builder().tls(broker).user("alice", PASSWORD));
    Path file =
        Files.writeString(
            directory.resolve("client.properties"),
            """
            security.protocol=SASL_SSL
            %s
            ssl.truststore.type=PEM
            sasl.mechanism=SCRAM-SHA-512
            %s
            """
                .formatted(trust(), scram("alice", PASSWORD)));

    assertThat(
            CliRun.of("topics", "list", "-b", servers, "--config", file.toString())
                .succeeds()
                .outText())
        .contains("orders");
    assertThat(
            CliRun.of("metadata", "-b", servers, "--config", file.toString()).succeeds().outText())
        .contains("orders");
    CliRun.of("consume", "-b", servers, "-t", "orders", "-e", "--config", file.toString())
        .succeeds();
  }

  @Test
  void a_port_that_wants_tls() throws IOException {
    list(start(FakeCluster.builder().tls(broker)))
        .failsInOneLine(ExitCode.UNREACHABLE, "127.0.0.1:", "connect with TLS");
  }

  @Test
  void a_port_that_does_not_speak_tls() throws IOException {
    list(start(FakeCluster.builder()), "security.protocol=SSL")
        .failsInOneLine(ExitCode.NOT_ADMITTED, "127.0.0.1:", "TLS");
  }

  @Test
  void a_certificate_that_nobody_known_signed() throws IOException {
    list(start(FakeCluster.builder().tls(broker)), "security.protocol=SSL")
        .failsInOneLine(ExitCode.NOT_ADMITTED, "127.0.0.1:", "certificate");
  }

  @Test
  void a_certificate_that_has_expired() throws IOException {
    list(
            start(FakeCluster.builder().tls(authority.expired("127.0.0.1"))),
            "security.protocol=SSL",
            trust(),
            "ssl.truststore.type=PEM")
        .failsInOneLine(ExitCode.NOT_ADMITTED, "127.0.0.1:", "expired");
  }

  @Test
  void a_certificate_for_another_host() throws IOException {
    list(
            start(FakeCluster.builder().tls(authority.server("broker.example"))),
            "security.protocol=SSL",
            trust(),
            "ssl.truststore.type=PEM")
        .failsInOneLine(ExitCode.NOT_ADMITTED, "127.0.0.1:", "broker.example");
  }

  @Test
  void a_wrong_password_is_told_and_not_shown() throws IOException {
    CliRun run =
        list(
                start(FakeCluster.builder().user("alice", PASSWORD)),
                "security.protocol=SASL_PLAINTEXT",
                "sasl.mechanism=SCRAM-SHA-256",
                scram("alice", "wrong hush"))
            .failsInOneLine(
                ExitCode.NOT_ADMITTED, "127.0.0.1:", "SCRAM-SHA-256", "check who we say we are");

    assertThat(run.err()).doesNotContain("hush");
  }

  @Test
  void a_mechanism_that_the_broker_does_not_have() throws IOException {
    list(
            start(FakeCluster.builder().user("alice", PASSWORD).mechanisms("SCRAM-SHA-512")),
            "security.protocol=SASL_PLAINTEXT",
            "sasl.mechanism=PLAIN",
            jaas("plain.PlainLoginModule", "alice", PASSWORD))
        .failsInOneLine(ExitCode.NOT_ADMITTED, "127.0.0.1:", "PLAIN", "SCRAM-SHA-512");
  }

  @Test
  void a_port_that_wants_a_log_in() throws IOException {
    list(start(FakeCluster.builder().user("alice", PASSWORD)))
        .failsInOneLine(ExitCode.UNREACHABLE, "127.0.0.1:", "it may want SASL there");
  }

  @Test
  void a_log_in_that_the_port_does_not_want() throws IOException {
    list(
            start(FakeCluster.builder()),
            "security.protocol=SASL_PLAINTEXT",
            "sasl.mechanism=SCRAM-SHA-256",
            scram("alice", PASSWORD))
        .failsInOneLine(ExitCode.NOT_ADMITTED, "127.0.0.1:");
  }

  @Test
  void a_trust_store_that_is_not_there() throws IOException {
    list("127.0.0.1:1", "security.protocol=SSL", "ssl.truststore.location=/no/such/file.pem")
        .failsInOneLine(ExitCode.USAGE, "/no/such/file.pem");
  }
}
