package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ottla.error.ConfigException;
import io.ottla.security.Sasl;
import io.ottla.security.SaslMechanism;
import io.ottla.security.Tls;
import io.ottla.security.TlsEngine;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.testkit.tls.TestCertificate;
import io.ottla.testkit.tls.TestCertificates;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of TLS and SASL, by whichever of their names, become what connections use. */
@Scenario("L4")
final class SecurityOptionsTest {
  private static final TestCertificates AUTHORITY = TestCertificates.create();
  private static final String JAAS =
      "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"alice\""
          + " password=\"canary\";";

  @TempDir private static Path directory;

  @BeforeAll
  static void files() {
    TestCertificate alice = AUTHORITY.client("alice");
    AUTHORITY.writePem(directory.resolve("ca.pem"));
    AUTHORITY.writeTrustStore(directory.resolve("trust.p12"), "PKCS12", "canary");
    AUTHORITY.writeTrustStore(directory.resolve("trust.jks"), "JKS", "canary");
    alice.writeChainPem(directory.resolve("alice.pem"));
    alice.writeKeyPem(directory.resolve("alice.key"), "canary");
    alice.writePem(directory.resolve("both.pem"));
    alice.writeKeyStore(directory.resolve("alice.p12"), "PKCS12", "canary", "canary");
  }

  // As an administrator of Kafka hands it out.
  @Test
  void a_file_of_kafkas_clients_is_used_as_it_is() throws Exception {
    Path file = directory.resolve("client.properties");
    Files.writeString(
        file,
        """
        # Connection to the cluster
        bootstrap.servers=kafka-1.example.org:9093,kafka-2.example.org:9093
        security.protocol=SASL_SSL
        sasl.mechanism=SCRAM-SHA-512
        sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\
          username="alice" \\
          password="canary";
        ssl.truststore.location=%s
        ssl.truststore.password=canary
        ssl.truststore.type=JKS
        ssl.endpoint.identification.algorithm=https
        ssl.enabled.protocols=TLSv1.2,TLSv1.3
        request.timeout.ms=20000
        default.api.timeout.ms=45000
        connections.max.idle.ms=540000
        retries=2147483647
        client.dns.lookup=use_all_dns_ips
        # and of its producers and consumers
        key.serializer=org.apache.kafka.common.serialization.StringSerializer
        acks=all
        group.id=billing
        enable.auto.commit=false
        """
            .formatted(directory.resolve("trust.jks")));

    ClusterOptions options = ClusterOptions.builder().load(file).build();

    assertThat(options.bootstrapServers()).hasSize(2);
    assertThat(options.sasl().orElseThrow().name()).isEqualTo("SCRAM-SHA-512");
    Tls tls = options.tls().orElseThrow();
    assertThat(tls.verifiesHostName()).isTrue();
    assertThat(tls.protocols()).containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
    assertThat(tls.read().trusted()).hasSize(1);
    assertThat(options.requestTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(options.callTimeout()).isEqualTo(Duration.ofSeconds(45));
    assertThat(options.notes())
        .hasSize(4)
        .allMatch(note -> note.contains(" has no effect: "))
        .noneMatch(note -> note.contains("canary"));
    assertThat(options.toString()).contains("sasl.jaas.config=[hidden]").doesNotContain("canary");
  }

  @Test
  void a_file_of_librdkafkas_is_used_as_it_is() {
    ClusterOptions options =
        cluster(
            "metadata.broker.list", "a:9092",
            "security.protocol", "sasl_ssl",
            "sasl.mechanisms", "PLAIN",
            "sasl.username", "alice",
            "sasl.password", "canary",
            "ssl.ca.location", path("ca.pem"),
            "ssl.certificate.location", path("alice.pem"),
            "ssl.key.location", path("alice.key"),
            "ssl.key.password", "canary",
            "ssl.endpoint.identification.algorithm", "none",
            "enable.ssl.certificate.verification", "true",
            "socket.keepalive.enable", "true",
            "queue.buffering.max.messages", "100");

    assertThat(options.sasl().orElseThrow().name()).isEqualTo("PLAIN");
    Tls tls = options.tls().orElseThrow();
    assertThat(tls.verifiesHostName()).isFalse();
    assertThat(tls.read().chain()).isNotEmpty();
    assertThat(options.notes()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "tls.trust, ca.pem, '', '', '', ''",
    "ssl.truststore.location, trust.p12, ssl.truststore.password, canary, '', ''",
    "ssl.truststore.location, trust.jks, ssl.truststore.password, canary, ssl.truststore.type, jks",
    "tls.key, both.pem, '', '', '', ''",
    "ssl.keystore.location, alice.p12, ssl.keystore.password, canary, ssl.key.password, canary",
  })
  void tls_is_on_if_an_option_of_it_is_given(
      String file, String name, String key2, String value2, String key3, String value3) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(file, path(name));
    values.put(key2, value2);
    values.put(key3, value3);
    values.remove("");

    BrokerOptions options = BrokerOptions.builder().load(values).build();

    assertThat(options.tls()).isPresent();
    assertThat(options.sasl()).isEmpty();
  }

  @Test
  void certificates_and_keys_may_stand_in_the_text() {
    TestCertificate bob = AUTHORITY.client("bob");
    Tls tls =
        cluster(
                "bootstrap.servers", "a",
                "security.protocol", "SSL",
                "ssl.truststore.type", "PEM",
                "ssl.truststore.certificates", AUTHORITY.pem(),
                "ssl.keystore.type", "PEM",
                "ssl.keystore.certificate.chain", bob.chainPem(),
                "ssl.keystore.key", bob.keyPem("canary"),
                "ssl.key.password", "canary",
                "tls.engine", "jdk",
                "tls.ciphers", "TLS_AES_128_GCM_SHA256",
                "tls.reload.interval", "0")
            .tls()
            .orElseThrow();

    assertThat(tls.read().trusted()).hasSize(1);
    assertThat(tls.read().key()).isNotNull();
    assertThat(tls.engine()).isEqualTo(TlsEngine.JDK);
    assertThat(tls.ciphers()).containsExactly("TLS_AES_128_GCM_SHA256");
    assertThat(tls.reloadInterval()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "PLAINTEXT, false, false",
    "SSL, true, false",
    "SASL_PLAINTEXT, false, true",
    "SASL_SSL, true, true"
  })
  void security_protocol_decides(String protocol, boolean isTls, boolean isSasl) {
    ClusterOptions options =
        cluster(
            "bootstrap.servers",
            "a",
            "security.protocol",
            protocol,
            "ssl.truststore.location",
            path("ca.pem"),
            "sasl.mechanism",
            "SCRAM-SHA-256",
            "sasl.jaas.config",
            JAAS);

    assertThat(options.tls().isPresent()).isEqualTo(isTls);
    assertThat(options.sasl().isPresent()).isEqualTo(isSasl);
    assertThat(options.notes()).hasSize((isTls ? 0 : 1) + (isSasl ? 0 : 2));
    if (!isTls) {
      assertThat(options.notes().get(0))
          .isEqualTo(
              "ssl.truststore.location = %s (a map) has no effect: with security.protocol = %s (a map)"
                  .formatted(path("ca.pem"), protocol));
    }
    assertThat(options.notes()).noneMatch(note -> note.contains("canary"));
  }

  @Test
  void what_the_program_sets_is_used_and_must_not_be_forbidden() {
    Tls tls = Tls.system();
    SaslMechanism sasl = Sasl.plain("alice", "canary");

    ClusterOptions options =
        ClusterOptions.builder()
            .load(Map.of("bootstrap.servers", "a", "tls.verify.host", "false"))
            .tls(tls)
            .sasl(sasl)
            .build();
    assertThat(options.tls()).containsSame(tls);
    assertThat(options.sasl()).containsSame(sasl);
    assertThat(options.notes())
        .containsExactly(
            "tls.verify.host = false (a map) has no effect: the program sets all of it");

    BrokerOptions.Builder contrary =
        BrokerOptions.builder().set("security.protocol", "PLAINTEXT").tls(tls);
    assertThat(refusal(contrary))
        .hasMessageContainingAll("security.protocol = PLAINTEXT", "SSL or SASL_SSL");
    assertThat(refusal(BrokerOptions.builder().set("security.protocol", "SSL").sasl(sasl)))
        .hasMessageContainingAll("security.protocol = SSL", "SASL_SSL or SASL_PLAINTEXT");
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN, PLAIN, PlainLoginModule, plain",
    "SCRAM-SHA-256, SCRAM-SHA-256, ScramLoginModule, scram",
    "scram-sha-512, SCRAM-SHA-512, ScramLoginModule, scram"
  })
  void users_and_passwords_may_stand_in_either_way(
      String mechanism, String name, String module, String folder) {
    String line =
        "org.apache.kafka.common.security.%s.%s required username='a' password='canary';"
            .formatted(folder, module);

    BrokerOptions.Builder ofKafka =
        BrokerOptions.builder().set("sasl.mechanism", mechanism).set("sasl.jaas.config", line);
    BrokerOptions.Builder ofLibrdkafka =
        BrokerOptions.builder()
            .set("sasl.mechanisms", mechanism)
            .set("sasl.username", "a")
            .set("sasl.password", "canary");

    assertThat(ofKafka.build().sasl().orElseThrow().name()).isEqualTo(name);
    assertThat(ofLibrdkafka.build().sasl().orElseThrow().name()).isEqualTo(name);
  }

  @Test
  void tokens_come_from_where_the_options_say() throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "t");
    for (Map<String, String> options :
        java.util.List.of(
            Map.of("sasl.oauthbearer.token.endpoint.url", token.toUri().toString()),
            Map.of(
                "sasl.oauthbearer.token.endpoint.url", "https://login.example.org/token",
                "sasl.oauthbearer.client.credentials.client.id", "me",
                "sasl.oauthbearer.client.credentials.client.secret", "canary",
                "sasl.oauthbearer.scope", "kafka",
                "sasl.login.callback.handler.class",
                    "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler"),
            Map.of(
                "sasl.oauthbearer.method", "oidc",
                "sasl.oauthbearer.token.endpoint.url", "https://login.example.org/token",
                "sasl.oauthbearer.client.id", "me",
                "sasl.oauthbearer.client.secret", "canary",
                "sasl.oauthbearer.extensions", "logicalCluster=lkc-1, identityPoolId=p"),
            Map.of(
                "sasl.oauthbearer.token.endpoint.url", "https://login.example.org/token",
                "sasl.jaas.config",
                    "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required"
                        + " clientId='me' clientSecret='canary' scope='kafka';",
                "sasl.login.connect.timeout.ms", "1000"),
            Map.of(
                "sasl.oauthbearer.token.endpoint.url", "https://login.example.org/token",
                "sasl.oauthbearer.grant.type", "urn:ietf:params:oauth:grant-type:jwt-bearer",
                "sasl.oauthbearer.assertion.file", "assertion.jwt"))) {
      BrokerOptions built =
          BrokerOptions.builder().load(options).set("sasl.mechanism", "OAUTHBEARER").build();

      assertThat(built.sasl().orElseThrow().name()).isEqualTo("OAUTHBEARER");
      assertThat(built.notes()).isEmpty();
    }
  }

  @Test
  void kerberos_is_what_kafka_takes_if_nobody_says() {
    BrokerOptions.Builder keytab =
        BrokerOptions.builder()
            .set("security.protocol", "SASL_PLAINTEXT")
            .set("sasl.kerberos.principal", "alice@EXAMPLE.ORG")
            .set("sasl.kerberos.keytab", "alice.keytab");
    BrokerOptions.Builder jaas =
        BrokerOptions.builder()
            .set("sasl.kerberos.service.name", "kafka")
            .set(
                "sasl.jaas.config",
                "com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true"
                    + " keyTab='alice.keytab' principal='alice@EXAMPLE.ORG';");

    assertThat(keytab.build().sasl().orElseThrow().name()).isEqualTo("GSSAPI");
    assertThat(jaas.build().sasl().orElseThrow().name()).isEqualTo("GSSAPI");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "ssl.truststore.location=no-such.pem; ssl.truststore.location = no-such.pem (f)",
        "ssl.truststore.location=TRUST, ssl.truststore.password=canary2; ssl.truststore",
        "ssl.enabled.protocols=SSLv3; ssl.enabled.protocols = SSLv3 (f)",
        "ssl.endpoint.identification.algorithm=ldaps; true or false",
        "ssl.keystore.key=canary; needs tls.certificate.pem beside it",
        "sasl.mechanism=DIGEST-MD5; PLAIN, SCRAM-SHA-256",
        "sasl.mechanism=PLAIN; sasl.username = (not given) is not accepted: sasl.mechanism = PLAIN"
            + " (f) needs it",
        "sasl.mechanism=PLAIN, sasl.username=a; needs sasl.password beside it",
        "sasl.mechanism=PLAIN, sasl.jaas.config=canary; sasl.jaas.config = [hidden] (f)",
        "sasl.mechanism=PLAIN, sasl.jaas.config=PlainLoginModule required username='canary';"
            + " sasl.jaas.config = [hidden] (f)",
        "sasl.mechanism=OAUTHBEARER; sasl.oauthbearer.token.endpoint.url = (not given)",
        "sasl.mechanism=OAUTHBEARER, sasl.oauthbearer.token.endpoint.url=https://x; client.id",
        "sasl.mechanism=OAUTHBEARER, sasl.oauthbearer.token.endpoint.url=file:token; whole path",
        "sasl.mechanism=AWS_MSK_IAM, sasl.client.callback.handler.class=x.Y; no class is loaded",
        "sasl.kerberos.keytab=x; needs sasl.kerberos.principal beside it",
        "security.protocol=TLS; PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL",
      })
  void what_is_wrong_is_told_by_the_name_that_was_given(String given, String told) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : given.replace("TRUST", path("trust.p12")).split(", ", -1)) {
      values.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }

    ConfigException refusal = refusal(BrokerOptions.builder().load(values, "f"));

    assertThat(refusal).hasMessageContaining(told);
    StringWriter trace = new StringWriter();
    refusal.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("canary");
  }

  private static ClusterOptions cluster(String... keysAndValues) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      values.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return ClusterOptions.builder().load(values).build();
  }

  private static ConfigException refusal(BrokerOptions.Builder builder) {
    return catchThrowableOfType(ConfigException.class, builder::build);
  }

  private static String path(String name) {
    return directory.resolve(name).toString();
  }
}
