package io.ottla.testkit.proxy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port that clients connect to: open, or refusing.
 *
 * <p>Owns the listening socket, and a second socket that is bound to the same port and never
 * listens: it keeps the port ours while nobody listens, which is how connections are refused.
 * (Where the system does not allow two such sockets, the port is free for others while it refuses.)
 *
 * <p>Thread: the proxy's loop.
 */
final class Door {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);

  private final ProxyLoop loop;
  private final int socketBufferBytes;
  private final Consumer<SocketChannel> onAccepted;
  private final InetSocketAddress address;
  private final @Nullable SocketChannel hold;
  private @Nullable ServerSocketChannel listener;

  Door(ProxyLoop loop, int port, int socketBufferBytes, Consumer<SocketChannel> onAccepted)
      throws IOException {
    this.loop = loop;
    this.socketBufferBytes = socketBufferBytes;
    this.onAccepted = onAccepted;
    SocketChannel holding = hold(port);
    ServerSocketChannel listening;
    try {
      listening = listen(holding == null ? port : portOf(holding));
    } catch (BindException e) {
      if (holding == null) {
        throw e;
      }
      holding.close();
      holding = null;
      listening = listen(port);
    }
    this.hold = holding;
    this.listener = listening;
    this.address = (InetSocketAddress) listening.getLocalAddress();
  }

  private static @Nullable SocketChannel hold(int port) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      return channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (BindException e) {
      channel.close();
      return null;
    }
  }

  private static int portOf(SocketChannel channel) throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  private ServerSocketChannel listen(int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, socketBufferBytes);
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      loop.register(channel, SelectionKey.OP_ACCEPT, operations -> acceptAll(channel));
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void acceptAll(ServerSocketChannel channel) {
    try {
      SocketChannel accepted = channel.accept();
      while (accepted != null) {
        accepted.setOption(StandardSocketOptions.SO_SNDBUF, socketBufferBytes);
        onAccepted.accept(accepted);
        accepted = channel.isOpen() ? channel.accept() : null;
      }
    } catch (IOException e) {
      LOG.warn("a connection to port {} could not be accepted", address.getPort(), e);
    }
  }

  int port() {
    return address.getPort();
  }

  /** Refuses connections from now on. Those that the system has made already are accepted. */
  void refuse() throws IOException {
    ServerSocketChannel open = listener;
    if (open != null) {
      listener = null;
      acceptAll(open);
      open.close();
      // The system closes it when the selector has let go of it.
      loop.letGo();
    }
  }

  /** Accepts connections again. */
  void open() throws IOException {
    if (listener == null) {
      listener = listen(address.getPort());
    }
  }

  void close() throws IOException {
    ServerSocketChannel open = listener;
    if (open != null) {
      listener = null;
      open.close();
    }
    SocketChannel holding = hold;
    if (holding != null) {
      holding.close();
    }
    loop.letGo();
  }
}
