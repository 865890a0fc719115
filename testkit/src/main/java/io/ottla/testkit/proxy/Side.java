package io.ottla.testkit.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the two sockets of a connection: the client's, or the broker's.
 *
 * <p>Owns the socket and what the selector watches on it. Thread: the proxy's loop.
 */
final class Side {
  private static final Logger LOG = LoggerFactory.getLogger(Side.class);

  private final SocketChannel channel;
  private final SelectionKey key;
  private boolean outputEnded;

  Side(ProxyLoop loop, SocketChannel channel, ProxyLoop.Ready ready) throws IOException {
    this.channel = channel;
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    this.key = loop.register(channel, 0, ready);
  }

  SocketChannel channel() {
    return channel;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** The address at the other end. */
  InetSocketAddress remote() throws IOException {
    return (InetSocketAddress) channel.getRemoteAddress();
  }

  /** Chooses what the selector watches. */
  void watch(boolean read, boolean write) {
    if (key.isValid()) {
      int operations =
          (read ? SelectionKey.OP_READ : 0)
              | (channel.isConnected()
                  ? (write ? SelectionKey.OP_WRITE : 0)
                  : SelectionKey.OP_CONNECT);
      if (key.interestOps() != operations) {
        key.interestOps(operations);
      }
    }
  }

  /** Sends the end of the stream behind all that was written. */
  void endOutput() {
    if (outputEnded || !channel.isConnected()) {
      return;
    }
    outputEnded = true;
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      LOG.debug("the other end was gone before it could be told the end", e);
    }
  }

  /** Closes in order, as far as nothing unread lies in the socket. */
  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("a fault proxy's socket did not close", e);
    }
  }

  /** Closes with a reset. */
  void reset() {
    try {
      if (channel.isOpen()) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      LOG.debug("the socket was gone before it could be reset", e);
    }
    close();
  }
}
