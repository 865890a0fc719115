package io.ottla;

import io.ottla.internal.net.ConnectionSettings;
import io.ottla.internal.net.Reconnect;
import io.ottla.internal.net.SocketSettings;
import io.ottla.internal.net.tls.TlsContexts;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.SharedRuntime;
import io.ottla.internal.runtime.Transport;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How all connections of one client behave, out of its options.
 *
 * <p>Owns: the client's TLS, from when it is made to when it is closed.
 */
final class Connecting implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Connecting.class);

  /** So that the clients of a broker that comes back do not all come in the same moment. */
  private static final double JITTER = 0.2;

  private final ConnectionSettings settings;
  private final @Nullable TlsContexts tls;

  private Connecting(ConnectionSettings settings, @Nullable TlsContexts tls) {
    this.settings = settings;
    this.tls = tls;
  }

  /**
   * Reads the files of TLS, which waits for the disk.
   *
   * @param retries how many failed attempts to connect a waiting call outlives
   * @throws io.ottla.error.ConfigException if they are not as they should be
   */
  static Connecting of(
      ConnectionOptions options, int retries, Clock clock, SharedRuntime.Lease runtime) {
    if (options.userTimeout().isPresent() && runtime.transport() != Transport.EPOLL) {
      log.warn("[{}] tcp.user.timeout has no effect: this system has no epoll", options.clientId());
    }
    TlsContexts tls =
        options.tls().map(wanted -> TlsContexts.of(wanted, clock, runtime)).orElse(null);
    return new Connecting(
        new ConnectionSettings(
            options.clientId(),
            options.connectTimeout().toNanos(),
            options.requestTimeout().toNanos(),
            options.idleTimeout().toNanos(),
            options.maxFrameBytes(),
            socket(options),
            reconnect(options, retries),
            options.resolver(),
            options.proxy().orElse(null),
            tls,
            options.sasl().orElse(null)),
        tls);
  }

  ConnectionSettings settings() {
    return settings;
  }

  /** When no connection will be opened any more. */
  @Override
  public void close() {
    if (tls != null) {
      tls.close();
    }
  }

  private static SocketSettings socket(ConnectionOptions options) {
    return new SocketSettings(
        options.tcpNoDelay(),
        options.keepAlive(),
        orNull(options.sendBufferBytes()),
        orNull(options.receiveBufferBytes()),
        options.userTimeout().map(timeout -> (int) timeout.toMillis()).orElse(null),
        options.localAddress().orElse(null));
  }

  private static Reconnect reconnect(ConnectionOptions options, int retries) {
    return options
        .retryInterval()
        .map(interval -> Reconnect.every(interval, retries))
        .orElseGet(
            () ->
                Reconnect.backoff(
                    options.reconnectBackoff(), options.reconnectBackoffMost(), JITTER, retries));
  }

  private static @Nullable Integer orNull(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : null;
  }
}
