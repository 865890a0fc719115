package io.ottla.internal.net;

import io.ottla.config.HostResolver;
import io.ottla.config.Proxy;
import io.ottla.security.SaslMechanism;
import org.jspecify.annotations.Nullable;

/**
 * How connections to a broker behave. Durations in nanoseconds, sizes in bytes.
 *
 * @param clientId what the broker knows us by
 * @param connectNanos the longest from the first name lookup to the end of the handshake
 * @param requestNanos how long the oldest request may go unanswered before its connection counts as
 *     dead, unless the request itself gives more
 * @param idleNanos how long it may be idle before it is closed; 0 for ever
 * @param maxFrameBytes the largest response
 * @param socket what its sockets are told
 * @param reconnect what happens after an attempt that failed
 * @param resolver finds addresses, on threads that may wait
 * @param proxy through what they are opened; null for nothing
 * @param tls null for plain text
 * @param sasl how they authenticate; null for not at all
 */
public record ConnectionSettings(
    String clientId,
    long connectNanos,
    long requestNanos,
    long idleNanos,
    int maxFrameBytes,
    SocketSettings socket,
    Reconnect reconnect,
    HostResolver resolver,
    @Nullable Proxy proxy,
    @Nullable TlsClient tls,
    @Nullable SaslMechanism sasl) {
  /** Plain text, nobody in between, the system's resolver. */
  public ConnectionSettings(
      String clientId,
      long connectNanos,
      long requestNanos,
      long idleNanos,
      int maxFrameBytes,
      SocketSettings socket) {
    this(
        clientId,
        connectNanos,
        requestNanos,
        idleNanos,
        maxFrameBytes,
        socket,
        Reconnect.DEFAULT,
        HostResolver.system(),
        null,
        null,
        null);
  }

  /** The same for a client of another name. */
  public ConnectionSettings withClientId(String other) {
    return new ConnectionSettings(
        other,
        connectNanos,
        requestNanos,
        idleNanos,
        maxFrameBytes,
        socket,
        reconnect,
        resolver,
        proxy,
        tls,
        sasl);
  }

  /** The same with another way to try again. */
  public ConnectionSettings with(Reconnect other) {
    return with(other, resolver, proxy, tls, sasl);
  }

  /** The same with another resolver. */
  public ConnectionSettings with(HostResolver other) {
    return with(reconnect, other, proxy, tls, sasl);
  }

  /** The same through a proxy, or through none. */
  public ConnectionSettings withProxy(@Nullable Proxy other) {
    return with(reconnect, resolver, other, tls, sasl);
  }

  /** The same over TLS, or in plain text. */
  public ConnectionSettings withTls(@Nullable TlsClient other) {
    return with(reconnect, resolver, proxy, other, sasl);
  }

  /** The same with SASL, or without. */
  public ConnectionSettings withSasl(@Nullable SaslMechanism other) {
    return with(reconnect, resolver, proxy, tls, other);
  }

  private ConnectionSettings with(
      Reconnect newReconnect,
      HostResolver newResolver,
      @Nullable Proxy newProxy,
      @Nullable TlsClient newTls,
      @Nullable SaslMechanism newSasl) {
    return new ConnectionSettings(
        clientId,
        connectNanos,
        requestNanos,
        idleNanos,
        maxFrameBytes,
        socket,
        newReconnect,
        newResolver,
        newProxy,
        newTls,
        newSasl);
  }
}
