package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.config.HostResolver;
import io.ottla.config.Proxy;
import io.ottla.internal.net.ConnectionSettings;
import io.ottla.internal.net.Reconnect;
import io.ottla.internal.net.SocketSettings;
import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.SharedRuntime;
import io.ottla.security.Sasl;
import io.ottla.security.SaslMechanism;
import io.ottla.security.Tls;
import io.ottla.watch.Warnings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No option of connections is lost on its way to them. */
final class ConnectingTest {
  @Test
  void connections_are_told_every_option() {
    InetSocketAddress local = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HostResolver resolver = host -> List.of();
    Proxy proxy = Proxy.http("proxy", 80);
    SaslMechanism sasl = Sasl.plain("alice", "secret");

    BrokerOptions options =
        BrokerOptions.builder()
            .clientId("me")
            .connectTimeout(Duration.ofMillis(2))
            .requestTimeout(Duration.ofMillis(3))
            .idleTimeout(Duration.ofMillis(4))
            .maxFrameBytes(5000)
            .tcpNoDelay(false)
            .keepAlive(false)
            .sendBufferBytes(6)
            .receiveBufferBytes(7)
            .userTimeout(Duration.ofMillis(8))
            .localAddress(local)
            .reconnectBackoff(Duration.ofMillis(9))
            .reconnectBackoffMost(Duration.ofMillis(10))
            .retries(11)
            .proxy(proxy)
            .resolver(resolver)
            .sasl(sasl)
            .build();

    assertThat(settings(options))
        .isEqualTo(
            new ConnectionSettings(
                "me",
                2_000_000,
                3_000_000,
                4_000_000,
                5000,
                new SocketSettings(false, false, 6, 7, 8, local),
                new Reconnect(9_000_000, 10_000_000, 0.2, 11),
                resolver,
                proxy,
                null,
                sasl));
    Warnings.take(line -> line.contains("tcp.user.timeout has no effect")); // without epoll
  }

  @Test
  void a_fixed_pause_is_always_the_same() {
    BrokerOptions options =
        BrokerOptions.builder().retryInterval(Duration.ofSeconds(1)).retries(-1).build();

    assertThat(settings(options).reconnect())
        .isEqualTo(new Reconnect(1_000_000_000, 1_000_000_000, 0, -1));
  }

  @Test
  void tls_is_made_once_and_closed_with_its_client() {
    BrokerOptions options = BrokerOptions.builder().tls(Tls.system()).build();

    assertThat(settings(options).tls()).isNotNull();
  }

  private static ConnectionSettings settings(BrokerOptions options) {
    try (SharedRuntime.Lease runtime = SharedRuntime.acquire();
        Connecting connecting =
            Connecting.of(options, options.retries(), Clock.system(), runtime)) {
      return connecting.settings();
    }
  }
}
