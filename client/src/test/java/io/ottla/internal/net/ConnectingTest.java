package io.ottla.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.AuthenticationException;
import io.ottla.error.BrokerUnreachableException;
import io.ottla.error.ConnectPhase;
import io.ottla.error.TimeoutException;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.HeartbeatResponse;
import io.ottla.protocol.message.ListOffsetsResponse;
import io.ottla.protocol.message.SaslAuthenticateResponse;
import io.ottla.protocol.message.SaslHandshakeResponse;
import io.ottla.script.Asked;
import io.ottla.script.Peer;
import io.ottla.script.Script;
import io.ottla.script.ScriptedServer;
import io.ottla.testkit.scenario.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Opening connections over real sockets: resolvers, old and silent peers, SASL, trying again. */
final class ConnectingTest extends RealLinkTestBase {
  private static final Duration SHORT = Duration.ofMillis(600);

  private final StagedMechanism mechanism = new StagedMechanism();

  /** Answers the question that Kafka 0.8 was asked, and nothing else. */
  private static void answerAsOldest(Peer peer) throws IOException {
    Asked asked = peer.read();
    assertThat(asked.key()).isEqualTo(ApiKey.LIST_OFFSETS);
    peer.answer(asked, new ListOffsetsResponse());
    peer.readToTheEnd();
  }

  @Test
  @Scenario("L165")
  void a_broker_that_keeps_silent_on_the_question_for_versions_is_taken_for_an_old_one()
      throws Exception {
    try (ScriptedServer server =
        ScriptedServer.playing(
            Peer::readToTheEnd, ConnectingTest::answerAsOldest, ConnectingTest::answerAsOldest)) {
      BrokerLink link = link("127.0.0.1", server.port(), settings(SHORT));

      assertThat(link.connect().get().isAssumed()).isTrue();
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  @Test
  @Scenario("L165")
  void a_broker_that_was_only_slow_is_not_taken_for_an_old_one() throws Exception {
    Script awake =
        peer -> {
          peer.answer(peer.read(), new ListOffsetsResponse());
          serve(peer);
        };
    try (ScriptedServer server = ScriptedServer.playing(Peer::readToTheEnd, awake)) {
      BrokerLink link = link("127.0.0.1", server.port(), settings(SHORT));

      assertThat(link.connect().get().isAssumed()).isFalse();
    }
  }

  @Test
  @Scenario("L170")
  void a_resolver_of_one_s_own_is_asked_before_each_connection_on_a_thread_that_may_wait()
      throws Exception {
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    try (ScriptedServer server =
        ScriptedServer.playing(
            peer -> {
              peer.tellVersions();
              peer.answer(peer.read(), new HeartbeatResponse());
            },
            serving())) {
      BrokerLink link =
          link(
              "kafka.example",
              server.port(),
              settings()
                  .with(
                      host -> {
                        asked.add(host + " on " + Thread.currentThread().getName());
                        return List.of(InetAddress.getLoopbackAddress());
                      }));

      ask(link);
      while (link.versions() != null) {
        Thread.onSpinWait();
      }
      ask(link);

      assertThat(asked)
          .hasSize(2)
          .allMatch(line -> line.startsWith("kafka.example on ottla-lookup"));
    }
  }

  @Test
  @Scenario("L170")
  void a_resolver_that_knows_nothing_or_breaks_fails_the_attempt_with_its_words() throws Exception {
    ConnectionSettings knowsNothing =
        settings()
            .with(
                host -> {
                  throw new UnknownHostException(host);
                });
    ConnectionSettings breaks =
        settings()
            .with(
                host -> {
                  throw new IllegalStateException("the registry is down");
                });
    ConnectionSettings isEmpty = settings().with(host -> List.of());

    assertThat(failureOf(link("kafka.example", 9092, knowsNothing)))
        .hasMessageContaining("the host name kafka.example is not known; check it");
    assertThat(failureOf(link("kafka.example", 9092, breaks)))
        .hasMessageContaining("the registry is down");
    assertThat(
            ((BrokerUnreachableException) failureOf(link("kafka.example", 9092, isEmpty))).phase())
        .isEqualTo(ConnectPhase.DNS);
  }

  @Test
  @Scenario("L173")
  void two_brokers_behind_one_address_have_a_connection_each() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(serving())) {
      BrokerLink first = link("127.0.0.1", server.port(), settings());
      BrokerLink second = link("127.0.0.1", server.port(), settings());
      ask(first);
      ask(second);

      first.close(Duration.ZERO).get();

      ask(second);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void an_address_whose_peer_hangs_up_is_passed_over() throws Exception {
    try (ScriptedServer bad = ScriptedServer.playing(peer -> peer.readBytes(4))) {
      InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
      try (ServerSocket good = new ServerSocket(bad.port(), 8, other)) {
        Thread serving = new Thread(() -> serveOne(good));
        serving.setDaemon(true);
        serving.start();
        BrokerLink link =
            link(
                "kafka.example",
                bad.port(),
                settings().with(host -> List.of(InetAddress.getLoopbackAddress(), other)));

        assertThat(link.connect().get()).isNotNull();
      }
    }
  }

  private static void serveOne(ServerSocket listener) {
    try {
      serve(Peer.over(listener.accept()));
    } catch (IOException over) {
      // The test is over.
    }
  }

  @Test
  void a_broker_that_comes_back_is_reached_and_the_call_never_fails() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    Reconnect always =
        Reconnect.backoff(Duration.ofMillis(5), Duration.ofMillis(20), 0.2, Reconnect.UNLIMITED);
    BrokerLink link = link("127.0.0.1", port, settings().with(always));
    var versions = link.connect();
    while (link.trouble() == null || link.trouble().failures() < 3) {
      Thread.onSpinWait();
    }
    try (ServerSocket back = new ServerSocket(port, 8, InetAddress.getLoopbackAddress())) {
      Thread serving = new Thread(() -> serveOne(back));
      serving.setDaemon(true);
      serving.start();

      assertThat(versions.get()).isNotNull();
      assertThat(link.trouble()).isNull();
    }
  }

  @Test
  void a_call_to_a_broker_that_never_comes_is_told_at_its_deadline_what_was_tried()
      throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    Reconnect always = Reconnect.every(Duration.ofMillis(10), Reconnect.UNLIMITED);

    Throwable failure =
        failureOf(link("127.0.0.1", port, settings().with(always)), Duration.ofMillis(150));

    assertThat(failure)
        .isInstanceOf(TimeoutException.class)
        .hasMessageContainingAll("127.0.0.1:" + port + " refused the connection", "times (last");
    assertThat(failure.getSuppressed()).hasSize(1);
  }

  /** A broker whose listener wants SASL, up to the first token. */
  private static Script wanting(Script afterToken) {
    return peer -> {
      peer.tellVersions();
      peer.answer(peer.read(), new SaslHandshakeResponse().mechanisms(List.of("STAGED")));
      afterToken.play(peer);
    };
  }

  @Test
  @Scenario("G93")
  void a_peer_that_hangs_up_on_the_token_may_mean_a_wrong_password_or_a_restart() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(wanting(Peer::read))) {
      Throwable failure =
          failureOf(link("127.0.0.1", server.port(), settings().withSasl(mechanism)));

      assertThat(failure)
          .isInstanceOfSatisfying(
              BrokerUnreachableException.class,
              unreachable -> assertThat(unreachable.phase()).isEqualTo(ConnectPhase.SASL))
          .hasMessageContainingAll(
              "while authenticating with STAGED",
              "either it does not accept our credentials",
              "or it is stopping");
      assertThat(mechanism.events).startsWith("begin 127.0.0.1:" + server.port());
    }
  }

  @Test
  void refused_credentials_end_the_call_and_the_connection_is_used_when_they_are_right()
      throws Exception {
    Script refusing =
        peer -> {
          peer.answer(
              peer.read(),
              new SaslAuthenticateResponse()
                  .errorCode(ErrorCode.SASL_AUTHENTICATION_FAILED.code())
                  .errorMessage("Invalid username or password"));
          peer.readToTheEnd();
        };
    Script consenting =
        peer -> {
          peer.answer(peer.read(), new SaslAuthenticateResponse());
          answerAll(peer);
        };
    try (ScriptedServer server = ScriptedServer.playing(wanting(refusing), wanting(consenting))) {
      BrokerLink link = link("127.0.0.1", server.port(), settings().withSasl(mechanism));

      assertThat(failureOf(link))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("Invalid username or password");
      assertThat(Objects.requireNonNull(link.trouble()).brief())
          .isEqualTo("refused the credentials (STAGED)");
      assertThat(ask(link).errorCode()).isZero();
      assertThat(link.trouble()).isNull();
    }
  }

  @Test
  void no_secret_is_shown_bare_to_a_peer_that_does_not_say_what_it_takes() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(peer -> peer.readBytes(4))) {
      Throwable failure =
          failureOf(link("127.0.0.1", server.port(), settings().withSasl(mechanism)));

      assertThat(((BrokerUnreachableException) failure).phase()).isEqualTo(ConnectPhase.HANDSHAKE);
      assertThat(mechanism.events).as("the mechanism was not even asked").isEmpty();
    }
  }

  @Test
  void credentials_that_do_not_come_end_at_the_connect_timeout() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.playing(
            peer -> {
              peer.tellVersions(Map.of(ApiKey.SASL_HANDSHAKE, 1));
              peer.readToTheEnd();
            })) {
      BlockingMechanism blocking = new BlockingMechanism();
      Throwable failure =
          failureOf(
              link(
                  "127.0.0.1", server.port(), settings(Duration.ofMillis(200)).withSasl(blocking)));
      blocking.release();

      assertThat(((BrokerUnreachableException) failure).phase()).isEqualTo(ConnectPhase.SASL);
      assertThat(failure).hasMessageContaining("waiting for the credentials of BLOCKING");
      assertThat(blocking.threadName()).startsWith("ottla-blocking");
      blocking.awaitClosed();
    }
  }
}
