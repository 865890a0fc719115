package io.ottla.internal.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.ottla.error.ClosedException;
import io.ottla.error.ConnectionLostException;
import io.ottla.error.ProtocolViolationException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.protocol.message.HeartbeatResponse;
import io.ottla.testkit.scenario.Scenario;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConnectionTest extends ConnectionTestBase {
  @Test
  void requests_leave_at_once_and_answers_find_their_calls() {
    Connection connection = ready();
    Recorded first = send(connection);
    Recorded second = send(connection);

    assertThat(asked).hasSize(2);
    answer(nextAsked(), new HeartbeatResponse().throttleTimeMs(1));
    answer(nextAsked(), new HeartbeatResponse().throttleTimeMs(2));

    assertThat(first.response).isEqualTo(new HeartbeatResponse().throttleTimeMs(1));
    assertThat(second.response).isEqualTo(new HeartbeatResponse().throttleTimeMs(2));
    assertThat(first.ends + second.ends).isEqualTo(2);
  }

  @Test
  void requests_of_one_turn_share_one_flush() {
    Connection connection = ready();
    gate.shut(); // an embedded channel would run a turn after each write that reaches it
    int before = gate.flushes;

    for (int i = 0; i < 10; i++) {
      connection.send(heartbeat(new Recorded()), null);
    }
    turn();

    assertThat(gate.flushes - before).isEqualTo(1);
    gate.open();
    turn();
    assertThat(asked).hasSize(10);
  }

  @Test
  void an_answer_that_comes_byte_by_byte_is_read() {
    Connection connection = ready();
    Recorded reply = send(connection);

    byte[] frame =
        io.ottla.script.Peer.frame(
            nextAsked().correlationId(), key(), new HeartbeatResponse().throttleTimeMs(3), 4);
    for (byte b : frame) {
      assertThat(reply.isOver()).isFalse();
      receive(new byte[] {b});
    }

    assertThat(reply.response).isEqualTo(new HeartbeatResponse().throttleTimeMs(3));
  }

  @Test
  void a_call_that_times_out_is_told_so_and_its_late_answer_disturbs_nobody() {
    Connection connection = ready();
    Recorded impatient = send(connection, Duration.ofSeconds(1));
    Recorded patient = send(connection);

    advance(Duration.ofSeconds(1));
    assertThat(impatient.failure()).isInstanceOf(TimeoutException.class);
    assertThat(impatient.failure().outcome()).isEqualTo(SendOutcome.UNKNOWN);
    assertThat(impatient.failure())
        .hasMessageContainingAll("HeartbeatRequest v4", "peer:9092", "1 s");
    assertThat(patient.isOver()).isFalse();
    answerHeartbeat();
    answerHeartbeat();

    assertThat(impatient.ends).isEqualTo(1);
    assertThat(patient.response).isEqualTo(new HeartbeatResponse().throttleTimeMs(7));
    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
  }

  @Test
  void a_head_that_stays_silent_for_the_connection_s_time_ends_the_connection() {
    Connection connection = ready();
    Recorded impatient = send(connection, Duration.ofSeconds(1));
    Recorded patient = send(connection, Duration.ofMinutes(5));

    advance(REQUEST_TIMEOUT.minusMillis(1));
    assertThat(impatient.isOver()).isTrue();
    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
    advance(Duration.ofMillis(1));

    assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
    assertThat(patient.failure()).isInstanceOf(ConnectionLostException.class);
    assertThat(patient.failure()).hasMessageContaining("no answer to a HeartbeatRequest for 30 s");
    assertThat(patient.failure().outcome()).isEqualTo(SendOutcome.UNKNOWN);
  }

  @Test
  void a_call_with_a_long_time_of_its_own_may_take_it() {
    Connection connection = ready();
    Recorded fetchLike = send(connection, Duration.ofMinutes(5));

    advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(fetchLike.isOver()).isFalse();
    advance(Duration.ofMillis(1));

    assertThat(fetchLike.failure()).isInstanceOf(TimeoutException.class);
    assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
  }

  // What was half written when its time ran out is never continued by another request.
  @Test
  @Scenario("L19")
  void a_call_half_written_at_its_deadline_ends_the_connection() {
    Connection connection = ready();
    gate.shut();
    Recorded half = send(connection, Duration.ofSeconds(1));
    Recorded behind = send(connection);
    assertThat(half.areBytesFree).isFalse();

    advance(Duration.ofSeconds(1));

    assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
    assertThat(half.failure()).isInstanceOf(TimeoutException.class);
    assertThat(half.failure().outcome()).isEqualTo(SendOutcome.UNKNOWN);
    assertThat(behind.failure()).isInstanceOf(ConnectionLostException.class);
    // Told while its bytes still lay in the socket's queue, which may yet read them.
    assertThat(half.wereBytesFreeAtTheEnd).isFalse();
    assertThat(half.areBytesFree).isTrue();
    assertThat(behind.areBytesFree).isTrue();
    assertThat(asked).isEmpty();
  }

  @Test
  void bytes_are_free_when_they_left_and_not_before() {
    Connection connection = ready();
    gate.shut();
    Recorded reply = send(connection);

    assertThat(reply.areBytesFree).isFalse();
    gate.open();
    turn();

    assertThat(reply.areBytesFree).isTrue();
    assertThat(reply.isOver()).isFalse();
    answerHeartbeat();
    assertThat(reply.response).isNotNull();
  }

  @Test
  void a_call_that_was_never_handed_to_the_socket_was_not_sent() {
    Connection connection = ready();
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    Recorded queued = send(connection, Duration.ofSeconds(1));
    Recorded behind = send(connection);

    advance(Duration.ofSeconds(1));
    assertThat(queued.failure()).isInstanceOf(TimeoutException.class);
    assertThat(queued.failure().outcome()).isEqualTo(SendOutcome.NOT_SENT);
    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    turn();

    assertThat(asked).hasSize(1);
    answerHeartbeat();
    assertThat(behind.response).isNotNull();
  }

  @Test
  void a_wrong_number_poisons_the_connection_once_and_everybody_hears_the_first_cause() {
    Connection connection = ready();
    Recorded first = send(connection);
    Recorded second = send(connection);
    nextAsked();

    answer(nextAsked(), new HeartbeatResponse());
    channel.pipeline().fireChannelRead(Unpooled.wrappedBuffer("more garbage".getBytes(US_ASCII)));
    Recorded late = send(connection);

    for (Recorded reply : List.of(first, second, late)) {
      assertThat(reply.failure()).isInstanceOf(ProtocolViolationException.class);
      assertThat(reply.failure()).hasMessageContaining("where number");
      assertThat(reply.ends).isEqualTo(1);
    }
    assertThat(first.failure().outcome()).isEqualTo(SendOutcome.UNKNOWN);
    assertThat(late.failure().outcome()).isEqualTo(SendOutcome.NOT_SENT);
    assertThat(events).containsExactly("ready", "closed");
  }

  @Test
  void a_response_to_nothing_poisons_the_connection() {
    Connection connection = ready();

    receive(io.ottla.script.Peer.frame(5, key(), new HeartbeatResponse(), 4));

    assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
    assertThat(end().why()).contains("response (number 5) to nothing");
  }

  @Test
  void bytes_left_over_behind_a_response_poison_the_connection() {
    Connection connection = ready();
    Recorded reply = send(connection);
    byte[] frame =
        io.ottla.script.Peer.frame(nextAsked().correlationId(), key(), new HeartbeatResponse(), 4);
    byte[] longer = Arrays.copyOf(frame, frame.length + 2);
    longer[3] = (byte) (longer[3] + 2);

    receive(longer);

    assertThat(reply.failure()).isInstanceOf(ProtocolViolationException.class);
    assertThat(reply.failure()).hasMessageContaining("2 bytes are left over");
    assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
  }

  @Test
  void a_response_cut_short_poisons_the_connection() {
    Connection connection = ready();
    Recorded reply = send(connection);
    byte[] frame =
        io.ottla.script.Peer.frame(nextAsked().correlationId(), key(), new HeartbeatResponse(), 4);
    byte[] shorter = Arrays.copyOf(frame, frame.length - 1);
    shorter[3] = (byte) (shorter[3] - 1);

    receive(shorter);

    assertThat(reply.failure()).isInstanceOf(ProtocolViolationException.class);
    assertThat(reply.failure().outcome()).isEqualTo(SendOutcome.UNKNOWN);
  }

  // An end in the middle of a frame is a lost connection, which can be tried again.
  @Test
  @Scenario("G93")
  void an_end_in_the_middle_of_a_response_says_how_far_it_came() {
    Connection connection = ready();
    Recorded reply = send(connection);

    receive(new byte[] {0, 0, 0, 20, 1, 2, 3});
    hangUp();

    assertThat(reply.failure()).isInstanceOf(ConnectionLostException.class);
    assertThat(reply.failure()).hasMessageContaining("after 3 of 20 bytes");
  }

  @Test
  void a_broken_socket_ends_every_call_with_what_is_known_of_it() {
    Connection connection = ready();
    Recorded sent = send(connection);
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    Recorded queued = send(connection);

    channel.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
    turn();

    assertThat(sent.failure()).isInstanceOf(ConnectionLostException.class);
    assertThat(sent.failure().outcome()).isEqualTo(SendOutcome.UNKNOWN);
    assertThat(sent.failure()).hasMessageContaining("Connection reset by peer");
    assertThat(queued.failure().outcome()).isEqualTo(SendOutcome.NOT_SENT);
    assertThat(queued.areBytesFree).isTrue();
  }

  @Test
  void draining_lets_calls_end_and_takes_no_more() {
    Connection connection = ready();
    Recorded under = send(connection);

    connection.drain("the test says so");
    Recorded late = send(connection);
    assertThat(late.failure()).isInstanceOf(ClosedException.class);
    assertThat(connection.state()).isEqualTo(ConnectionState.DRAINING);
    answerHeartbeat();

    assertThat(under.response).isNotNull();
    assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void draining_with_nothing_under_way_closes_at_once() {
    Connection connection = ready();

    connection.drain("the test says so");

    assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
  }

  @Test
  @Scenario({"G90", "L168"})
  void an_idle_connection_is_closed_and_a_busy_one_is_not() {
    Connection connection = ready();
    advance(IDLE.minusSeconds(1));
    Recorded reply = send(connection, Duration.ofHours(1));
    advance(Duration.ofSeconds(2));
    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
    answerHeartbeat();
    assertThat(reply.response).isNotNull();

    advance(IDLE.minusMillis(1));
    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
    advance(Duration.ofMillis(1));

    assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
    assertThat(end().kind()).isEqualTo(Loss.Kind.CLOSED);
  }

  @Test
  void closing_twice_keeps_the_first_cause() {
    Connection connection = ready();

    connection.close(Loss.lost("first", null));
    connection.close(Loss.violation(PEER, "second", null));

    assertThat(end().why()).isEqualTo("first");
    assertThat(events).containsExactly("ready", "closed");
  }

  @Test
  void an_error_of_our_own_ends_the_connection_and_is_logged() {
    Connection connection = ready();
    Recorded reply = send(connection);

    channel.pipeline().fireExceptionCaught(new IllegalStateException("a bug"));
    turn();

    assertThat(reply.failure()).hasMessageContaining("a bug");
    assertThat(io.ottla.watch.Warnings.take(line -> line.contains("error of its own"))).hasSize(1);
  }

  @Test
  void illegal_moves_are_refused() {
    Connection connection = ready();
    connection.close(Loss.closed("the test says so"));

    assertThatThrownBy(connection::onHandshakeDone)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("CLOSED -> READY");
  }

  @Test
  void bytes_made_for_another_connection_are_made_anew() {
    Connection other =
        new Connection(PEER, settings(1 << 20), clock, List.of(new SettleAll()), this);
    Connection connection = ready();
    Recorded reply = new Recorded();
    RequestFrame stale =
        new RequestFrame(other, 4_711, 0, List.of(java.nio.ByteBuffer.wrap(new byte[] {1, 2, 3})));

    connection.send(heartbeat(reply), stale);
    turn();

    assertThat(asked.element().correlationId()).isNotEqualTo(4_711);
    answerHeartbeat();
    assertThat(reply.response).isNotNull();
  }

  @Test
  void a_thousand_calls_keep_their_order() {
    Connection connection = ready();
    List<Recorded> replies = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      replies.add(send(connection));
    }

    for (int i = 0; i < 1_000; i++) {
      answer(nextAsked(), new HeartbeatResponse().throttleTimeMs(i));
    }

    for (int i = 0; i < 1_000; i++) {
      assertThat(replies.get(i).response).isEqualTo(new HeartbeatResponse().throttleTimeMs(i));
    }
  }

  private Call<HeartbeatResponse> heartbeat(Recorded reply) {
    return Call.of(
            new io.ottla.protocol.message.HeartbeatRequest().groupId("g"),
            REQUEST_TIMEOUT,
            clock,
            reply)
        .build();
  }
}
