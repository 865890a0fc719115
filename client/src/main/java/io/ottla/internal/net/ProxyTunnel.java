package io.ottla.internal.net;

import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.ottla.config.Proxy;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The way through a proxy: what it is asked, and what its refusals mean. */
final class ProxyTunnel {
  private ProxyTunnel() {}

  /** Asks one proxy, at one address, for a way to the broker that the socket connects to. */
  static ProxyHandler through(Proxy proxy, InetSocketAddress address) {
    ProxyHandler handler =
        switch (proxy.kind()) {
          case SOCKS5 ->
              new Socks5ProxyHandler(
                  address, proxy.user().orElse(null), proxy.password().orElse(null));
          case HTTP ->
              proxy.user().isEmpty()
                  ? new HttpProxyHandler(address)
                  : new HttpProxyHandler(address, proxy.user().get(), proxy.password().orElse(""));
        };
    handler.setConnectTimeoutMillis(0); // whoever opens the socket has a deadline
    return handler;
  }

  /** Why it gave us none, in words that continue the proxy's address. */
  static String explain(@Nullable Proxy proxy, Endpoint broker, Throwable failure) {
    String said = String.valueOf(failure.getMessage());
    String lower = said.toLowerCase(Locale.ROOT);
    String why;
    if (lower.contains("authstatus") || lower.contains("407") || lower.contains("authmethod")) {
      why = "wants other credentials";
    } else if (lower.contains("status:")) {
      why = "refused: " + said.substring(lower.indexOf("status:") + "status:".length()).strip();
    } else {
      why = "ended the negotiation: " + said;
    }
    return "(the proxy " + proxy + ") did not connect to " + broker + ": " + why;
  }
}
