package io.ottla.internal.net;

import io.netty.channel.embedded.EmbeddedChannel;
import io.ottla.error.ConnectPhase;
import io.ottla.internal.runtime.Transport;
import io.ottla.protocol.message.HeartbeatRequest;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A link whose attempts a test ends by hand, and whose time it moves. */
abstract class LinkTestBase extends ConnectionTestBase implements Link.View {
  /** An attempt that waits for the test. */
  static final class Staged implements Attempt {
    final Attempt.Listener listener;
    @Nullable String cancelled;

    Staged(Attempt.Listener listener) {
      this.listener = listener;
    }

    @Override
    public void cancel(String why) {
      cancelled = why;
    }

    @Override
    public String describe() {
      return "no connection yet (tcp): the test holds it";
    }
  }

  final List<Staged> dials = new ArrayList<>();
  private final List<EmbeddedChannel> channels = new ArrayList<>();
  @Nullable Connection seenOpen;
  @Nullable LinkTrouble seenTrouble;
  boolean isSeenClosed;

  /** 100 ms, doubling to 400 ms, without jitter. */
  Link link(int retries) {
    return link(Reconnect.backoff(Duration.ofMillis(100), Duration.ofMillis(400), 0, retries));
  }

  Link link(Reconnect reconnect) {
    NetEnvironment environment =
        new NetEnvironment(
            channel.eventLoop(),
            clock,
            host -> new CompletableFuture<>(),
            new Sockets(Transport.NIO),
            Runnable::run,
            new SplittableRandom(1));
    return new Link(
        PEER,
        settings(1 << 20).with(reconnect),
        environment,
        listener -> {
          Staged dial = new Staged(listener);
          dials.add(dial);
          return dial;
        },
        this);
  }

  Staged lastDial() {
    return dials.get(dials.size() - 1);
  }

  Recorded send(Link link, Duration timeout) {
    Recorded reply = new Recorded();
    link.send(
        Call.of(new HeartbeatRequest().groupId("g"), timeout, clock, reply)
            .onBytesFree(() -> reply.areBytesFree = true)
            .build(),
        null);
    turn();
    return reply;
  }

  Recorded send(Link link) {
    return send(link, REQUEST_TIMEOUT);
  }

  /** The attempt under way fails as one does where nobody listens. */
  void refuse() {
    lastDial()
        .listener
        .onFailed(
            Loss.unreachable(
                ConnectPhase.TCP,
                "refused the connection",
                "no connection to 10.0.0.1:9092 in 1 ms (tcp): refused",
                new ConnectException("refused")));
    turn();
  }

  /** The attempt under way gets a connection; the channel is the peer's end of it. */
  EmbeddedChannel accept() {
    EmbeddedChannel socket = EmbeddedChannel.builder().ticker(time).handlers().build();
    channels.add(socket);
    Connection connection =
        new Connection(PEER, settings(1 << 20), clock, List.of(new SettleAll()), this);
    socket.pipeline().addLast(connection);
    connection.start();
    lastDial().listener.onOpen(connection);
    turn();
    return socket;
  }

  Connection seenOpen() {
    return Objects.requireNonNull(seenOpen);
  }

  LinkTrouble trouble() {
    return Objects.requireNonNull(seenTrouble);
  }

  @Override
  void turn() {
    super.turn();
    channels.forEach(EmbeddedChannel::runPendingTasks);
    super.turn();
  }

  @Override
  public void onOpen(@Nullable Connection connection) {
    seenOpen = connection;
  }

  @Override
  public void onTrouble(@Nullable LinkTrouble trouble) {
    seenTrouble = trouble;
  }

  @Override
  public void onClosed() {
    isSeenClosed = true;
  }

  @AfterEach
  void finishAll() {
    channels.forEach(EmbeddedChannel::finishAndReleaseAll);
  }
}
