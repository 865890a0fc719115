package io.ottla.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Proxies, written as addresses: {@code socks5://user:password@host:port}. */
record Proxies() implements OptionType<Proxy> {
  @Override
  public @Nullable Proxy read(String text) {
    int slashes = text.indexOf("://");
    int at = text.lastIndexOf('@');
    if (slashes < 0) {
      return null;
    }
    Proxy proxy = proxy(text.substring(0, slashes), text.substring(Math.max(slashes + 3, at + 1)));
    return proxy == null || at < 0
        ? proxy
        : withCredentials(proxy, text.substring(slashes + 3, at));
  }

  private static @Nullable Proxy proxy(String scheme, String hostAndPort) {
    HostPort server =
        hostAndPort.matches(".*:\\d+/?") ? HostPort.read(withoutEnd(hostAndPort)) : null;
    if (server == null) {
      return null;
    }
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "socks5", "socks5h" -> Proxy.socks5(server.host(), server.port());
      case "http" -> Proxy.http(server.host(), server.port());
      default -> null;
    };
  }

  private static String withoutEnd(String text) {
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static @Nullable Proxy withCredentials(Proxy proxy, String userAndPassword) {
    int colon = userAndPassword.indexOf(':');
    if (colon < 0) {
      return null;
    }
    try {
      return proxy.withCredentials(
          decoded(userAndPassword.substring(0, colon)),
          decoded(userAndPassword.substring(colon + 1)));
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public Optional<Proxy> cast(Object value) {
    return value instanceof Proxy proxy ? Optional.of(proxy) : Optional.empty();
  }

  @Override
  public String accepted() {
    return "socks5://host:port or http://host:port, with user:password@ before the host if it asks"
        + " for them (special characters as %40)";
  }
}
