package io.ottla.testkit.proxy;

/**
 * How a proxy is set up. Immutable; each method returns a changed copy.
 *
 * @param clock the time that delays, rates and scripts go by; default: that of this machine
 * @param port the port on 127.0.0.1 to listen on; default: 0, any free one
 * @param bufferBytes the most that waits in the proxy per connection and direction, besides what
 *     the system's sockets hold (as much again on each side, about); default: 256 KiB
 */
public record ProxyOptions(ProxyClock clock, int port, int bufferBytes) {
  private static final ProxyOptions DEFAULTS = new ProxyOptions(ProxyClock.system(), 0, 256 << 10);
  private static final int MAX_PORT = 65_535;

  /** Refuses a port or a buffer that cannot be. */
  public ProxyOptions {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port(" + port + "): must be 0 to " + MAX_PORT);
    }
    if (bufferBytes < 1) {
      throw new IllegalArgumentException("bufferBytes(" + bufferBytes + "): must be at least 1");
    }
  }

  /** The time of this machine, any free port, buffers of 256 KiB. */
  public static ProxyOptions defaults() {
    return DEFAULTS;
  }

  /** The same with another clock. */
  public ProxyOptions clock(ProxyClock value) {
    return new ProxyOptions(value, port, bufferBytes);
  }

  /** The same on another port. */
  public ProxyOptions port(int value) {
    return new ProxyOptions(clock, value, bufferBytes);
  }

  /** The same with other buffers. */
  public ProxyOptions bufferBytes(int value) {
    return new ProxyOptions(clock, port, value);
  }
}
