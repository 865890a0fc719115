package io.ottla.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.ottla.error.AuthenticationException;
import io.ottla.error.ConnectPhase;
import io.ottla.error.SendOutcome;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.HeartbeatResponse;
import io.ottla.protocol.message.SaslHandshakeResponse;
import io.ottla.script.Asked;
import io.ottla.script.Peer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Authentication of a new connection, seen from the wire. */
final class SaslStepTest extends SaslTestBase {
  private static final Map<ApiKey, Integer> OF_0_11 =
      Map.of(ApiKey.SASL_HANDSHAKE, 0, ApiKey.HEARTBEAT, 0);

  @Test
  void tokens_go_to_and_fro_until_both_sides_are_satisfied() {
    mechanism.answers.add("second");
    mechanism.isCompleteAfter = 2;
    Connection connection = authenticating();

    consent();
    assertThat(answerToken("challenge", 0)).isEqualTo("first");
    assertThat(events).isEmpty();
    assertThat(answerToken("proof", 0)).isEqualTo("second");

    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
    assertThat(mechanism.events)
        .containsExactly("begin peer:9092", "next challenge", "next proof", "close");
  }

  @Test
  void a_last_token_of_ours_is_answered_by_nothing_but_consent() {
    mechanism.answers.add("last");
    Connection connection = authenticating();
    consent();

    answerToken("challenge", 0);
    assertThat(answerToken("", 0)).isEqualTo("last");

    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
    assertThat(mechanism.events).containsExactly("begin peer:9092", "next challenge", "close");
  }

  @Test
  void a_mechanism_that_the_broker_does_not_offer_ends_with_those_it_does() {
    authenticating();

    answer(
        nextAsked(),
        new SaslHandshakeResponse()
            .errorCode(ErrorCode.UNSUPPORTED_SASL_MECHANISM.code())
            .mechanisms(List.of("SCRAM-SHA-256", "PLAIN")));

    assertThat(end().isDefinite()).isTrue();
    assertThat(end().why())
        .contains("does not offer the SASL mechanism STAGED; it offers SCRAM-SHA-256, PLAIN");
    assertThat(mechanism.events).containsExactly("begin peer:9092", "close");
  }

  @Test
  void a_listener_without_sasl_is_named() {
    authenticating();

    answer(nextAsked(), new SaslHandshakeResponse().errorCode(ErrorCode.ILLEGAL_SASL_STATE.code()));

    assertThat(end().why()).contains("that listener probably has none; use another port");
  }

  @Test
  void refused_credentials_end_with_the_broker_s_words() {
    authenticating();
    consent();

    refuseToken(ErrorCode.SASL_AUTHENTICATION_FAILED, "Invalid username or password");

    assertThat(end().failureOf("x", SendOutcome.NOT_SENT, PEER, 0, 1))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContainingAll(
            "refused to authenticate us with STAGED",
            "SASL_AUTHENTICATION_FAILED (Invalid username or password)",
            "check who we say we are");
    assertThat(mechanism.events).endsWith("refused", "close");
  }

  @Test
  void a_broker_that_is_satisfied_too_early_is_not_believed() {
    mechanism.isCompleteAfter = 9;
    authenticating();
    consent();

    answerToken("", 0);

    assertThat(end().isDefinite()).isTrue();
    assertThat(end().why()).contains("did not prove that it knows us");
  }

  @Test
  void a_broker_that_begins_a_session_before_our_side_is_satisfied_is_not_believed() {
    mechanism.isCompleteAfter = 9;
    mechanism.answers.add("more");
    authenticating();
    consent();

    answerToken("challenge", 3_600_000);

    assertThat(end().isDefinite()).isTrue();
  }

  @Test
  void what_our_side_finds_wrong_ends_it_for_good_if_it_is_about_who_the_broker_is() {
    authenticating();
    consent();
    mechanism.failure = new AuthenticationException("the broker's signature is wrong", null);

    answerToken("forged", 0);

    assertThat(end().isDefinite()).isTrue();
    assertThat(end().why()).contains("STAGED ended on our side: the broker's signature is wrong");
    assertThat(mechanism.events).containsExactly("begin peer:9092", "next forged", "close");
  }

  @Test
  void credentials_that_cannot_be_had_now_may_be_had_later() {
    mechanism.failure = new IllegalStateException("the token server is down");

    authenticating();

    assertThat(end().kind()).isEqualTo(Loss.Kind.UNREACHABLE);
    assertThat(end().phase()).isEqualTo(ConnectPhase.SASL);
    assertThat(end().why()).contains("the token server is down");
    assertThat(asked).as("nothing was sent").isEmpty();
  }

  @Test
  void an_exchange_whose_connection_ends_is_closed() {
    authenticating();
    consent();

    hangUp();

    assertThat(end().kind()).isEqualTo(Loss.Kind.LOST);
    assertThat(mechanism.events).containsExactly("begin peer:9092", "close");
  }

  @Test
  void before_1_0_tokens_are_bare_and_an_empty_one_is_an_answer() {
    Connection connection = authenticating(OF_0_11);
    Asked handshake = asked.remove();
    assertThat(handshake.version()).isZero();
    answerBare(handshake);

    assertThat(bareToken()).isEqualTo("first");
    receive(new byte[] {0, 0, 0, 0});

    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
    assertThat(mechanism.events).containsExactly("begin peer:9092", "next ", "close");
    Recorded reply = send(connection);
    answer(nextAsked(), new HeartbeatResponse());
    assertThat(reply.response).isNotNull();
  }

  @Test
  void before_1_0_nobody_answers_our_last_token() {
    mechanism.answers.add("last");
    Connection connection = authenticating(OF_0_11);
    answerBare(asked.remove());
    assertThat(bareToken()).isEqualTo("first");

    channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 1, 'c'}));
    channel.runPendingTasks();

    assertThat(bareToken()).isEqualTo("last");
    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
  }

  @Test
  void kafka_0_9_is_sent_tokens_at_once_and_only_those_of_its_one_mechanism() {
    mechanism.name = "GSSAPI";
    assertThat(VersionPlan.ASK_LOWEST.afterHangUp(mechanism)).isEqualTo(VersionPlan.ASSUME_OLDEST);
    Connection connection = openSilently();
    assertThat(bareToken()).isEqualTo("first");

    channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 0}));
    turn();

    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
    mechanism.name = "PLAIN";
    assertThat(VersionPlan.ASK_LOWEST.afterHangUp(mechanism)).isNull();
  }

  private Connection openSilently() {
    Connection connection = new Connection(PEER, settings(1 << 20), clock, List.of(step()), this);
    channel.pipeline().addLast(connection);
    connection.start();
    channel.runPendingTasks();
    return connection;
  }

  private void answerBare(Asked handshake) {
    channel.writeInbound(
        Unpooled.wrappedBuffer(
            Peer.frame(
                handshake.correlationId(), ApiKey.SASL_HANDSHAKE, new SaslHandshakeResponse(), 0)));
    channel.runPendingTasks();
  }

  /** A token as it stands on the wire: its length, then it. */
  private String bareToken() {
    byte[] token = new byte[0];
    int length = -1;
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      if (length < 0) {
        length = part.readInt();
      } else {
        token = new byte[part.readableBytes()];
        part.readBytes(token);
      }
      part.release();
    }
    assertThat(token).hasSize(length);
    return new String(token, StandardCharsets.UTF_8);
  }
}
