package io.ottla.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.error.AuthenticationException;
import io.ottla.error.ConfigException;
import io.ottla.error.RetriableException;
import io.ottla.error.SendOutcome;
import io.ottla.testkit.scenario.Scenario;
import java.util.List;
import java.util.function.Function;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** PLAIN and SCRAM against the broker's side as Kafka's own code plays it. */
final class PasswordMechanismsTest {
  /** What must never be seen. */
  private static final String CANARY = "canary-8c1f,=\"Grüße";

  record Kind(String name, Function<Credentials, SaslMechanism> make) {
    SaslMechanism of(String user, String password) {
      return make.apply(() -> new UserPassword(user, password));
    }

    SaslServer broker(String user, String password) {
      return name.equals("PLAIN")
          ? KafkaSide.plain(user, password)
          : KafkaSide.scram(name, user, password);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Kind> KINDS =
      List.of(
          new Kind("PLAIN", Sasl::plain),
          new Kind("SCRAM-SHA-256", Sasl::scramSha256),
          new Kind("SCRAM-SHA-512", Sasl::scramSha512));

  @ParameterizedTest
  @FieldSource("KINDS")
  void kafkas_own_broker_side_lets_us_in(Kind kind) throws SaslException {
    SaslServer broker = kind.broker("al,i=ce", CANARY);
    SaslExchange exchange = kind.of("al,i=ce", CANARY).begin(Dialogue.PEER);

    Dialogue.hold(exchange, broker);

    assertThat(broker.isComplete()).isTrue();
    assertThat(broker.getAuthorizationID()).isEqualTo("al,i=ce");
    assertThat(exchange.isComplete()).isTrue();
    assertThat(exchange.expiresAtMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void a_wrong_password_is_refused_by_it(Kind kind) {
    SaslServer broker = kind.broker("alice", "right");
    SaslExchange exchange = kind.of("alice", "wrong").begin(Dialogue.PEER);

    assertThatThrownBy(() -> Dialogue.hold(exchange, broker))
        .isInstanceOfAny(SaslException.class, SaslAuthenticationException.class)
        .hasMessageContaining("nvalid");
    assertThat(exchange.isComplete()).isFalse();
  }

  @Test
  void a_delegation_token_logs_in_with_scram() throws SaslException {
    SaslServer broker = KafkaSide.scramWithToken("SCRAM-SHA-256", "token-id", "aG1hYw==");
    UserPassword token = UserPassword.delegationToken("token-id", "aG1hYw==");
    SaslExchange exchange = Sasl.scramSha256(() -> token).begin(Dialogue.PEER);

    Dialogue.hold(exchange, broker);

    assertThat(broker.getAuthorizationID()).isEqualTo("owner");
    assertThatThrownBy(() -> Sasl.plain(() -> token).begin(Dialogue.PEER))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("SCRAM");
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  @Scenario("L181")
  void credentials_that_were_changed_are_taken_up_by_the_next_authentication(Kind kind)
      throws SaslException {
    ChangeableCredentials credentials = Credentials.changeable("alice", "first");
    SaslMechanism mechanism = kind.make().apply(credentials);
    SaslExchange begunBefore = mechanism.begin(Dialogue.PEER);
    Dialogue.hold(mechanism.begin(Dialogue.PEER), kind.broker("alice", "first"));

    credentials.set("bob", "second");

    SaslServer broker = kind.broker("bob", "second");
    Dialogue.hold(mechanism.begin(Dialogue.PEER), broker);
    assertThat(broker.getAuthorizationID()).isEqualTo("bob");
    Dialogue.hold(begunBefore, kind.broker("alice", "first"));
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void a_broker_that_goes_on_after_the_end_is_refused(Kind kind) throws SaslException {
    SaslExchange exchange = kind.of("alice", "pw").begin(Dialogue.PEER);
    Dialogue.hold(exchange, kind.broker("alice", "pw"));

    assertThatThrownBy(() -> exchange.next(new byte[] {1}))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageStartingWith(kind + " at broker1:9092 as alice: ");
    assertThat(exchange.isComplete()).isTrue();
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void what_failed_stays_failed(Kind kind) {
    SaslExchange exchange = kind.of("alice", "pw").begin(Dialogue.PEER);
    exchange.first();

    assertThatThrownBy(() -> exchange.next(new byte[] {'?'}))
        .isInstanceOf(AuthenticationException.class);
    assertThatThrownBy(() -> exchange.next(new byte[0]))
        .isInstanceOf(AuthenticationException.class);
    assertThat(exchange.isComplete()).isFalse();
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void a_broker_that_consents_too_early_does_not_complete_it(Kind kind) {
    SaslExchange exchange = kind.of("alice", "pw").begin(Dialogue.PEER);

    exchange.first();

    assertThat(exchange.isComplete()).isFalse();
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void credentials_that_cannot_be_are_refused_before_anything_is_sent(Kind kind) {
    assertThatThrownBy(() -> kind.of("", CANARY).begin(Dialogue.PEER))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("user's name is empty");
    assertThatThrownBy(() -> kind.of("alice", "").begin(Dialogue.PEER))
        .hasMessageContaining("password is empty");
    assertThatThrownBy(() -> kind.of("alice", CANARY + "\0").begin(Dialogue.PEER))
        .hasMessageContaining("U+0000")
        .hasMessageNotContaining(CANARY);
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void credentials_that_fail_are_told(Kind kind) {
    RetriableException later = new RetriableException("vault is away", SendOutcome.NOT_SENT, null);
    IllegalStateException own = new IllegalStateException("bug");

    assertThatThrownBy(() -> failing(kind, later).begin(Dialogue.PEER)).isSameAs(later);
    assertThatThrownBy(() -> failing(kind, own).begin(Dialogue.PEER))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("IllegalStateException")
        .hasCause(own);
  }

  private static SaslMechanism failing(Kind kind, RuntimeException failure) {
    return kind.make()
        .apply(
            () -> {
              throw failure;
            });
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void nothing_of_it_prints_the_password(Kind kind) {
    SaslMechanism mechanism = kind.of("alice", CANARY);
    SaslExchange exchange = mechanism.begin(Dialogue.PEER);
    exchange.first();

    assertThat(mechanism + " " + exchange).contains(kind.name(), "alice").doesNotContain("canary");
    assertThat(Credentials.changeable("alice", CANARY) + " " + new UserPassword("alice", CANARY))
        .contains("alice")
        .doesNotContain("canary");
  }

  @Test
  void fixed_credentials_are_checked_where_they_are_written() {
    assertThatThrownBy(() -> Sasl.plain("", CANARY))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("sasl.username")
        .hasMessageNotContaining("canary");
    assertThatThrownBy(() -> Sasl.scramSha512("alice", ""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("sasl.password");
  }
}
