package io.ottla.internal.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.handler.proxy.ProxyHandler;
import io.ottla.internal.runtime.Transport;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Opens sockets. */
final class Sockets {
  /** While less than the first lies in the queue of a socket, more is put there. */
  private static final WriteBufferWaterMark QUEUE = new WriteBufferWaterMark(512 << 10, 1 << 20);

  private final Transport transport;

  Sockets(Transport transport) {
    this.transport = transport;
  }

  /**
   * Begins to connect.
   *
   * @param address a resolved address
   * @param timeoutMs 0 for none
   */
  ChannelFuture connect(
      EventLoop loop, InetSocketAddress address, SocketSettings settings, int timeoutMs) {
    Bootstrap bootstrap =
        bootstrap(loop, settings)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMs)
            .handler(new Vacant());
    return connect(bootstrap, address, settings);
  }

  /**
   * Begins to connect to a proxy, and to have it connect to a broker, whose name it resolves.
   *
   * @return ends when the proxy is reached; whether the broker is, the tunnel's own future says
   */
  ChannelFuture connectThrough(
      ProxyHandler tunnel, EventLoop loop, Endpoint broker, SocketSettings settings) {
    Bootstrap bootstrap =
        bootstrap(loop, settings)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(tunnel, new Vacant());
                  }
                });
    return connect(
        bootstrap, InetSocketAddress.createUnresolved(broker.host(), broker.port()), settings);
  }

  /** Gives an open socket to its connection. */
  static void settle(Channel channel, Connection connection) {
    channel.pipeline().addLast(connection);
    channel.pipeline().remove(Vacant.class);
  }

  private Bootstrap bootstrap(EventLoop loop, SocketSettings settings) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channelFactory(transport::newSocket)
            .disableResolver()
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, QUEUE)
            .option(ChannelOption.TCP_NODELAY, settings.tcpNoDelay())
            .option(ChannelOption.SO_KEEPALIVE, settings.keepAlive());
    set(bootstrap, ChannelOption.SO_SNDBUF, settings.sendBufferBytes());
    set(bootstrap, ChannelOption.SO_RCVBUF, settings.receiveBufferBytes());
    if (transport == Transport.EPOLL) {
      set(bootstrap, EpollChannelOption.TCP_USER_TIMEOUT, settings.userTimeoutMs());
    }
    return bootstrap;
  }

  private static ChannelFuture connect(
      Bootstrap bootstrap, InetSocketAddress address, SocketSettings settings) {
    return settings.localAddress() == null
        ? bootstrap.connect(address)
        : bootstrap.connect(address, settings.localAddress());
  }

  private static <T> void set(Bootstrap bootstrap, ChannelOption<T> option, @Nullable T value) {
    if (value != null) {
      bootstrap.option(option, value);
    }
  }

  /** Stands in the pipeline until the connection does, so that no exception goes astray. */
  private static final class Vacant extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      ChannelFuture unused = context.close();
    }
  }
}
