package io.ottla.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import io.ottla.error.OttlaException;
import io.ottla.internal.runtime.Clock;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.HeartbeatResponse;
import io.ottla.protocol.message.ResponseMessage;
import io.ottla.script.Asked;
import io.ottla.script.Peer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A connection in an embedded channel, whose time moves only when a test moves it. */
abstract class ConnectionTestBase implements Connection.Owner {
  static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  static final Duration IDLE = Duration.ofMinutes(9);
  static final Endpoint PEER = new Endpoint("peer", 9092);

  private static final int TURNS = 5;

  final MockTicker time = Ticker.newMockTicker();
  final Clock clock =
      new Clock() {
        @Override
        public long nanoTime() {
          return time.nanoTime();
        }

        @Override
        public long wallMillis() {
          return 1_000;
        }
      };
  final Gate gate = new Gate();
  final EmbeddedChannel channel = EmbeddedChannel.builder().ticker(time).handlers(gate).build();
  final List<String> events = new ArrayList<>();
  final List<Call<?>> leftOver = new ArrayList<>();
  final Queue<Asked> asked = new ArrayDeque<>();
  private @Nullable Loss end;

  Connection open(List<HandshakeStep> steps, int maxFrameBytes) {
    Connection connection = new Connection(PEER, settings(maxFrameBytes), clock, steps, this);
    channel.pipeline().addLast(connection);
    connection.start();
    turn();
    return connection;
  }

  static ConnectionSettings settings(int maxFrameBytes) {
    return new ConnectionSettings(
        "me",
        Duration.ofSeconds(10).toNanos(),
        REQUEST_TIMEOUT.toNanos(),
        IDLE.toNanos(),
        maxFrameBytes,
        SocketSettings.defaults());
  }

  /** A connection that is ready, to a peer that takes everything. */
  Connection ready() {
    Connection connection = open(List.of(new SettleAll()), 1 << 20);
    assertThat(connection.state()).isEqualTo(ConnectionState.READY);
    return connection;
  }

  Recorded send(Connection connection, Duration timeout) {
    Recorded reply = new Recorded();
    connection.send(
        Call.of(new HeartbeatRequest().groupId("g"), timeout, clock, reply)
            .onBytesFree(() -> reply.areBytesFree = true)
            .build(),
        null);
    turn();
    return reply;
  }

  Recorded send(Connection connection) {
    return send(connection, REQUEST_TIMEOUT);
  }

  /** Lets the loop run, and reads what was written. */
  void turn() {
    // What a turn of the loop adds runs in the next one.
    for (int turns = 0; turns < TURNS; turns++) {
      channel.runPendingTasks();
    }
    readRequests();
  }

  void advance(Duration by) {
    time.advance(by.toNanos(), TimeUnit.NANOSECONDS);
    turn();
  }

  Asked nextAsked() {
    return asked.remove();
  }

  void answer(Asked request, ResponseMessage response) {
    receive(Peer.frame(request.correlationId(), request.key(), response, request.version()));
  }

  void answerHeartbeat() {
    answer(nextAsked(), new HeartbeatResponse().throttleTimeMs(7));
  }

  void receive(byte[] bytes) {
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    turn();
  }

  /** Why it ended. */
  Loss end() {
    return Objects.requireNonNull(end, "it has not ended");
  }

  /** The peer hangs up. */
  void hangUp() {
    ChannelFuture unused = channel.close();
    turn();
  }

  @Override
  public void onReady(Connection connection) {
    events.add("ready");
  }

  @Override
  public void onClosed(Connection connection, Loss loss, List<Call<?>> unsent) {
    events.add("closed");
    end = loss;
    leftOver.addAll(unsent);
    unsent.forEach(call -> call.fail(loss, PEER, clock.nanoTime(), 0));
  }

  @AfterEach
  void finish() {
    gate.open();
    channel.finishAndReleaseAll();
  }

  private void readRequests() {
    ByteBuf whole = Unpooled.buffer();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      whole.writeBytes(part);
      part.release();
    }
    while (whole.isReadable()) {
      byte[] frame = new byte[whole.readInt()];
      whole.readBytes(frame);
      asked.add(Asked.parse(ByteBuffer.wrap(frame)));
    }
    whole.release();
  }

  /** A handshake that needs no peer. */
  static final class SettleAll implements HandshakeStep {
    @Override
    public String what() {
      return "settling";
    }

    @Override
    public void run(Handshake handshake) {
      handshake.settle(PeerVersions.of(Peer.versions(Peer.allVersions())));
      handshake.next();
    }
  }

  /** What was told of a call. */
  static final class Recorded implements Reply<HeartbeatResponse> {
    @Nullable HeartbeatResponse response;
    private @Nullable OttlaException failure;
    boolean areBytesFree;
    boolean wereBytesFreeAtTheEnd;
    int ends;

    @Override
    public void onResponse(HeartbeatResponse come) {
      response = come;
      ends++;
    }

    @Override
    public void onFailure(OttlaException come) {
      failure = come;
      wereBytesFreeAtTheEnd = areBytesFree;
      ends++;
    }

    OttlaException failure() {
      return Objects.requireNonNull(failure, "it has not failed");
    }

    boolean isOver() {
      return ends > 0;
    }
  }

  static ApiKey key() {
    return ApiKey.HEARTBEAT;
  }
}
