package io.ottla.internal.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.AuthenticationException;
import io.ottla.error.RetriableException;
import io.ottla.testkit.scenario.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A token endpoint that grants, refuses, is in trouble, or is none; time stands still. */
@Scenario("L182")
final class TokenEndpointTest {
  private static final String SECRET = "canary-5521";
  private static final TokenRequest REQUEST =
      new TokenRequest(
          "Basic " + SECRET, Map.of("grant_type", "client_credentials"), List.of(SECRET));

  private final TokenServer server = new TokenServer();
  private final HandClock clock = new HandClock();
  private final List<Long> pauses = new ArrayList<>();

  @AfterEach
  void stop() {
    server.close();
  }

  private TokenEndpoint endpoint(URI uri, long requestMillis) {
    EndpointSettings settings =
        new EndpointSettings(
            uri,
            TimeUnit.SECONDS.toNanos(5),
            TimeUnit.MILLISECONDS.toNanos(requestMillis),
            TimeUnit.MILLISECONDS.toNanos(100),
            TimeUnit.SECONDS.toNanos(10),
            null);
    return new TokenEndpoint(
        settings,
        clock,
        nanos -> {
          pauses.add(TimeUnit.NANOSECONDS.toMillis(nanos));
          clock.pass(TimeUnit.NANOSECONDS.toMillis(nanos));
        });
  }

  private TokenReply fetch() {
    return endpoint(server.uri(), 10_000).fetch(REQUEST);
  }

  @Test
  void what_is_granted_ends_when_the_endpoint_says() {
    server.grants("opaque");

    TokenReply reply = fetch();

    assertThat(reply.token()).isEqualTo("opaque");
    assertThat(reply.expiresAtMillis()).isEqualTo(clock.wallMillis() + 3_600_000);
    assertThat(reply + " " + REQUEST).doesNotContain("opaque").doesNotContain(SECRET);
    assertThat(pauses).isEmpty();
  }

  @Test
  void the_token_itself_may_say_that_it_ends_earlier() {
    long end = clock.wallMillis() / 1_000 + 60;
    server.grants(Tokens.jwt("{\"sub\":\"a\",\"exp\":" + end + "}"));

    assertThat(fetch().expiresAtMillis()).isEqualTo(end * 1_000);
  }

  @Test
  void a_token_without_any_end_has_none() {
    server.answers(200, "{\"id_token\":\"opaque\", \"more\": {\"expires_in\": 1}, \"x\": [null]}");

    assertThat(fetch()).isEqualTo(new TokenReply("opaque", Long.MAX_VALUE));
  }

  @Test
  void a_server_in_trouble_is_asked_again_after_growing_pauses() {
    server.answers(503, "{}").answers(500, "").answers(429, "{}").grants("t");

    assertThat(fetch().token()).isEqualTo("t");

    assertThat(pauses).containsExactly(100L, 200L, 400L);
    assertThat(server.asked()).hasSize(4);
  }

  @Test
  void patience_ends_and_the_last_answer_is_told() {
    server.answers(503, "{\"error\":\"temporarily_unavailable\"}");

    assertThatThrownBy(this::fetch)
        .isInstanceOf(RetriableException.class)
        .hasMessage(
            "token endpoint %s answered 503: temporarily_unavailable; asked 7 times in 6.3 s",
            server.uri());
    assertThat(pauses).containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404})
  void what_is_refused_is_not_asked_again_and_no_secret_is_told(int status) {
    server.answers(
        status,
        "{\"error\":\"invalid_client\",\"error_description\":\"bad\\nsecret " + SECRET + " !\"}");

    assertThatThrownBy(this::fetch)
        .isInstanceOf(AuthenticationException.class)
        .hasMessage(
            "token endpoint %s answered %d: invalid_client: bad secret (hidden) !",
            server.uri(), status);
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void what_is_no_token_endpoint_is_named() {
    assertRefused(200, "<html>Log in, please</html>", "no JSON object; is it the right URL?");
    assertRefused(200, "[\"access_token\"]", "no JSON object");
    assertRefused(200, "{\"access_token\":", "no JSON object");
    assertRefused(200, "{\"access_token\":null}", "without an access_token");
    assertRefused(302, "", "answered 302 (a redirection");
    assertRefused(404, "<html>not here</html>", "answered 404");
  }

  private void assertRefused(int status, String body, String why) {
    try (TokenServer other = new TokenServer()) {
      other.answers(status, "text/html", body);

      assertThatThrownBy(() -> endpoint(other.uri(), 10_000).fetch(REQUEST))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining(why)
          .hasMessageContaining(other.uri().toString());
      assertThat(other.asked()).hasSize(1);
    }
  }

  @Test
  void an_endless_answer_is_not_read_to_its_end() {
    server.answers(200, " ".repeat((1 << 20) + 1));

    assertThatThrownBy(this::fetch)
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining("more than 1048576 bytes");
  }

  @Test
  void a_server_that_does_not_answer_is_left() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      URI uri = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/token");

      assertThatThrownBy(() -> endpoint(uri, 20).fetch(REQUEST))
          .isInstanceOf(RetriableException.class)
          .hasMessageContaining("did not answer within 0.0 s");
    }
  }

  @Test
  void a_server_that_is_away_is_named() {
    URI uri = server.uri();
    server.close();

    assertThatThrownBy(() -> endpoint(uri, 10_000).fetch(REQUEST))
        .isInstanceOf(RetriableException.class)
        .hasMessageContaining(uri + " failed: connection refused")
        .hasMessageContaining("asked 7 times");
  }

  @Test
  void what_an_url_holds_besides_the_place_is_not_shown() {
    URI uri = URI.create("https://user:" + SECRET + "@idp.example:8443/token?key=" + SECRET);

    assertThat(endpoint(uri, 1)).hasToString("token endpoint https://idp.example:8443/token");
  }
}
