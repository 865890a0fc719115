package io.ottla.config;

import io.ottla.error.ConfigException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a broker listens, as the user wrote it.
 *
 * @param host a name or an address, without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
  static final int DEFAULT_PORT = 9092;

  private static final Pattern TEXT =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+(?:%[\\w.-]+)?)]|([^\\s\\[\\]:/@,]+))(?::(\\d{1,5}))?");

  /** Checks the port; what the host means, a name server says. */
  public HostPort {
    if (host.isBlank()) {
      throw new ConfigException("host", "'" + host + "'", "a name or an address");
    }
    if (port < 1 || port > 65_535) {
      throw new ConfigException("port", Integer.toString(port), "1 to 65535");
    }
  }

  /**
   * Reads {@code host:port}, {@code host} or {@code [address]:port}; null if it is none of them.
   */
  static @Nullable HostPort read(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    String host = parts.group(1) != null ? parts.group(1) : parts.group(2);
    int port = parts.group(3) == null ? DEFAULT_PORT : Integer.parseInt(parts.group(3));
    return port < 1 || port > 65_535 ? null : new HostPort(host, port);
  }

  /** {@code host:port}, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
