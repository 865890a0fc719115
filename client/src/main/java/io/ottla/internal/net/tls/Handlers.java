package io.ottla.internal.net.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.ottla.internal.net.Endpoint;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Makes the handler of one connection. */
final class Handlers {
  private Handlers() {}

  static SslHandler of(
      SslContext context, ByteBufAllocator allocator, Endpoint peer, Executor tasks) {
    String host = nameOf(peer);
    SslHandler handler = context.newHandler(allocator, host, peer.port(), tasks);
    // Whoever opens the connection has a deadline of its own.
    handler.setHandshakeTimeoutMillis(0);
    sendName(handler.engine(), host);
    return handler;
  }

  /** A name's last dot says that it is complete; certificates do not have it. */
  private static String nameOf(Endpoint peer) {
    String host = peer.host();
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** Both engines would leave out a name without a dot, such as that of a container. */
  private static void sendName(SSLEngine engine, String host) {
    if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
      return;
    }
    SNIServerName name;
    try {
      name = new SNIHostName(host);
    } catch (IllegalArgumentException noHostName) {
      return; // such as one with an underscore, which works but cannot be sent
    }
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setServerNames(List.of(name));
    engine.setSSLParameters(parameters);
  }
}
