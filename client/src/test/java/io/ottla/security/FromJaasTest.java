package io.ottla.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.ConfigException;
import io.ottla.internal.sasl.TokenServer;
import io.ottla.internal.sasl.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.security.sasl.SaslServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kafka's one-line JAAS configurations become. */
final class FromJaasTest {
  private static final String KAFKA = "org.apache.kafka.common.security.";
  private static final String PLAIN = KAFKA + "plain.PlainLoginModule required ";
  private static final String SCRAM = KAFKA + "scram.ScramLoginModule required ";
  private static final String OAUTH = KAFKA + "oauthbearer.OAuthBearerLoginModule required ";
  private static final String KERBEROS = "com.sun.security.auth.module.Krb5LoginModule required ";
  private static final String URL = "sasl.oauthbearer.token.endpoint.url";

  private static String loggedIn(SaslMechanism mechanism, SaslServer broker) throws Exception {
    Dialogue.hold(mechanism.begin(Dialogue.PEER), broker);
    return broker.getAuthorizationID();
  }

  @Test
  void plain() throws Exception {
    SaslMechanism mechanism =
        Sasl.fromJaas("PLAIN", PLAIN + "username=\"alice\" password=\"p \\\"w\\\"\";");

    assertThat(loggedIn(mechanism, KafkaSide.plain("alice", "p \"w\""))).isEqualTo("alice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-512"})
  void scram(String name) throws Exception {
    SaslMechanism mechanism = Sasl.fromJaas(name, SCRAM + "username=alice password='pw';");
    SaslMechanism withToken =
        Sasl.fromJaas(name, SCRAM + "username=id password=hmac tokenauth=\"true\";");

    assertThat(mechanism.name()).isEqualTo(name);
    assertThat(loggedIn(mechanism, KafkaSide.scram(name, "alice", "pw"))).isEqualTo("alice");
    assertThat(loggedIn(withToken, KafkaSide.scramWithToken(name, "id", "hmac")))
        .isEqualTo("owner");
  }

  @Test
  void a_module_that_was_moved_into_another_package_is_the_same() throws Exception {
    SaslMechanism mechanism =
        Sasl.fromJaas("PLAIN", "shaded." + PLAIN + "username=alice password=pw;");

    assertThat(loggedIn(mechanism, KafkaSide.plain("alice", "pw"))).isEqualTo("alice");
  }

  @Test
  void oauthbearer_with_an_authorization_server() throws Exception {
    try (TokenServer server = new TokenServer()) {
      server.grants(Tokens.jwt("alice", System.currentTimeMillis() + 3_600_000));
      SaslMechanism mechanism =
          Sasl.fromJaas(
              "OAUTHBEARER",
              OAUTH + "clientId=\"me\" clientSecret=\"s\" scope=\"x\" extension_traceId=\"7\";",
              Map.of(URL, server.uri().toString(), "sasl.login.retry.backoff.ms", "1"));

      assertThat(loggedIn(mechanism, KafkaSide.oauthBearer())).isEqualTo("alice");
      assertThat(server.asked().remove().form()).isEqualTo("grant_type=client_credentials&scope=x");
      assertThat(new String(mechanism.begin(Dialogue.PEER).first(), UTF_8)).contains("traceId=7");
    }
  }

  @Test
  void oauthbearer_with_names_in_properties() throws Exception {
    try (TokenServer server = new TokenServer()) {
      server.grants(Tokens.jwt("alice", System.currentTimeMillis() + 3_600_000));
      Map<String, String> properties =
          Map.of(
              URL,
              server.uri().toString(),
              "sasl.oauthbearer.client.credentials.client.id",
              "me",
              "sasl.oauthbearer.client.credentials.client.secret",
              "s",
              "sasl.oauthbearer.scope",
              "y");

      SaslMechanism mechanism = Sasl.fromJaas("OAUTHBEARER", OAUTH + ";", properties);

      assertThat(loggedIn(mechanism, KafkaSide.oauthBearer())).isEqualTo("alice");
      assertThat(server.asked().remove().form()).endsWith("&scope=y");
    }
  }

  @Test
  void oauthbearer_with_a_file_or_without_signature(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("token");
    SaslMechanism fromFile =
        Sasl.fromJaas("OAUTHBEARER", OAUTH + "extension_a=b;", Map.of(URL, "file://" + file));
    SaslMechanism unsecured =
        Sasl.fromJaas("OAUTHBEARER", OAUTH + "unsecuredLoginStringClaim_sub=\"dev\";");

    assertThat(loggedIn(unsecured, KafkaSide.oauthBearer())).isEqualTo("dev");
    for (String subject : new String[] {"alice", "bob"}) {
      write(file, subject);
      assertThat(loggedIn(fromFile, KafkaSide.oauthBearer())).isEqualTo(subject);
    }
  }

  private static void write(Path file, String subject) throws IOException {
    Files.writeString(file, Tokens.jwt(subject, System.currentTimeMillis() + 3_600_000));
  }

  @Test
  void oauthbearer_with_an_assertion(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("assertion"), "signed");
    try (TokenServer server = new TokenServer()) {
      server.grants("t");
      Map<String, String> properties =
          Map.of(URL, server.uri().toString(), "sasl.oauthbearer.assertion.file", file.toString());

      Sasl.fromJaas("OAUTHBEARER", OAUTH + ";", properties).begin(Dialogue.PEER);
      Sasl.fromJaas("OAUTHBEARER", OAUTH + "clientId=me;", properties).begin(Dialogue.PEER);

      assertThat(server.asked().remove().form()).contains("&assertion=signed");
      assertThat(server.asked().remove().form())
          .contains("client_id=me", "client_assertion=signed");
    }
  }

  @Test
  void gssapi() {
    String keytab = "useKeyTab=true storeKey=true debug=true keyTab=\"/etc/a.keytab\" ";
    Map<String, String> service = Map.of("sasl.kerberos.service.name", "broker");

    assertThat(Sasl.fromJaas("GSSAPI", KERBEROS + keytab + "principal=\"a@R\";", service))
        .hasToString("SaslMechanism[GSSAPI, Gssapi[service broker, a@R]]");
    assertThat(Sasl.fromJaas("GSSAPI", KERBEROS + "useTicketCache=true serviceName=k;", service))
        .hasToString("SaslMechanism[GSSAPI, Gssapi[service k]]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PLAIN         | x.ScramLoginModule required username=a password=canary; |"
            + " PlainLoginModule",
        "PLAIN         | x.PlainLoginModule required username=a; | password is missing",
        "PLAIN         | x.PlainLoginModule required username=a password=''; | password is missing",
        "PLAIN         | x.PlainLoginModule required username=a password=p canary=x; | character"
            + " 51",
        "SCRAM-SHA-256 | x.ScramLoginModule required username=a password=canary tokenauth=1; | true"
            + " or false",
        "SCRAM-SHA-1   | x.ScramLoginModule required username=a password=canary; | SCRAM-SHA-256",
        "AWS_MSK_IAM   | software.amazon.msk.auth.iam.IAMLoginModule required; | SaslMechanism",
        "OAUTHBEARER   | x.OAuthBearerLoginModule required clientSecret=canary; |"
            + " token.endpoint.url",
        "GSSAPI        | x.Krb5LoginModule required principal=canary; | useTicketCache=true",
        "GSSAPI        | x.Krb5LoginModule required useKeyTab=true; | keyTab is missing",
        "GSSAPI        | x.Krb5LoginModule required useKeyTab=true keyTab=canary; | principal",
      })
  void what_cannot_be_is_told_without_secrets(String mechanism, String line, String why) {
    assertThatThrownBy(() -> Sasl.fromJaas(mechanism, line))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("canary");
  }

  @Test
  void properties_that_cannot_be_are_told() {
    String line = OAUTH + "clientId=me clientSecret=canary;";

    assertThatThrownBy(() -> Sasl.fromJaas("OAUTHBEARER", line, Map.of(URL, "ht tp://x")))
        .hasMessageContaining(URL);
    assertThatThrownBy(() -> Sasl.fromJaas("OAUTHBEARER", line, Map.of(URL, "ftp://x")))
        .hasMessageContaining(URL);
    assertThatThrownBy(() -> Sasl.fromJaas("OAUTHBEARER", OAUTH + ";", Map.of(URL, "http://x")))
        .hasMessageContaining("clientId and clientSecret");
    assertThatThrownBy(
            () ->
                Sasl.fromJaas(
                    "OAUTHBEARER",
                    line,
                    Map.of(URL, "http://x", "sasl.login.read.timeout.ms", "soon")))
        .hasMessageContaining("sasl.login.read.timeout.ms = soon");
  }
}
