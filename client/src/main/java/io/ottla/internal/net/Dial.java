package io.ottla.internal.net;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import io.ottla.config.Proxy;
import io.ottla.error.ConnectPhase;
import io.ottla.internal.runtime.LoopConfined;
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
 * One attempt to get a ready connection to a broker: looks up its addresses, or its proxy's, tries
 * them in turn, and runs the handshake on each that answers, until one is ready.
 *
 * <p>Owns: the socket being opened, until it hands the ready {@link Connection} over. Thread: the
 * loop's, asserted. Always: ends exactly once, at the latest when the connect timeout is over,
 * which is shared out among the addresses that are left.
 */
@LoopConfined
final class Dial implements Connection.Owner, SocketOpening.Listener, Attempt {
  private final Endpoint endpoint;
  private final ConnectionSettings settings;
  private final NetEnvironment environment;
  private final Attempt.Listener listener;
  private final long startNanos;
  private final Deque<InetSocketAddress> untried = new ArrayDeque<>();
  private final List<String> refusals = new ArrayList<>();

  private ConnectPhase phase = ConnectPhase.DNS;
  private VersionPlan plan = VersionPlan.ASK;
  private boolean isOver;
  private @Nullable ScheduledFuture<?> patience; // until the present part has to end
  private long addressEndNanos; // when the next address' turn comes; valid from TCP on
  private @Nullable InetSocketAddress current; // from TCP on
  private @Nullable SocketOpening opening; // during TCP and TLS
  private @Nullable Connection connection; // during HANDSHAKE and SASL

  private Dial(
      Endpoint endpoint,
      ConnectionSettings settings,
      NetEnvironment environment,
      Attempt.Listener listener) {
    this.endpoint = endpoint;
    this.settings = settings;
    this.environment = environment;
    this.listener = listener;
    startNanos = environment.clock().nanoTime();
  }

  /** Begins an attempt. */
  static Dial start(
      Endpoint endpoint,
      ConnectionSettings settings,
      NetEnvironment environment,
      Attempt.Listener listener) {
    assert environment.loop().inEventLoop();
    Dial dial = new Dial(endpoint, settings, environment, listener);
    dial.lookUp();
    return dial;
  }

  @Override
  public void cancel(String why) {
    assert environment.loop().inEventLoop();
    if (!isOver) {
      over();
      drop(Loss.closed(why));
    }
  }

  private void lookUp() {
    waitFor(settings.connectNanos());
    CompletableFuture<?> unused =
        environment
            .resolver()
            .resolve(hostToLookUp())
            .whenCompleteAsync(this::onAddresses, environment.loop());
  }

  /** With a proxy its own name; the broker's is for the proxy to resolve. */
  private String hostToLookUp() {
    Proxy proxy = settings.proxy();
    return proxy == null ? endpoint.host() : proxy.host();
  }

  private void onAddresses(@Nullable List<InetAddress> addresses, @Nullable Throwable failure) {
    if (isOver) {
      return;
    }
    String host = hostToLookUp();
    if (addresses == null) {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      boolean isUnknown = cause instanceof UnknownHostException;
      fail(
          isUnknown ? "has an unknown host name" : "was not looked up",
          isUnknown
              ? "the host name " + host + " is not known; check it"
              : "the host name " + host + " was not looked up: " + cause,
          cause);
      return;
    }
    Proxy proxy = settings.proxy();
    int port = proxy == null ? endpoint.port() : proxy.port();
    for (InetAddress address : addresses) {
      untried.add(new InetSocketAddress(address, port));
    }
    connectNext("has no address", null);
  }

  private void connectNext(String brief, @Nullable Throwable lastCause) {
    InetSocketAddress next = untried.poll();
    if (next == null) {
      fail(brief, String.join(", ", refusals) + hint(), lastCause);
    } else {
      plan = VersionPlan.ASK;
      addressEndNanos = now() + leftNanos() / (untried.size() + 1);
      connect(next);
    }
  }

  private String hint() {
    if (phase != ConnectPhase.TCP) {
      return "";
    }
    return settings.proxy() == null
        ? "; is a broker running there?"
        : "; is the proxy running, and does it reach the broker?";
  }

  private void connect(InetSocketAddress address) {
    current = address;
    phase = ConnectPhase.TCP;
    waitFor(addressEndNanos - now());
    opening = new SocketOpening(endpoint, settings, environment, this);
    opening.start(address);
  }

  @Override
  public void onNoSocket(SocketOpening.Failure failure) {
    phase = failure.phase();
    opening = null;
    if (failure.isOfProxy()) {
      untried.clear();
    }
    tryNext(failure.brief(), failure.brief(), failure.cause());
  }

  @Override
  public void onSocket(Channel channel) {
    opening = null;
    phase = ConnectPhase.HANDSHAKE;
    Connection fresh =
        new Connection(
            endpoint, settings, environment.clock(), plan.steps(settings, environment), this);
    connection = fresh;
    waitFor(patienceForVersions());
    Sockets.settle(channel, fresh);
    fresh.start();
  }

  /** Whoever does not say what he takes leaves time for another way to ask. */
  private long patienceForVersions() {
    boolean hasOther = plan.afterSilence(settings.sasl()) != null || plan.afterHalf() != null;
    long left = addressEndNanos - now();
    return hasOther ? left / 2 : left;
  }

  @Override
  public void onReady(Connection ready) {
    over();
    connection = null;
    listener.onOpen(ready);
  }

  @Override
  public void onClosed(Connection closed, Loss loss, List<Call<?>> none) {
    if (isOver) {
      return;
    }
    connection = null;
    phase = loss.phase() == null ? closed.handshake().phase() : loss.phase();
    if (loss.isDefinite()) {
      over();
      listener.onFailed(loss);
    } else if (loss.kind() == Loss.Kind.LOST) {
      onHungUp(closed, loss);
    } else {
      tryNext(loss.brief(), loss.why(), loss.cause());
    }
  }

  private void onHungUp(Connection closed, Loss loss) {
    boolean isWordless = !closed.heardPeer();
    VersionPlan next = isWordless ? plan.afterHangUp(settings.sasl()) : plan.afterHalf();
    String what = closed.handshake().what();
    if (next != null && current != null && phase == ConnectPhase.HANDSHAKE) {
      plan = next;
      connect(current);
    } else if (phase == ConnectPhase.SASL) {
      untried.clear(); // a wrong password on every address may lock the account
      fail("hung up while " + what, SaslRefusal.hungUp(what, loss.why()), loss.cause());
    } else {
      tryNext(
          "hung up while " + what,
          "while "
              + what
              + ": "
              + loss.why()
              + (isWordless ? "; it may be starting or stopping, or expect TLS" : ""),
          loss.cause());
    }
  }

  /** This address is of no use: the next, or the end. */
  private void tryNext(String brief, String why, @Nullable Throwable cause) {
    boolean isOpening = phase == ConnectPhase.TCP || phase == ConnectPhase.TLS;
    refusals.add(isOpening && current != null ? text(current) + " " + why : why);
    connectNext(brief, cause);
  }

  private void onPatienceOver() {
    if (isOver) {
      return;
    }
    Connection silent = connection;
    if (silent != null && silent.handshake().phase() == ConnectPhase.HANDSHAKE) {
      onSilence(silent);
    } else if (silent != null && addressEndNanos - now() > 0) {
      waitFor(addressEndNanos - now());
    } else if (phase == ConnectPhase.DNS || untried.isEmpty()) {
      phase = phaseNow();
      fail(
          briefly(),
          soFar() + (refusals.isEmpty() ? "" : ", " + String.join(", ", refusals)),
          null);
    } else {
      phase = phaseNow();
      String why = soFar();
      drop(Loss.closed("another address is tried"));
      refusals.add(why);
      connectNext(briefly(), null);
    }
  }

  private void onSilence(Connection silent) {
    VersionPlan next = silent.heardPeer() ? plan.afterHalf() : plan.afterSilence(settings.sasl());
    String brief = briefly();
    String why = soFar() + "; is it a Kafka broker?";
    if (next != null && current != null) {
      plan = next;
      drop(Loss.closed("it does not answer the question for its versions"));
      connect(current);
    } else if (untried.isEmpty()) {
      fail(brief, why, null);
    } else {
      drop(Loss.closed("another address is tried"));
      refusals.add(why);
      connectNext(brief, null);
    }
  }

  @Override
  public String describe() {
    return "no connection yet (" + phaseNow().label() + "): " + soFar();
  }

  private ConnectPhase phaseNow() {
    if (opening != null) {
      return opening.phase();
    }
    return connection != null ? connection.handshake().phase() : phase;
  }

  private String briefly() {
    if (phase == ConnectPhase.DNS) {
      return "was not looked up in time";
    }
    return opening != null ? opening.describe() : "did not answer";
  }

  private String soFar() {
    if (phase == ConnectPhase.DNS) {
      return "the lookup of " + hostToLookUp() + " did not end";
    }
    if (opening != null && current != null) {
      return text(current) + " " + opening.describe();
    }
    return "no answer while " + (connection == null ? "connecting" : connection.handshake().what());
  }

  private void fail(String brief, String why, @Nullable Throwable cause) {
    InetSocketAddress to = phase == ConnectPhase.DNS ? null : current;
    String where = to == null || why.contains(text(to)) ? "" : " to " + text(to);
    Loss loss =
        Loss.unreachable(
            phase,
            brief,
            "no connection"
                + where
                + (settings.proxy() == null ? "" : " through " + settings.proxy())
                + " in "
                + TimeText.of(settings.connectNanos() - leftNanos())
                + " ("
                + phase.label()
                + "): "
                + why,
            cause);
    over();
    drop(loss);
    listener.onFailed(loss);
  }

  private void over() {
    isOver = true;
    if (patience != null) {
      patience.cancel(false);
    }
  }

  private void waitFor(long nanos) {
    if (patience != null) {
      patience.cancel(false);
    }
    patience =
        environment.loop().schedule(this::onPatienceOver, Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }

  /** Ends the socket of now, without an end of the attempt. */
  private void drop(Loss loss) {
    Connection dropped = connection;
    connection = null;
    if (dropped != null) {
      dropped.handOver(new Nobody());
      dropped.close(loss);
    }
    if (opening != null) {
      opening.cancel();
      opening = null;
    }
  }

  private long now() {
    return environment.clock().nanoTime();
  }

  private long leftNanos() {
    return Math.max(0, settings.connectNanos() - (now() - startNanos));
  }

  private static String text(InetSocketAddress address) {
    return new Endpoint(address.getAddress().getHostAddress(), address.getPort()).toString();
  }

  /** Of a connection that nobody wants. */
  private static final class Nobody implements Connection.Owner {
    @Override
    public void onReady(Connection connection) {
      connection.close(Loss.closed("nobody wants it"));
    }

    @Override
    public void onClosed(Connection connection, Loss loss, List<Call<?>> none) {}
  }
}
