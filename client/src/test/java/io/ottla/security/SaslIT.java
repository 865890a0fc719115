package io.ottla.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.Broker;
import io.ottla.Ottla;
import io.ottla.error.AuthenticationException;
import io.ottla.internal.sasl.TokenServer;
import io.ottla.internal.sasl.Tokens;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.SaslAuthenticateResponse;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every mechanism at one real broker, whose bytes nobody of us has made. */
final class SaslIT {
  private static final String KERBEROS_REALM = "@" + Kdc.REALM;

  @TempDir private static Path directory;
  private static Kdc kdc;
  private static Path alice;
  private static KafkaServer kafka;

  @BeforeAll
  static void start() {
    kdc = new Kdc(directory);
    alice = kdc.keytab("alice");
    Path broker = kdc.keytab("kafka/localhost");
    kafka =
        KafkaServer.builder()
            .kerberosConfig(kdc.configuration())
            .listener(
                "SASL",
                listener ->
                    listener
                        .plain("alice", "plain-secret")
                        .scramSha256("alice", "secret-256")
                        .scramSha512("alice", "secret-512")
                        .oauthBearer()
                        .gssapi(broker, "kafka/localhost" + KERBEROS_REALM, "kafka")
                        .maxReauthentication(Duration.ofMinutes(10)))
            .start();
  }

  @AfterAll
  static void end() {
    kafka.close();
    kdc.close();
  }

  /** A way in, and one that has something wrong. */
  enum Way {
    PLAIN {
      @Override
      SaslMechanism right() {
        return Sasl.plain("alice", "plain-secret");
      }

      @Override
      SaslMechanism wrong() {
        return Sasl.plain("alice", "canary");
      }
    },
    SCRAM_SHA_256 {
      @Override
      SaslMechanism right() {
        return Sasl.scramSha256("alice", "secret-256");
      }

      @Override
      SaslMechanism wrong() {
        return Sasl.scramSha256("alice", "canary");
      }
    },
    SCRAM_SHA_512 {
      @Override
      SaslMechanism right() {
        return Sasl.fromJaas(
            "SCRAM-SHA-512",
            "org.apache.kafka.common.security.scram.ScramLoginModule required"
                + " username=\"alice\" password=\"secret-512\";");
      }

      @Override
      SaslMechanism wrong() {
        return Sasl.scramSha512("bob", "canary");
      }
    },
    OAUTHBEARER {
      @Override
      SaslMechanism right() {
        return Sasl.oauthBearer(() -> Token.jwt(Tokens.jwt("alice", inAnHour())));
      }

      @Override
      SaslMechanism wrong() {
        return Sasl.oauthBearer(() -> Token.of("canary", inAnHour()));
      }
    },
    GSSAPI {
      @Override
      SaslMechanism right() {
        return Sasl.gssapi(
            Gssapi.builder().principal("alice" + KERBEROS_REALM).keytab(alice).build());
      }

      @Override
      SaslMechanism wrong() {
        Path keytab = kdc.keytab("somebody" + System.nanoTime());
        return Sasl.gssapi(
            Gssapi.builder().principal("other" + KERBEROS_REALM).keytab(keytab).build());
      }
    };

    abstract SaslMechanism right();

    abstract SaslMechanism wrong();
  }

  private static long inAnHour() {
    return System.currentTimeMillis() + 3_600_000;
  }

  private static SaslSocket connect() throws Exception {
    return new SaslSocket(kafka.nodes().get(0).port("SASL"));
  }

  @ParameterizedTest
  @EnumSource
  void a_real_broker_lets_us_in_and_lets_us_authenticate_anew(Way way) throws Exception {
    SaslMechanism mechanism = way.right();
    try (SaslSocket socket = connect()) {
      assertThat(socket.authenticate(mechanism).errorMessage()).isNullOrEmpty();
      assertThat(socket.clusterId()).isEqualTo(kafka.clusterId());

      SaslAuthenticateResponse again = socket.authenticate(mechanism);

      assertThat(again.errorMessage()).isNullOrEmpty();
      assertThat(again.sessionLifetimeMs()).isBetween(1L, 600_000L);
      assertThat(socket.clusterId()).isEqualTo(kafka.clusterId());
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"OAUTHBEARER", "GSSAPI"})
  void a_real_broker_refuses_what_is_wrong(Way way) throws Exception {
    try (SaslSocket socket = connect()) {
      SaslAuthenticateResponse refused = socket.authenticate(way.wrong());

      assertThat(refused.errorCode()).isEqualTo(ErrorCode.SASL_AUTHENTICATION_FAILED.code());
      assertThat(refused.errorMessage()).doesNotContain("canary");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OAUTHBEARER", "GSSAPI"})
  void what_is_wrong_is_known_here(Way way) throws Exception {
    try (SaslSocket socket = connect()) {
      assertThatThrownBy(() -> socket.authenticate(way.wrong()))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageStartingWith(way + " at localhost:");
    }
  }

  private static Broker open(SaslMechanism mechanism) {
    return Ottla.broker(
        "localhost", kafka.nodes().get(0).port("SASL"), options -> options.sasl(mechanism));
  }

  private static String clusterId(Broker broker) throws Exception {
    MetadataResponse metadata = broker.request(new MetadataRequest()).get(60, TimeUnit.SECONDS);
    return String.valueOf(metadata.clusterId());
  }

  @ParameterizedTest
  @EnumSource
  void a_client_is_let_in(Way way) throws Exception {
    try (Broker broker = open(way.right())) {
      assertThat(clusterId(broker)).isEqualTo(kafka.clusterId());
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_client_with_something_wrong_is_told_what_and_hears_no_secret(Way way) {
    try (Broker broker = open(way.wrong())) {
      assertThatThrownBy(() -> clusterId(broker))
          .hasCauseInstanceOf(AuthenticationException.class)
          .hasMessageContaining(way.name().replace('_', '-'))
          .hasMessageContaining("localhost")
          .hasMessageNotContaining("canary");
    }
  }

  @Test
  @Scenario("L181")
  void credentials_are_swapped_while_connections_come_and_go() throws Exception {
    ChangeableCredentials credentials = Credentials.changeable("alice", "wrong");
    SaslMechanism mechanism = Sasl.scramSha256(credentials);
    try (SaslSocket socket = connect()) {
      assertThat(socket.authenticate(mechanism).errorMessage()).contains("nvalid");
    }

    credentials.set("alice", "secret-256");

    try (Broker broker = open(mechanism)) {
      assertThat(clusterId(broker)).isEqualTo(kafka.clusterId());
    }
  }

  @Test
  @Scenario("L182")
  void a_token_of_an_authorization_server_lets_us_in() throws Exception {
    try (TokenServer idp = new TokenServer();
        SaslSocket socket = connect()) {
      idp.answers(503, "{}").grants(Tokens.jwt("alice", inAnHour()));
      SaslMechanism mechanism =
          Sasl.oauthBearer(Oidc.clientCredentials(idp.uri(), "me", "secret").build());

      assertThat(socket.authenticate(mechanism).errorMessage()).isNullOrEmpty();

      assertThat(socket.clusterId()).isEqualTo(kafka.clusterId());
      assertThat(idp.asked()).hasSize(2);
    }
  }
}
