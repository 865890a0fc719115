package io.ottla.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.ottla.error.AuthenticationException;
import io.ottla.error.BrokerUnreachableException;
import io.ottla.error.ClosedException;
import io.ottla.error.ConnectPhase;
import io.ottla.error.ConnectionLostException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When a link tries again, and what those who wait are told. */
final class LinkTest extends LinkTestBase {
  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }

  @Test
  void without_retries_a_call_sees_the_first_failure() {
    Recorded reply = send(link(0));

    refuse();

    BrokerUnreachableException failure = (BrokerUnreachableException) reply.failure();
    assertThat(failure.phase()).isEqualTo(ConnectPhase.TCP);
    assertThat(failure.attempts()).isEqualTo(1);
    assertThat(failure.outcome()).isEqualTo(SendOutcome.NOT_SENT);
    assertThat(reply.areBytesFree).isTrue();
  }

  @Test
  void a_call_that_comes_between_two_attempts_waits_for_the_next() {
    Link link = link(0);
    send(link);
    refuse();

    Recorded next = send(link);
    advance(ms(99));
    assertThat(dials).hasSize(1);
    advance(ms(1));
    assertThat(dials).hasSize(2);
    accept();

    assertThat(next.isOver()).isFalse();
    assertThat(seenOpen).isNotNull();
  }

  @Test
  void a_call_outlives_as_many_failures_as_there_are_retries() {
    Link link = link(2);
    Recorded first = send(link);
    refuse();
    Recorded second = send(link);
    advance(ms(100));
    refuse();
    advance(ms(200));
    assertThat(first.isOver()).isFalse();
    refuse();

    BrokerUnreachableException failure = (BrokerUnreachableException) first.failure();
    assertThat(failure.attempts()).isEqualTo(3);
    assertThat(failure).hasMessageContainingAll("after 300 ms and 3 attempts", "refused");
    assertThat(second.isOver()).as("it has seen two").isFalse();
    advance(ms(400));
    refuse();
    assertThat(second.isOver()).isTrue();
  }

  @Test
  void with_unlimited_retries_a_call_waits_to_its_deadline_and_is_told_how_often() {
    Link link = link(Reconnect.UNLIMITED);
    Recorded reply = send(link, ms(1_550));
    refuse();
    for (int attempt = 2; attempt <= 5; attempt++) {
      advance(ms(400));
      refuse();
    }
    assertThat(reply.isOver()).as("at 1600 ms less the last wait").isTrue();

    TimeoutException failure = (TimeoutException) reply.failure();
    assertThat(failure.outcome()).isEqualTo(SendOutcome.NOT_SENT);
    assertThat(failure.attempts()).isZero();
    assertThat(failure)
        .hasMessageContainingAll(
            "HeartbeatRequest not sent to peer:9092",
            "peer:9092 refused the connection, 4 times (last",
            "no connection to 10.0.0.1:9092");
    assertThat(failure.getSuppressed())
        .singleElement()
        .isInstanceOfSatisfying(
            BrokerUnreachableException.class, last -> assertThat(last.attempts()).isEqualTo(4));
  }

  @Test
  void waits_grow_and_begin_anew_after_a_connection_that_was_ready() {
    Link link = link(Reconnect.UNLIMITED);
    send(link, Duration.ofMinutes(1));
    refuse();
    advance(ms(100));
    refuse();
    advance(ms(199));
    assertThat(dials).hasSize(2);
    advance(ms(1));
    assertThat(dials).hasSize(3);
    EmbeddedChannel socket = accept();
    assertThat(seenTrouble).isNull();
    advance(ms(500));
    ChannelFuture unused = socket.close();
    turn();

    send(link);
    assertThat(dials).as("at once, after a connection that lasted").hasSize(4);
    refuse();
    send(link);
    advance(ms(100));
    assertThat(dials).hasSize(5);
  }

  @Test
  @Scenario("L177")
  void when_nobody_waits_nothing_is_tried_and_no_timer_runs() {
    Link link = link(0);
    send(link);
    refuse();

    advance(Duration.ofHours(1));

    assertThat(dials).hasSize(1);
    send(link);
    assertThat(dials).as("the wait is long over").hasSize(2);
  }

  @Test
  void refused_credentials_end_whoever_waits_at_once_and_the_next_attempt_still_waits() {
    Link link = link(Reconnect.UNLIMITED);
    Recorded reply = send(link);

    lastDial().listener.onFailed(Loss.refused("refused the credentials (PLAIN)", "no", null));
    turn();

    assertThat(reply.failure()).isInstanceOf(AuthenticationException.class);
    send(link);
    assertThat(dials).hasSize(1);
    advance(ms(100));
    assertThat(dials).hasSize(2);
  }

  @Test
  void trouble_is_seen_from_outside_until_a_connection_is_ready() {
    Link link = link(Reconnect.UNLIMITED);
    send(link, Duration.ofMinutes(5));
    refuse();
    advance(ms(100));
    refuse();
    advance(ms(150));

    assertThat(trouble().failures()).isEqualTo(2);
    assertThat(trouble().phase()).isEqualTo(ConnectPhase.TCP);
    assertThat(trouble().describe(clock.nanoTime()))
        .isEqualTo("peer:9092 refused the connection, 2 times (last 150 ms ago)");
    advance(ms(50));
    accept();
    assertThat(seenTrouble).isNull();
  }

  @Test
  @Scenario("L168")
  void an_idle_connection_ends_and_the_next_call_opens_one_at_once() {
    Link link = link(0);
    link.open(new Opening(PEER, clock.nanoTime(), REQUEST_TIMEOUT.toNanos()));
    accept();
    advance(IDLE);
    assertThat(seenOpen).as("closed for idleness").isNull();

    Recorded next = send(link);

    assertThat(dials).hasSize(2);
    assertThat(seenTrouble).isNull();
    accept();
    assertThat(next.isOver()).isFalse();
  }

  @Test
  @Scenario({"G90", "L168"})
  void calls_that_were_not_handed_over_go_to_the_next_connection() {
    Link link = link(0);
    send(link);
    EmbeddedChannel socket = accept();
    socket.<ByteBuf>readOutbound().release();
    seenOpen().outflow().hold(); // as a re-authentication does
    Recorded unsent = send(link);
    advance(ms(300));

    ChannelFuture unused = socket.close();
    turn();
    assertThat(unsent.isOver()).isFalse();
    assertThat(dials).hasSize(2);
    EmbeddedChannel second = accept();

    assertThat(bytesOn(second)).isPositive();
    assertThat(unsent.isOver()).isFalse();
  }

  @Test
  @Scenario({"G2", "G6"})
  void calls_that_stay_behind_end_with_their_connection_and_overtake_nothing() {
    Link link = link(0);
    send(link);
    EmbeddedChannel socket = accept();
    socket.<ByteBuf>readOutbound().release();
    Recorded sent = send(link);
    socket.<ByteBuf>readOutbound().release();
    seenOpen().outflow().hold();
    Recorded unsent = sendAndStayBehind(link);
    advance(ms(300));

    ChannelFuture unused = socket.close();
    turn();
    Recorded late = sendAndStayBehind(link);

    assertThat(sent.failure().outcome()).isEqualTo(SendOutcome.UNKNOWN);
    assertThat(unsent.failure().outcome()).isEqualTo(SendOutcome.NOT_SENT);
    assertThat(unsent.failure()).isInstanceOf(ConnectionLostException.class);
    assertThat(unsent.areBytesFree).isTrue();
    assertThat(late.failure().outcome()).isEqualTo(SendOutcome.NOT_SENT);
    assertThat(dials).hasSize(1);
  }

  private Recorded sendAndStayBehind(Link link) {
    Recorded reply = new Recorded();
    link.send(
        Call.of(new HeartbeatRequest().groupId("g"), REQUEST_TIMEOUT, clock, reply)
            .onBytesFree(() -> reply.areBytesFree = true)
            .staysBehind()
            .build(),
        null);
    turn();
    return reply;
  }

  @Test
  void a_peer_that_hangs_up_as_soon_as_it_is_ready_does_not_have_us_spin() {
    Link link = link(0);
    send(link);
    EmbeddedChannel socket = accept();

    ChannelFuture unused = socket.close();
    turn();
    send(link);

    assertThat(dials).hasSize(1);
    advance(ms(100));
    assertThat(dials).hasSize(2);
  }

  @Test
  @Scenario("G96")
  void closing_goes_on_trying_for_calls_under_way_until_its_time_is_over() {
    Link link = link(Reconnect.UNLIMITED);
    Recorded reply = send(link, Duration.ofMinutes(1));
    refuse();

    link.close(ms(250));
    advance(ms(100));
    assertThat(dials).hasSize(2);
    assertThat(isSeenClosed).isFalse();
    advance(ms(150));

    assertThat(reply.failure()).isInstanceOf(ClosedException.class);
    assertThat(lastDial().cancelled).isEqualTo("the client was closed");
    assertThat(isSeenClosed).isTrue();
  }

  @Test
  @Scenario("G96")
  void closing_with_nobody_waiting_ends_between_two_attempts_and_while_one_runs() {
    Link waiting = link(0);
    send(waiting);
    refuse();
    waiting.close(Duration.ofMinutes(1));
    turn();
    assertThat(isSeenClosed).isTrue();
    advance(Duration.ofMinutes(2));
    assertThat(dials).hasSize(1);

    isSeenClosed = false;
    Link dialing = link(0);
    Recorded reply = send(dialing, ms(10));
    dialing.close(Duration.ofMinutes(1));
    assertThat(isSeenClosed).isFalse();
    advance(ms(10));
    assertThat(reply.failure()).isInstanceOf(TimeoutException.class);
    assertThat(lastDial().cancelled).isNotNull();
    assertThat(isSeenClosed).isTrue();
    assertThat(send(dialing).failure()).isInstanceOf(ClosedException.class);
  }

  @Test
  void whoever_only_asks_for_versions_waits_no_longer_than_a_request() {
    Link link = link(Reconnect.UNLIMITED);
    Opening opening = new Opening(PEER, clock.nanoTime(), ms(50).toNanos());
    CompletableFuture<PeerVersions> versions = opening.versions();
    link.open(opening);
    refuse();

    advance(ms(50));

    assertThat(versions)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(TimeoutException.class)
        .withMessageContaining("refused the connection");
  }

  private static int bytesOn(EmbeddedChannel socket) {
    int bytes = 0;
    for (ByteBuf part = socket.readOutbound(); part != null; part = socket.readOutbound()) {
      bytes += part.readableBytes();
      part.release();
    }
    return bytes;
  }
}
