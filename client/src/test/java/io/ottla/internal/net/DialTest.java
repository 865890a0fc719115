package io.ottla.internal.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.BrokerUnreachableException;
import io.ottla.error.ConnectPhase;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.OwnRuntime;
import io.ottla.internal.runtime.SharedRuntime;
import io.ottla.internal.runtime.Transport;
import io.ottla.script.Peer;
import io.ottla.script.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How an attempt goes through the addresses of a host. */
@Timeout(30)
final class DialTest {
  private static BrokerLink link(
      SharedRuntime.Lease runtime, int port, Duration connectTimeout, Resolver resolver) {
    return new BrokerLink(
        new Endpoint("kafka.example", port),
        new ConnectionSettings(
            "me",
            connectTimeout.toNanos(),
            Duration.ofSeconds(5).toNanos(),
            0,
            1 << 20,
            SocketSettings.defaults()),
        new NetEnvironment(
            runtime.nextLoop(),
            Clock.system(),
            resolver,
            new Sockets(runtime.transport()),
            runtime.blocking(),
            new SplittableRandom(1)));
  }

  /** Answers with addresses 127.0.0.x. */
  private static Resolver addresses(int... lastBytes) {
    return host ->
        CompletableFuture.completedFuture(
            Arrays.stream(lastBytes).mapToObj(last -> loopback(host, last)).toList());
  }

  private static InetAddress loopback(String host, int last) {
    try {
      return InetAddress.getByAddress(host, new byte[] {127, 0, 0, (byte) last});
    } catch (UnknownHostException never) {
      throw new AssertionError(never);
    }
  }

  @Test
  void all_addresses_are_tried_in_turn_until_one_answers() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.playing(
                peer -> {
                  peer.tellVersions();
                  peer.readToTheEnd();
                });
        SharedRuntime.Lease runtime = SharedRuntime.acquire()) {
      // The server listens on 127.0.0.1 alone; the others refuse.
      BrokerLink link = link(runtime, server.port(), Duration.ofSeconds(5), addresses(2, 3, 1));

      assertThat(link.connect().get(10, TimeUnit.SECONDS)).isNotNull();
      link.close(Duration.ZERO).get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void an_address_that_swallows_everything_leaves_time_for_the_next() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.playing(
                peer -> {
                  peer.tellVersions();
                  peer.readToTheEnd();
                });
        ServerSocket full = new ServerSocket(server.port(), 1, loopback("", 2));
        SharedRuntime.Lease runtime = SharedRuntime.acquire()) {
      List<SocketChannel> fillers = fill(full);
      BrokerLink link = link(runtime, server.port(), Duration.ofSeconds(4), addresses(2, 1));

      assertThat(link.connect().get(10, TimeUnit.SECONDS)).isNotNull();

      link.close(Duration.ZERO).get(10, TimeUnit.SECONDS);
      for (SocketChannel filler : fillers) {
        filler.close();
      }
    }
  }

  /** Whoever connects to a listener whose queue is full hears nothing. */
  private static List<SocketChannel> fill(ServerSocket listener) throws IOException {
    List<SocketChannel> fillers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      SocketChannel filler = SocketChannel.open();
      filler.configureBlocking(false);
      boolean unused = filler.connect(listener.getLocalSocketAddress());
      fillers.add(filler);
    }
    return fillers;
  }

  @Test
  void if_none_answers_all_are_named() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Peer::readToTheEnd);
        SharedRuntime.Lease runtime = SharedRuntime.acquire()) {
      BrokerLink link = link(runtime, server.port(), Duration.ofSeconds(5), addresses(2, 3));

      BrokerUnreachableException failure = failure(link);

      assertThat(failure.phase()).isEqualTo(ConnectPhase.TCP);
      assertThat(failure)
          .hasMessageContainingAll(
              "kafka.example:" + server.port(),
              "127.0.0.2:" + server.port() + " refused the connection",
              "127.0.0.3:" + server.port() + " refused the connection");
      link.close(Duration.ZERO).get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_lookup_that_does_not_end_ends_at_the_connect_timeout() throws Exception {
    try (SharedRuntime.Lease runtime = SharedRuntime.acquire()) {
      BrokerLink link =
          link(runtime, 9092, Duration.ofMillis(100), host -> new CompletableFuture<>());

      BrokerUnreachableException failure = failure(link);

      assertThat(failure.phase()).isEqualTo(ConnectPhase.DNS);
      assertThat(failure).hasMessageContaining("the lookup of kafka.example did not end");
      link.close(Duration.ZERO).get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void the_jdk_s_transport_serves_as_well() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.playing(
                peer -> {
                  peer.tellVersions();
                  peer.readToTheEnd();
                });
        SharedRuntime.Lease runtime = OwnRuntime.lease(Transport.NIO)) {
      assertThat(runtime.transport()).isEqualTo(Transport.NIO);
      BrokerLink link = link(runtime, server.port(), Duration.ofSeconds(5), addresses(1));

      assertThat(link.connect().get(10, TimeUnit.SECONDS)).isNotNull();
      link.close(Duration.ZERO).get(10, TimeUnit.SECONDS);
    }
  }

  private static BrokerUnreachableException failure(BrokerLink link) throws Exception {
    try {
      link.connect().get(10, TimeUnit.SECONDS);
      throw new AssertionError("connected");
    } catch (ExecutionException expected) {
      return (BrokerUnreachableException) Objects.requireNonNull(expected.getCause());
    }
  }
}
