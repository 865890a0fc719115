package io.ottla.internal.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import io.ottla.config.Proxy;
import io.ottla.error.ConnectPhase;
import io.ottla.internal.runtime.LoopConfined;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The opening of one socket to one address: the connect, through a proxy if there is one, and the
 * TLS handshake if there is to be one.
 *
 * <p>Owns: the socket until it hands it over. Thread: the loop's. Always: ends once, with {@link
 * Listener#onSocket}, {@link Listener#onNoSocket} or {@link #cancel}; it has no time of its own.
 */
@LoopConfined
final class SocketOpening {
  /** Whoever wants it. */
  interface Listener {
    /** It is open, and the listener's. */
    void onSocket(Channel channel);

    /** It is not. */
    void onNoSocket(Failure failure);
  }

  /**
   * Why there is no socket.
   *
   * @param phase how far it came
   * @param brief in words that continue an address
   * @param isOfProxy whether a proxy answered for the broker, so that other ways to the proxy are
   *     of no use
   * @param cause what lies beneath
   */
  record Failure(ConnectPhase phase, String brief, boolean isOfProxy, @Nullable Throwable cause) {}

  private final Endpoint broker;
  private final ConnectionSettings settings;
  private final NetEnvironment environment;
  private final Listener listener;
  private ConnectPhase phase = ConnectPhase.TCP;
  private boolean isOver;
  private @Nullable Channel channel; // once started
  private boolean isConnected;

  SocketOpening(
      Endpoint broker, ConnectionSettings settings, NetEnvironment environment, Listener listener) {
    this.broker = broker;
    this.settings = settings;
    this.environment = environment;
    this.listener = listener;
  }

  /**
   * Begins.
   *
   * @param address the broker's, or its proxy's
   */
  void start(InetSocketAddress address) {
    Proxy proxy = settings.proxy();
    ProxyHandler tunnel = proxy == null ? null : ProxyTunnel.through(proxy, address);
    ChannelFuture connected =
        tunnel == null
            ? environment.sockets().connect(environment.loop(), address, settings.socket(), 0)
            : environment
                .sockets()
                .connectThrough(tunnel, environment.loop(), broker, settings.socket());
    channel = connected.channel();
    connected.addListener(done -> onConnected(done, tunnel));
  }

  ConnectPhase phase() {
    return phase;
  }

  /** What it waits for, in words that continue an address. */
  String describe() {
    if (phase == ConnectPhase.TLS) {
      return "did not end the TLS handshake";
    }
    return settings.proxy() != null && isConnected
        ? "(the proxy) did not connect to " + broker
        : "did not answer";
  }

  /** Gives up. The listener is not told. */
  void cancel() {
    isOver = true;
    if (channel != null) {
      ChannelFuture unused = channel.close();
    }
  }

  private void onConnected(Future<?> done, @Nullable ProxyHandler tunnel) {
    if (isOver) {
      return;
    }
    isConnected = done.isSuccess();
    if (!done.isSuccess()) {
      fail(reason(done.cause()), false, done.cause());
    } else if (tunnel == null) {
      onPath();
    } else {
      tunnel.connectFuture().addListener(opened -> onTunnel(opened, tunnel));
    }
  }

  private void onTunnel(Future<?> opened, ProxyHandler tunnel) {
    if (isOver) {
      return;
    }
    if (opened.isSuccess()) {
      open().pipeline().remove(tunnel);
      onPath();
    } else {
      fail(ProxyTunnel.explain(settings.proxy(), broker, opened.cause()), true, opened.cause());
    }
  }

  /** Bytes go to the broker and come from it now. */
  private void onPath() {
    TlsClient tls = settings.tls();
    if (tls == null) {
      over();
      return;
    }
    phase = ConnectPhase.TLS;
    SslHandler handler = tls.newHandler(open().alloc(), broker);
    handler.setHandshakeTimeoutMillis(0);
    open().pipeline().addFirst(handler);
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              if (isOver) {
                return;
              }
              if (done.isSuccess()) {
                over();
              } else {
                fail("TLS failed: " + tls.explain(done.cause(), broker), false, done.cause());
              }
            });
  }

  private void over() {
    isOver = true;
    listener.onSocket(open());
  }

  private void fail(String brief, boolean isOfProxy, @Nullable Throwable cause) {
    isOver = true;
    ChannelFuture unused = open().close();
    listener.onNoSocket(new Failure(phase, brief, isOfProxy, cause));
  }

  private Channel open() {
    if (channel == null) {
      throw new IllegalStateException("not started");
    }
    return channel;
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    boolean isRefusal =
        cause instanceof ConnectException && message != null && message.contains("refused");
    return isRefusal ? "refused the connection" : "failed: " + message;
  }
}
