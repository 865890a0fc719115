package io.ottla.internal.net.tls;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.ottla.internal.net.Endpoint;
import io.ottla.internal.net.TlsClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Opens connections to this machine by whatever name, and says something. */
final class EchoClient implements AutoCloseable {
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final TlsClient tls;

  EchoClient(TlsClient tls) {
    this.tls = tls;
  }

  /** One connection. */
  static final class Conversation extends ChannelInboundHandlerAdapter {
    private final CompletableFuture<SSLSession> session = new CompletableFuture<>();
    private final CompletableFuture<Throwable> end = new CompletableFuture<>();
    private volatile CompletableFuture<String> answer = new CompletableFuture<>();
    private final StringBuilder heard = new StringBuilder();
    private int wanted;
    private @Nullable Channel channel;

    /** What comes back, once it is as much as was said. */
    String say(String what) throws Exception {
      return ask(what, what.length());
    }

    /** What comes back, once it is this much; a byte is a character. */
    String ask(String what, int chars) throws Exception {
      CompletableFuture<String> mine = new CompletableFuture<>();
      synchronized (heard) {
        heard.setLength(0);
        wanted = chars;
        answer = mine;
      }
      channel()
          .writeAndFlush(Unpooled.copiedBuffer(what, StandardCharsets.ISO_8859_1))
          .addListener(
              sent -> {
                if (!sent.isSuccess()) {
                  mine.completeExceptionally(sent.cause());
                }
              });
      return mine.get(60, TimeUnit.SECONDS);
    }

    /** Why it ends, which it has to do by itself. */
    Throwable end() throws Exception {
      return end.get(60, TimeUnit.SECONDS);
    }

    SSLSession session() throws Exception {
      return session.get(60, TimeUnit.SECONDS);
    }

    void close() {
      channel().close().syncUninterruptibly();
    }

    private Channel channel() {
      if (channel == null) {
        throw new IllegalStateException("not connected");
      }
      return channel;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
      channel = ctx.channel();
      ctx.pipeline()
          .get(SslHandler.class)
          .handshakeFuture()
          .addListener(
              done -> {
                if (done.isSuccess()) {
                  session.complete(ctx.pipeline().get(SslHandler.class).engine().getSession());
                } else {
                  fail(done.cause());
                }
              });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
      synchronized (heard) {
        heard.append(((ByteBuf) bytes).toString(StandardCharsets.ISO_8859_1));
        ((ByteBuf) bytes).release();
        if (heard.length() >= wanted) {
          answer.complete(heard.toString());
        }
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      fail(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      fail(new ClosedChannelException());
    }

    private void fail(Throwable cause) {
      end.complete(cause);
      session.completeExceptionally(cause);
      answer.completeExceptionally(cause);
    }
  }

  /** Connects and shakes hands. */
  Conversation open(String host, int port) throws Exception {
    Conversation conversation = new Conversation();
    Endpoint peer = new Endpoint(host, port);
    new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(tls.newHandler(channel.alloc(), peer), conversation);
              }
            })
        .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .sync();
    conversation.session();
    return conversation;
  }

  /** Says something on a new connection and returns what came back. */
  String echo(String host, int port) throws Exception {
    Conversation conversation = open(host, port);
    try {
      return conversation.say("ping");
    } finally {
      conversation.close();
    }
  }

  /** What is said of why there is no echo. */
  String explained(String host, int port) throws Exception {
    try {
      return "no failure, but " + echo(host, port);
    } catch (ExecutionException failed) {
      return tls.explain(Objects.requireNonNull(failed.getCause()), new Endpoint(host, port));
    }
  }

  /**
   * What is said of why the other side ends it, be it in the handshake or after our part of it.
   * Nothing is sent after the handshake: a write that fails closes the socket, and what the other
   * side said would not be read any more.
   */
  String refusal(String host, int port) throws Exception {
    Throwable cause;
    try {
      cause = open(host, port).end();
    } catch (ExecutionException failed) {
      cause = Objects.requireNonNull(failed.getCause());
    }
    return tls.explain(cause, new Endpoint(host, port));
  }

  @Override
  public void close() {
    loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
