package io.ottla.internal.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
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
   */
  ChannelFuture connect(
      EventLoop loop, InetSocketAddress address, SocketSettings settings, int timeoutMs) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channelFactory(transport::newSocket)
            .disableResolver()
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, QUEUE)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMs)
            .option(ChannelOption.TCP_NODELAY, settings.tcpNoDelay())
            .option(ChannelOption.SO_KEEPALIVE, settings.keepAlive())
            .handler(new Placeholder());
    set(bootstrap, ChannelOption.SO_SNDBUF, settings.sendBufferBytes());
    set(bootstrap, ChannelOption.SO_RCVBUF, settings.receiveBufferBytes());
    if (transport == Transport.EPOLL) {
      set(bootstrap, EpollChannelOption.TCP_USER_TIMEOUT, settings.userTimeoutMs());
    }
    return settings.localAddress() == null
        ? bootstrap.connect(address)
        : bootstrap.connect(address, settings.localAddress());
  }

  private static <T> void set(Bootstrap bootstrap, ChannelOption<T> option, @Nullable T value) {
    if (value != null) {
      bootstrap.option(option, value);
    }
  }

  /** Stands in the pipeline until the connection does; a bootstrap wants a handler. */
  private static final class Placeholder extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      ChannelFuture unused = context.close();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      Channel channel = context.channel();
      context.fireChannelActive();
      channel.pipeline().remove(this);
    }
  }
}
