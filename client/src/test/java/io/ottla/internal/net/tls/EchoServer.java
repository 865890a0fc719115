package io.ottla.internal.net.tls;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A server on this machine that sends back what it gets, with the JDK's TLS or with none. */
final class EchoServer implements AutoCloseable {
  /** The names that clients sent along. */
  final Queue<String> serverNames = new ConcurrentLinkedQueue<>();

  /** Whose certificates clients showed. */
  final Queue<String> clients = new ConcurrentLinkedQueue<>();

  /** Of each connection; the same twice is a session resumed. */
  final Queue<Long> sessionsMade = new ConcurrentLinkedQueue<>();

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Channel listener;

  private EchoServer(@Nullable SslContext tls, @Nullable String answer) {
    listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (tls != null) {
                      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                    }
                    channel.pipeline().addLast(new Echo(answer));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  static EchoServer tls(X509Bundle identity) {
    return tls(identity, builder -> builder);
  }

  static EchoServer tls(X509Bundle identity, UnaryOperator<SslContextBuilder> how) {
    SslContextBuilder builder =
        SslContextBuilder.forServer(
                identity.getKeyPair().getPrivate(), identity.getCertificatePath())
            .sslProvider(SslProvider.JDK);
    try {
      return new EchoServer(how.apply(builder).build(), null);
    } catch (javax.net.ssl.SSLException e) {
      throw new AssertionError(e);
    }
  }

  /** Without TLS; it answers whatever it is sent by this, or by hanging up if that is null. */
  static EchoServer plain(@Nullable String answer) {
    return new EchoServer(null, answer);
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private final class Echo extends ChannelInboundHandlerAdapter {
    private final @Nullable String answer;

    Echo(@Nullable String answer) {
      this.answer = answer;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
      if (ctx.pipeline().get(SslHandler.class) != null) {
        ChannelFuture unused = ctx.writeAndFlush(bytes);
        return;
      }
      io.netty.util.ReferenceCountUtil.release(bytes);
      if (answer == null) {
        ChannelFuture unused = ctx.close();
      } else {
        ChannelFuture unused =
            ctx.writeAndFlush(Unpooled.copiedBuffer(answer, StandardCharsets.ISO_8859_1));
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
        SSLSession session = ctx.pipeline().get(SslHandler.class).engine().getSession();
        sessionsMade.add(session.getCreationTime());
        List<String> names =
            ((ExtendedSSLSession) session)
                .getRequestedServerNames().stream()
                    .map(name -> ((SNIHostName) name).getAsciiName())
                    .toList();
        serverNames.addAll(names);
        try {
          clients.add(session.getPeerPrincipal().getName());
        } catch (SSLPeerUnverifiedException showedNone) {
          // as most do
        }
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ChannelFuture unused = ctx.close();
    }
  }
}
