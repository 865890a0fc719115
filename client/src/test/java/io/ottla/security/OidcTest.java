package io.ottla.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.AuthenticationException;
import io.ottla.error.ConfigException;
import io.ottla.internal.sasl.TokenServer;
import io.ottla.internal.sasl.Tokens;
import io.ottla.testkit.scenario.Scenario;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.security.sasl.SaslServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an authorization server, asked for over real HTTP. */
@Scenario("L182")
final class OidcTest {
  private static final String CANARY = "canary+/ 1:2";

  private final TokenServer server = new TokenServer();

  @AfterEach
  void stop() {
    server.close();
  }

  private TokenServer.Asked onlyQuestion() {
    assertThat(server.asked()).hasSize(1);
    return server.asked().remove();
  }

  @Test
  void client_credentials_become_a_token_that_the_broker_takes() throws Exception {
    server.grants(Tokens.jwt("alice", System.currentTimeMillis() + 3_600_000));
    SaslMechanism mechanism =
        Sasl.oauthBearer(
            Oidc.clientCredentials(server.uri(), "me", CANARY)
                .scope("kafka read")
                .extension("traceId", "7")
                .build());
    SaslServer broker = KafkaSide.oauthBearer();

    Dialogue.hold(mechanism.begin(Dialogue.PEER), broker);
    mechanism.begin(Dialogue.PEER);

    assertThat(broker.getAuthorizationID()).isEqualTo("alice");
    assertThat(onlyQuestion())
        .isEqualTo(
            new TokenServer.Asked(
                "POST",
                basic("me:" + CANARY),
                "application/x-www-form-urlencoded",
                "grant_type=client_credentials&scope=kafka+read"));
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  @Test
  void name_and_secret_are_encoded_for_servers_that_want_it() {
    server.grants("t");

    Token token = Oidc.clientCredentialsEncoded(server.uri(), "m e", CANARY).build().token();

    assertThat(token.value()).isEqualTo("t");
    assertThat(onlyQuestion().authorization()).isEqualTo(basic("m+e:canary%2B%2F+1%3A2"));
  }

  @Test
  void extensions_come_with_the_token() {
    server.grants("t");

    Token token =
        Oidc.clientCredentials(server.uri(), "me", "s").extension("a", "b").build().token();

    assertThat(token.extensions()).isEqualTo(Map.of("a", "b"));
  }

  @Test
  void an_assertion_is_read_from_its_file_for_each_token(@TempDir Path directory)
      throws IOException {
    Path file = directory.resolve("assertion");
    server.grants("t");
    TokenProvider exchanged = Oidc.jwtBearer(server.uri(), file).scope("s").build();
    TokenProvider proven = Oidc.clientAssertion(server.uri(), "me", file).build();

    Files.writeString(file, "first\n");
    exchanged.token();
    Files.writeString(file, "second");
    proven.token();

    assertThat(server.asked().remove().form())
        .isEqualTo(
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer"
                + "&assertion=first&scope=s");
    TokenServer.Asked second = onlyQuestion();
    assertThat(second.form())
        .isEqualTo(
            "grant_type=client_credentials&client_id=me"
                + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
                + "&client_assertion=second");
    assertThat(second.authorization()).isEqualTo("null");
  }

  @Test
  void a_missing_assertion_is_named_and_nobody_is_asked(@TempDir Path directory) {
    Path file = directory.resolve("none");

    assertThatThrownBy(() -> Oidc.jwtBearer(server.uri(), file).build().token())
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining(file.toString());
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void a_refusal_is_told_once_to_all_and_without_secrets() {
    server.answers(
        401, "{\"error\":\"invalid_client\",\"error_description\":\"not " + CANARY + "\"}");
    SaslMechanism mechanism =
        Sasl.oauthBearer(Oidc.clientCredentials(server.uri(), "me", CANARY).build());

    assertThatThrownBy(() -> mechanism.begin(Dialogue.PEER))
        .isInstanceOf(AuthenticationException.class)
        .hasMessage(
            "OAUTHBEARER at broker1:9092: token endpoint %s answered 401: invalid_client: not"
                + " (hidden)",
            server.uri());
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void settings_that_cannot_be_are_refused_where_they_are_written() {
    for (String uri :
        List.of(
            "ftp://idp/token",
            "idp",
            "https:/token",
            "file:///" + CANARY.strip().substring(0, 6))) {
      assertThatThrownBy(() -> Oidc.clientCredentials(URI.create(uri), "me", "s"))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("sasl.oauthbearer.token.endpoint.url")
          .hasMessageNotContaining("canary");
    }
    assertThatThrownBy(() -> Oidc.clientCredentials(server.uri(), "", "s"))
        .hasMessageContaining("client.id");
    assertThatThrownBy(() -> Oidc.clientCredentials(server.uri(), "me", ""))
        .hasMessageContaining("client.secret");
    Oidc oidc = Oidc.clientCredentials(server.uri(), "me", "s");
    assertThatThrownBy(() -> oidc.connectTimeout(Duration.ZERO))
        .hasMessageContaining("sasl.login.connect.timeout.ms");
    assertThatThrownBy(() -> oidc.requestTimeout(Duration.ofMillis(-1)))
        .hasMessageContaining("sasl.login.read.timeout.ms");
    assertThatThrownBy(() -> oidc.retry(Duration.ZERO, Duration.ZERO))
        .hasMessageContaining("sasl.login.retry.backoff.ms");
    assertThatThrownBy(() -> oidc.retry(Duration.ofMillis(1), Duration.ofMillis(-1)))
        .hasMessageContaining("sasl.login.retry.backoff.max.ms");
  }

  @Test
  void nothing_of_it_prints_the_secret() {
    Oidc oidc = Oidc.clientCredentials(server.uri(), "me", CANARY);
    TokenProvider provider = oidc.build();

    assertThat(oidc + " " + provider + " " + Sasl.oauthBearer(provider)).doesNotContain("canary");
    assertThat(provider.toString()).contains(server.uri().toString());
  }
}
