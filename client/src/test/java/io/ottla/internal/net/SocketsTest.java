package io.ottla.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.ottla.internal.runtime.SharedRuntime;
import io.ottla.internal.runtime.Transport;
import io.ottla.script.Peer;
import io.ottla.script.ScriptedServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a socket is told is what the operating system then says. */
@Timeout(30)
final class SocketsTest {
  private static Channel open(SharedRuntime.Lease runtime, int port, SocketSettings settings)
      throws InterruptedException {
    ChannelFuture connected =
        new Sockets(runtime.transport())
            .connect(
                runtime.nextLoop(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                settings,
                5_000);
    return connected.sync().channel();
  }

  @Test
  void every_option_reaches_the_socket() throws Exception {
    SocketSettings settings =
        new SocketSettings(
            false, false, 60_000, 50_000, 7_000, new InetSocketAddress("127.0.0.9", 0));
    try (ScriptedServer server = ScriptedServer.playing(Peer::readToTheEnd);
        SharedRuntime.Lease runtime = SharedRuntime.acquire()) {
      Channel channel = open(runtime, server.port(), settings);

      assertThat(channel.config().getOption(ChannelOption.TCP_NODELAY)).isFalse();
      assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isFalse();
      // Linux doubles what it is asked for, for its own book-keeping.
      assertThat(channel.config().getOption(ChannelOption.SO_SNDBUF)).isBetween(60_000, 120_000);
      assertThat(channel.config().getOption(ChannelOption.SO_RCVBUF)).isBetween(50_000, 100_000);
      assertThat(((InetSocketAddress) channel.localAddress()).getHostString())
          .isEqualTo("127.0.0.9");
      if (runtime.transport() == Transport.EPOLL) {
        assertThat(channel.config().getOption(EpollChannelOption.TCP_USER_TIMEOUT))
            .isEqualTo(7_000);
      }
      channel.close().sync();
    }
  }

  @Test
  void the_defaults_are_no_delay_and_keep_alive() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Peer::readToTheEnd);
        SharedRuntime.Lease runtime = SharedRuntime.acquire()) {
      Channel channel = open(runtime, server.port(), SocketSettings.defaults());

      assertThat(channel.config().getOption(ChannelOption.TCP_NODELAY)).isTrue();
      assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
      channel.close().sync();
    }
  }
}
