package io.ottla.internal.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.concurrent.ScheduledFuture;
import io.ottla.error.ConnectPhase;
import io.ottla.internal.runtime.LoopConfined;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to get a ready connection to a broker: looks up its addresses, tries them in turn,
 * and runs the handshake on the first that answers.
 *
 * <p>Owns: the socket being opened, until it hands the ready {@link Connection} over. Thread: the
 * loop's, asserted. Always: ends exactly once, at the latest when the connect timeout is over,
 * which is shared out among the addresses that are left.
 */
@LoopConfined
final class Dial implements Connection.Owner {
  /** Whoever waits for the connection. */
  interface Listener {
    /** The connection takes requests, and is the listener's from now on. */
    void onOpen(Connection connection);

    /** There is none. */
    void onFailed(Loss loss);
  }

  private final Endpoint endpoint;
  private final ConnectionSettings settings;
  private final NetEnvironment environment;
  private final Listener listener;
  private final long startNanos;
  private final Deque<InetSocketAddress> untried = new ArrayDeque<>();
  private final List<String> refusals = new ArrayList<>();

  private ConnectPhase phase = ConnectPhase.DNS;
  private VersionPlan plan = VersionPlan.ASK;
  private boolean isOver;
  private @Nullable ScheduledFuture<?> deadline;
  private @Nullable InetSocketAddress current; // from TCP on
  private @Nullable Channel opening; // during TCP
  private @Nullable Connection connection; // during HANDSHAKE

  Dial(
      Endpoint endpoint,
      ConnectionSettings settings,
      NetEnvironment environment,
      Listener listener) {
    this.endpoint = endpoint;
    this.settings = settings;
    this.environment = environment;
    this.listener = listener;
    startNanos = environment.clock().nanoTime();
  }

  void start() {
    assert environment.loop().inEventLoop();
    deadline =
        environment
            .loop()
            .schedule(this::onDeadline, settings.connectNanos(), TimeUnit.NANOSECONDS);
    CompletableFuture<?> unused =
        environment
            .resolver()
            .resolve(endpoint.host())
            .whenCompleteAsync(this::onAddresses, environment.loop());
  }

  /** Gives up. The listener is not told. */
  void cancel(String why) {
    assert environment.loop().inEventLoop();
    if (!isOver) {
      over();
      abandonSocket(Loss.closed(why));
    }
  }

  private void onAddresses(@Nullable List<InetAddress> addresses, @Nullable Throwable failure) {
    if (isOver) {
      return;
    }
    if (addresses == null) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      fail(
          cause instanceof UnknownHostException
              ? "the host name " + endpoint.host() + " is not known; check it"
              : "the host name " + endpoint.host() + " was not looked up: " + cause,
          cause);
      return;
    }
    for (InetAddress address : addresses) {
      untried.add(new InetSocketAddress(address, endpoint.port()));
    }
    phase = ConnectPhase.TCP;
    connectNext(null);
  }

  private void connectNext(@Nullable Throwable lastCause) {
    InetSocketAddress next = untried.poll();
    if (next == null) {
      fail(String.join(", ", refusals) + "; is a broker running there?", lastCause);
    } else {
      plan = VersionPlan.ASK;
      connect(next);
    }
  }

  private void connect(InetSocketAddress address) {
    current = address;
    phase = ConnectPhase.TCP;
    long shareNanos = leftNanos() / (untried.size() + 1);
    int timeoutMs = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(shareNanos));
    ChannelFuture connected =
        environment.sockets().connect(environment.loop(), address, settings.socket(), timeoutMs);
    opening = connected.channel();
    connected.addListener(done -> onConnected(address, (ChannelFuture) done));
  }

  private void onConnected(InetSocketAddress address, ChannelFuture done) {
    opening = null;
    if (isOver) {
      ChannelFuture unused = done.channel().close();
    } else if (done.isSuccess()) {
      shakeHands(done.channel());
    } else {
      refusals.add(text(address) + " " + reason(done.cause()));
      connectNext(done.cause());
    }
  }

  private void shakeHands(Channel channel) {
    phase = ConnectPhase.HANDSHAKE;
    Connection fresh = new Connection(endpoint, settings, environment.clock(), plan.steps(), this);
    connection = fresh;
    channel.pipeline().addLast(fresh);
    fresh.start();
  }

  @Override
  public void onReady(Connection ready) {
    over();
    connection = null;
    listener.onOpen(ready);
  }

  @Override
  public void onClosed(Connection closed, Loss loss) {
    if (isOver) {
      return;
    }
    connection = null;
    VersionPlan next = plan.next();
    boolean hungUpWordless = loss.kind() == Loss.Kind.LOST && !closed.heardPeer();
    if (hungUpWordless && next != null && current != null) {
      plan = next;
      connect(current);
    } else if (loss.kind() == Loss.Kind.VIOLATION) {
      over();
      listener.onFailed(loss);
    } else {
      fail(
          "while "
              + closed.handshakeStep()
              + ": "
              + loss.why()
              + (hungUpWordless ? "; it may be starting or stopping, or expect TLS" : ""),
          loss.cause());
    }
  }

  private void onDeadline() {
    if (isOver) {
      return;
    }
    fail(soFar() + (phase == ConnectPhase.HANDSHAKE ? "; is it a Kafka broker?" : ""), null);
  }

  /** What it waits for, for the message of whoever does not wait any longer. */
  String describe() {
    return "no connection yet (" + phase.label() + "): " + soFar();
  }

  private String soFar() {
    return switch (phase) {
      case DNS -> "the lookup of " + endpoint.host() + " did not end";
      case TCP ->
          "no answer from "
              + (current == null ? endpoint : text(current))
              + (refusals.isEmpty() ? "" : ", " + String.join(", ", refusals));
      case TLS, HANDSHAKE, SASL ->
          "no answer while " + (connection == null ? "connecting" : connection.handshakeStep());
    };
  }

  private void fail(String why, @Nullable Throwable cause) {
    String where = phase == ConnectPhase.DNS || current == null ? "" : " to " + text(current);
    Loss loss =
        Loss.unreachable(
            phase,
            "no connection"
                + where
                + " in "
                + TimeText.of(settings.connectNanos() - leftNanos())
                + " ("
                + phase.label()
                + "): "
                + why,
            cause);
    over();
    abandonSocket(loss);
    listener.onFailed(loss);
  }

  private void over() {
    isOver = true;
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  private void abandonSocket(Loss loss) {
    if (opening != null) {
      ChannelFuture unused = opening.close();
    }
    if (connection != null) {
      connection.close(loss);
    }
  }

  private long leftNanos() {
    return Math.max(0, settings.connectNanos() - (environment.clock().nanoTime() - startNanos));
  }

  private static String text(InetSocketAddress address) {
    return new Endpoint(address.getAddress().getHostAddress(), address.getPort()).toString();
  }

  private static String reason(Throwable cause) {
    if (cause instanceof ConnectTimeoutException) {
      return "did not answer";
    }
    String message = cause.getMessage();
    boolean isRefusal =
        cause instanceof ConnectException && message != null && message.contains("refused");
    return isRefusal ? "refused the connection" : "failed: " + message;
  }
}
