package io.ottla.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.testkit.KafkaServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several proxies on one thread. */
final class FaultProxiesTest {
  private static final int TIMEOUT_MS = 20_000;

  private final FaultProxies proxies = FaultProxies.create();
  private ServerSocket first;
  private ServerSocket second;

  @SuppressWarnings("NullAway.Init") // set before each test
  FaultProxiesTest() {}

  @BeforeEach
  void start() throws IOException {
    first = server();
    second = server();
  }

  @AfterEach
  void stop() throws IOException {
    proxies.close();
    first.close();
    second.close();
  }

  @Test
  void a_listener_that_moves_keeps_its_proxy() throws Exception {
    var address = proxies.of(1, "SECURE", first.getLocalPort());

    assertThat(proxies.of(1, "SECURE", second.getLocalPort())).isEqualTo(address);

    assertThat(address.getHostString()).isEqualTo("localhost");
    assertThat(proxies.node(1, "SECURE").address()).isEqualTo(address);
    try (Socket client = dial(proxies.node(1, "SECURE"));
        Socket server = second.accept()) {
      client.getOutputStream().write(7);
      assertThat(server.getInputStream().read()).isEqualTo(7);
    }
  }

  @Test
  void a_fault_meets_the_connections_of_all_and_healing_heals_all() throws Exception {
    FaultProxy one = proxies.start(1, "127.0.0.1", first.getLocalPort());
    FaultProxy two = proxies.start(2, "127.0.0.1", second.getLocalPort());
    try (Socket toOne = dial(one);
        Socket toTwo = dial(two);
        Socket atOne = first.accept();
        Socket atTwo = second.accept()) {
      assertThat(proxies.connections()).hasSize(2);

      proxies.reset();
      proxies.refuse();

      for (Socket socket : new Socket[] {toOne, toTwo, atOne, atTwo}) {
        assertThatThrownBy(() -> socket.getInputStream().read())
            .isInstanceOf(SocketException.class);
      }
    }
    assertThatThrownBy(() -> dial(one)).isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> dial(two)).isInstanceOf(ConnectException.class);
    proxies.heal();
    dial(one).close();
    dial(two).close();
  }

  @Test
  void one_of_them_is_closed_and_stays_closed() throws Exception {
    FaultProxy one = proxies.start(1, "127.0.0.1", first.getLocalPort());
    FaultProxy two = proxies.start(2, "127.0.0.1", second.getLocalPort());

    one.close();
    proxies.refuse();
    proxies.heal();

    assertThatThrownBy(() -> dial(one)).isInstanceOf(ConnectException.class);
    assertThatThrownBy(one::accept).isInstanceOf(IllegalStateException.class);
    dial(two).close();
  }

  @Test
  void a_node_that_is_not_there_is_named() {
    proxies.start(1, "127.0.0.1", first.getLocalPort());

    assertThatThrownBy(() -> proxies.node(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("node 2")
        .hasMessageContaining(KafkaServer.PLAINTEXT);
  }

  private static ServerSocket server() throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setSoTimeout(TIMEOUT_MS);
    return server;
  }

  private static Socket dial(FaultProxy proxy) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(TIMEOUT_MS);
    return socket;
  }
}
