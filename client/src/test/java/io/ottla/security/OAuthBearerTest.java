package io.ottla.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ottla.error.AuthenticationException;
import io.ottla.error.RetriableException;
import io.ottla.error.SendOutcome;
import io.ottla.internal.sasl.HandClock;
import io.ottla.internal.sasl.Tokens;
import io.ottla.testkit.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerClientInitialResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OAUTHBEARER against the broker's side as Kafka's own code plays it. */
@Scenario("L182")
final class OAuthBearerTest {
  private static final String CANARY = "canary-77aa";

  private final HandClock clock = new HandClock();
  private final List<Token> handedOut = new ArrayList<>();

  private static long inAnHour() {
    return System.currentTimeMillis() + 3_600_000;
  }

  private static Token tokenOf(String subject) {
    return Token.jwt(Tokens.jwt(subject, inAnHour()));
  }

  @Test
  void kafkas_own_broker_side_lets_us_in() throws SaslException {
    SaslServer broker = KafkaSide.oauthBearer();
    SaslExchange exchange = Sasl.oauthBearer(() -> tokenOf("alice")).begin(Dialogue.PEER);

    Dialogue.hold(exchange, broker);

    assertThat(broker.getAuthorizationID()).isEqualTo("alice");
    assertThat(exchange.isComplete()).isTrue();
    assertThat(exchange.expiresAtMillis()).isCloseTo(inAnHour(), within(60_000L));
  }

  @Test
  void extensions_reach_the_broker() throws SaslException {
    Token token =
        tokenOf("alice").withExtensions(Map.of("traceId", "42", "logicalCluster", "lkc 1"));

    byte[] first = Sasl.oauthBearer(() -> token).begin(Dialogue.PEER).first();

    var read = new OAuthBearerClientInitialResponse(first);
    assertThat(read.tokenValue()).isEqualTo(token.value());
    assertThat(read.extensions().map()).isEqualTo(token.extensions());
  }

  @Test
  void the_brokers_refusal_is_told_and_the_token_is_not_used_again() throws SaslException {
    long over = System.currentTimeMillis() - 7_200_000;
    SaslMechanism mechanism = mechanism(Tokens.jwt("alice", over), inAnHour());
    SaslExchange exchange = mechanism.begin(Dialogue.PEER);

    assertThatThrownBy(() -> Dialogue.hold(exchange, KafkaSide.oauthBearer()))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageStartingWith(
            "OAUTHBEARER at broker1:9092: the broker refuses the token: status ")
        .hasMessageContaining("status invalid_token, scope kafka");
    assertThat(exchange.isComplete()).isFalse();

    mechanism.begin(Dialogue.PEER);
    assertThat(handedOut).hasSize(2);
  }

  /** Hands out this token, for which another end is told. */
  private SaslMechanism mechanism(String value, long end) {
    return new OAuthBearerMechanism(
        () -> {
          Token token = Token.of(value, end);
          handedOut.add(token);
          return token;
        },
        clock,
        Runnable::run);
  }

  @Test
  void one_token_serves_all_connections_until_one_is_refused() {
    SaslMechanism mechanism = mechanism("opaque", clock.wallMillis() + 1_000_000);
    SaslExchange last = mechanism.begin(Dialogue.PEER);
    for (int i = 0; i < 100; i++) {
      last = mechanism.begin(Dialogue.PEER);
    }
    assertThat(handedOut).hasSize(1);

    last.refused();
    mechanism.begin(Dialogue.PEER);

    assertThat(handedOut).hasSize(2);
  }

  @Test
  void a_token_is_replaced_ahead_of_its_end_and_nobody_polls_for_it() {
    SaslMechanism mechanism = mechanism("opaque", clock.wallMillis() + 1_000_000);
    mechanism.begin(Dialogue.PEER);
    clock.pass(850_001);

    mechanism.begin(Dialogue.PEER);

    assertThat(handedOut).hasSize(2);
  }

  @Test
  void a_token_that_has_ended_is_refused_here() {
    assertThatThrownBy(() -> mechanism(CANARY, clock.wallMillis()).begin(Dialogue.PEER))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("the token ended at 2023-11-14T22:13:20Z")
        .hasMessageNotContaining(CANARY);
  }

  @Test
  void a_provider_that_fails_is_told_and_asked_again() {
    RetriableException later = new RetriableException("idp is away", SendOutcome.NOT_SENT, null);
    List<RuntimeException> failures =
        new ArrayList<>(List.of(later, new IllegalStateException("bug")));
    SaslMechanism mechanism =
        new OAuthBearerMechanism(
            () -> {
              if (!failures.isEmpty()) {
                throw failures.remove(0);
              }
              return Token.of("opaque", clock.wallMillis() + 1_000);
            },
            clock,
            Runnable::run);

    assertThatThrownBy(() -> mechanism.begin(Dialogue.PEER))
        .isInstanceOf(RetriableException.class)
        .hasMessage("OAUTHBEARER at broker1:9092: idp is away");
    assertThatThrownBy(() -> mechanism.begin(Dialogue.PEER))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("IllegalStateException");
    assertThat(mechanism.begin(Dialogue.PEER).first()).isNotEmpty();
  }

  @Test
  void a_token_that_cannot_be_sent_is_refused_without_being_shown() {
    for (String bad : List.of("", CANARY + "\n", CANARY + "\u0001", CANARY + " x", CANARY + "ü")) {
      assertThatThrownBy(() -> mechanism(bad, inAnHour()).begin(Dialogue.PEER))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("token")
          .hasMessageNotContaining(CANARY);
    }
  }

  @Test
  void extensions_that_cannot_be_sent_are_refused_without_their_value() {
    for (String name : List.of("auth", "a-b", "", "1")) {
      assertUnusable(Map.of(name, "x"), "extension's name");
    }
    assertUnusable(Map.of("traceId", ""), "traceId");
    assertUnusable(Map.of("traceId", CANARY + "\u0001"), "traceId");
  }

  private static void assertUnusable(Map<String, String> extensions, String why) {
    Token token = tokenOf("alice").withExtensions(extensions);
    assertThatThrownBy(() -> Sasl.oauthBearer(() -> token).begin(Dialogue.PEER))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining(CANARY);
  }

  @Test
  void a_token_file_is_read_at_each_authentication(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("token");
    SaslMechanism mechanism = Sasl.oauthBearer(TokenProviders.file(file));
    assertThatThrownBy(() -> mechanism.begin(Dialogue.PEER))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("token file " + file + " cannot be read: NoSuchFileException");

    Files.writeString(file, tokenOf("alice").value() + "\n");
    assertThat(principal(mechanism)).isEqualTo("alice");
    Files.writeString(file, tokenOf("bob").value());
    assertThat(principal(mechanism)).isEqualTo("bob");

    Files.writeString(file, "\n");
    assertThatThrownBy(() -> mechanism.begin(Dialogue.PEER)).hasMessageContaining("is empty");
    Files.writeString(file, Tokens.jwt("carol", 1_000_000_000_000L));
    assertThatThrownBy(() -> mechanism.begin(Dialogue.PEER)).hasMessageContaining("2001-09-09");
    Files.writeString(file, "x".repeat(1 << 21));
    assertThatThrownBy(() -> mechanism.begin(Dialogue.PEER)).hasMessageContaining("larger");
  }

  private static String principal(SaslMechanism mechanism) throws SaslException {
    SaslServer broker = KafkaSide.oauthBearer();
    Dialogue.hold(mechanism.begin(Dialogue.PEER), broker);
    return broker.getAuthorizationID();
  }

  @Test
  void nothing_of_it_prints_the_token() {
    Token token = Token.of(CANARY, inAnHour()).withExtensions(Map.of("key", CANARY));
    SaslMechanism mechanism = Sasl.oauthBearer(() -> token);
    SaslExchange exchange = mechanism.begin(Dialogue.PEER);
    assertThat(new String(exchange.first(), UTF_8)).contains(CANARY);

    assertThat(token + " " + mechanism + " " + exchange)
        .contains("OAUTHBEARER")
        .doesNotContain(CANARY);
  }
}
