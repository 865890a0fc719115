package io.ottla.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.ConnectionLostException;
import io.ottla.error.OttlaException;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.HeartbeatResponse;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.SaslHandshakeResponse;
import io.ottla.script.Asked;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Re-authentication (KIP-368) in the middle of traffic, seen from the wire. */
@Scenario("G88")
final class RenewalTest extends SaslTestBase {
  private static final long LIFETIME_MS = 60_000;
  private static final Duration EARLIEST = Duration.ofMillis(LIFETIME_MS * 85 / 100);
  private static final Duration TO_LATEST = Duration.ofMillis(LIFETIME_MS / 10);

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  /** Moves the time to where the session is renewed. */
  private void toRenewal() {
    advance(EARLIEST);
    advance(TO_LATEST);
  }

  @Test
  void it_begins_between_85_and_95_percent_of_the_lifetime() {
    authenticated(LIFETIME_MS);

    advance(EARLIEST.minusMillis(1));
    assertThat(asked).isEmpty();
    advance(TO_LATEST.plusMillis(2));

    assertThat(nextAsked().key()).isEqualTo(ApiKey.SASL_HANDSHAKE);
  }

  @Test
  void a_session_without_an_end_is_left_alone() {
    mechanism.expiresAtMillis = 5_000;
    authenticated(0);

    advance(Duration.ofMinutes(8));

    assertThat(asked).isEmpty();
    assertThat(mechanism.events).containsOnlyOnce("begin peer:9092");
  }

  @Test
  void our_credentials_end_counts_if_it_comes_first() {
    mechanism.expiresAtMillis = 1_000 + 20_000; // the test's wall clock stands at 1 s
    authenticated(LIFETIME_MS);

    advance(ms(16_999));
    assertThat(asked).isEmpty();
    advance(ms(2_002));

    assertThat(nextAsked().key()).isEqualTo(ApiKey.SASL_HANDSHAKE);
  }

  @Test
  void earlier_requests_are_answered_in_order_and_later_ones_wait() {
    Connection connection = authenticated(LIFETIME_MS);
    advance(EARLIEST.minusMillis(1));
    Recorded before = send(connection, Duration.ofMinutes(2));
    Asked outstanding = nextAsked();
    advance(TO_LATEST.plusMillis(2));
    Asked handshake = nextAsked();
    Recorded meanwhile = send(connection, Duration.ofMinutes(2));
    assertThat(asked).as("held back").isEmpty();
    assertThat(handshake.correlationId()).isEqualTo(outstanding.correlationId() + 1);

    answer(outstanding, new HeartbeatResponse());
    assertThat(before.response).isNotNull();
    answer(handshake, new SaslHandshakeResponse());
    assertThat(asked).as("the token, and nothing else").hasSize(1);
    answerToken("", LIFETIME_MS);

    answer(nextAsked(), new HeartbeatResponse());
    assertThat(meanwhile.response).isNotNull();
    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
    assertThat(mechanism.events)
        .containsExactly("begin peer:9092", "next ", "close", "begin peer:9092", "next ", "close");
  }

  @Test
  void it_is_done_again_and_again() {
    Connection connection = authenticated(LIFETIME_MS);
    for (int turn = 0; turn < 5; turn++) {
      toRenewal();
      consent();
      answerToken("", LIFETIME_MS);
      Recorded reply = send(connection);
      answer(nextAsked(), new HeartbeatResponse());
      assertThat(reply.response).isNotNull();
    }

    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
  }

  @Test
  void a_broker_that_has_no_end_any_more_is_not_asked_again() {
    authenticated(LIFETIME_MS);
    toRenewal();
    consent();
    answerToken("", 0);

    advance(Duration.ofMinutes(5));

    assertThat(asked).isEmpty();
  }

  @Test
  void a_one_way_produce_ahead_of_it_takes_nobody_s_answer() {
    Connection connection = authenticated(LIFETIME_MS);
    advance(EARLIEST.minusMillis(1));
    OneWay oneWay = new OneWay();
    connection.send(
        Call.of(
                new ProduceRequest().acks((short) 0).timeoutMs(1_000),
                REQUEST_TIMEOUT,
                clock,
                oneWay)
            .build(),
        null);
    turn();
    assertThat(nextAsked().key()).isEqualTo(ApiKey.PRODUCE);
    assertThat(oneWay.ends).isEqualTo(1);
    advance(TO_LATEST.plusMillis(2));

    consent();
    answerToken("", LIFETIME_MS);
    Recorded reply = send(connection);
    answer(nextAsked(), new HeartbeatResponse());

    assertThat(reply.response).isNotNull();
    assertThat(oneWay.ends).isEqualTo(1);
  }

  @Test
  @Scenario("L183")
  void a_refusal_ends_the_connection_and_what_was_not_sent_is_handed_back() {
    Connection connection = authenticated(LIFETIME_MS);
    toRenewal();
    Recorded meanwhile = send(connection);
    consent();

    refuseToken(ErrorCode.SASL_AUTHENTICATION_FAILED, "revoked");

    assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
    assertThat(end().why()).contains("re-authentication failed", "revoked");
    assertThat(leftOver).hasSize(1);
    assertThat(meanwhile.ends).as("told by its owner, once").isEqualTo(1);
    assertThat(mechanism.events).endsWith("close");
  }

  @Test
  void credentials_that_fail_are_asked_for_again_and_then_calls_under_way_may_end() {
    Connection connection = authenticated(LIFETIME_MS);
    mechanism.failure = new IllegalStateException("the token server is down");
    advance(EARLIEST.minusMillis(1));
    Recorded underWay = send(connection, Duration.ofMinutes(5));
    Asked outstanding = nextAsked();
    advance(TO_LATEST.plusMillis(2));
    for (int tries = 0; tries < 6; tries++) {
      advance(ms(500));
    }
    assertThat(mechanism.events.stream().filter(event -> event.startsWith("begin")))
        .hasSizeGreaterThan(2);
    assertThat(asked).as("calls are not held for that, but now it retires").isEmpty();
    Recorded late = send(connection);
    assertThat(asked).isEmpty();

    answer(outstanding, new HeartbeatResponse());

    assertThat(underWay.response).isNotNull();
    assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
    assertThat(end().why()).contains("was not renewed", "the token server is down");
    assertThat(leftOver).hasSize(1);
    assertThat(late.failure()).isInstanceOf(ConnectionLostException.class);
  }

  @Test
  void a_broker_that_does_not_answer_it_loses_the_connection() {
    Connection connection = authenticated(LIFETIME_MS);
    toRenewal();
    assertThat(nextAsked().key()).isEqualTo(ApiKey.SASL_HANDSHAKE);
    send(connection, Duration.ofMinutes(5));

    advance(Duration.ofSeconds(10));

    assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
    assertThat(leftOver).hasSize(1);
  }

  @Test
  void a_long_call_ahead_of_it_has_its_time() {
    Connection connection = authenticated(LIFETIME_MS);
    advance(EARLIEST.minusMillis(1));
    Recorded join = send(connection, Duration.ofMinutes(3));
    Asked outstanding = nextAsked();
    advance(TO_LATEST.plusMillis(2));
    Asked handshake = nextAsked();

    advance(Duration.ofMinutes(2));
    answer(outstanding, new HeartbeatResponse());
    answer(handshake, new SaslHandshakeResponse());
    answerToken("", LIFETIME_MS);

    assertThat(join.response).isNotNull();
    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
  }

  @Test
  void a_session_shorter_than_brokers_renew_retires_its_connection() {
    Connection connection = authenticated(1_000);
    advance(ms(950));
    consent();
    answerToken("", 1_000);
    assertThat(connection.state()).isEqualTo(ConnectionState.READY);

    advance(ms(950));

    assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
    assertThat(end().why()).contains("too short to renew");
  }

  @Test
  void draining_lets_it_end_and_what_waits_behind_it() {
    Connection connection = authenticated(LIFETIME_MS);
    toRenewal();
    Recorded meanwhile = send(connection);
    connection.drain("the test closes");
    assertThat(connection.state()).isEqualTo(ConnectionState.DRAINING);

    consent();
    answerToken("", LIFETIME_MS);
    answer(nextAsked(), new HeartbeatResponse());

    assertThat(meanwhile.response).isNotNull();
    assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
  }

  @Test
  void an_end_in_the_middle_of_it_closes_the_exchange_and_stops_its_timers() {
    authenticated(LIFETIME_MS);
    toRenewal();

    hangUp();

    assertThat(mechanism.events).endsWith("close");
    advance(Duration.ofHours(1));
    assertThat(mechanism.events.stream().filter(event -> event.startsWith("begin"))).hasSize(2);
  }

  @Test
  void it_keeps_no_idle_connection_alive() {
    Connection connection = authenticated(LIFETIME_MS);
    for (int turn = 0; turn < 9 && connection.state() == ConnectionState.READY; turn++) {
      toRenewal();
      if (!asked.isEmpty()) {
        consent();
        answerToken("", LIFETIME_MS);
      }
    }
    advance(Duration.ofMinutes(1));

    assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
    assertThat(end().why()).contains("idle");
  }

  private static final class OneWay implements Reply<ProduceResponse> {
    private int ends;

    @Override
    public void onResponse(ProduceResponse response) {
      ends++;
    }

    @Override
    public void onFailure(OttlaException failure) {
      ends += 100;
    }
  }

  @Test
  void nothing_is_asked_of_it_in_plain_traffic() {
    Connection connection = authenticated(LIFETIME_MS);
    List<Recorded> replies = List.of(send(connection), send(connection), send(connection));

    while (!asked.isEmpty()) {
      answer(nextAsked(), new HeartbeatResponse());
    }

    assertThat(replies).allMatch(reply -> reply.response != null);
  }
}
