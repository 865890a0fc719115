package io.ottla.cli.cluster;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a broker; written {@code host}, {@code host:port} or {@code [ipv6]:port}. */
public record HostPort(String host, int port) {
  private static final int USUAL_PORT = 9092;
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Za-z:.%]+)]|([^\\s:/\\[\\]]+))(?::(\\d{1,5}))?");

  /** Reads an address; the port is 9092 if none is given. */
  public static HostPort parse(String word) {
    Matcher matcher = FORM.matcher(word);
    if (matcher.matches()) {
      String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      int port = matcher.group(3) == null ? USUAL_PORT : Integer.parseInt(matcher.group(3));
      if (port > 0 && port < 1 << 16) {
        return new HostPort(host, port);
      }
    }
    throw new IllegalArgumentException(
        "'" + word + "' is not HOST:PORT (such as localhost:9092 or [::1]:9092)");
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
