package io.ottla.internal.net;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a socket is told before it connects; null leaves the choice to the operating system.
 *
 * @param tcpNoDelay whether small writes leave at once
 * @param keepAlive whether the operating system probes an idle connection
 * @param sendBufferBytes the send buffer
 * @param receiveBufferBytes the receive buffer
 * @param userTimeoutMs how long sent bytes may stay unacknowledged; Linux only
 * @param localAddress where it connects from
 */
public record SocketSettings(
    boolean tcpNoDelay,
    boolean keepAlive,
    @Nullable Integer sendBufferBytes,
    @Nullable Integer receiveBufferBytes,
    @Nullable Integer userTimeoutMs,
    @Nullable InetSocketAddress localAddress) {
  /** No delay, probed when idle, all else the operating system's choice. */
  public static SocketSettings defaults() {
    return new SocketSettings(true, true, null, null, null, null);
  }
}
