package io.ottla.internal.net;

/**
 * Where a broker listens, as the user wrote it.
 *
 * @param host a name or an address
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
