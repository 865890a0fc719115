package io.ottla.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Without faults, and what a proxy tells. */
final class FaultProxyTest extends ProxyTestBase {
  @Test
  void bytes_pass_both_ways_unchanged() throws Exception {
    Ends ends = open();
    byte[] request = bytes(5 * BUFFER_BYTES + 17);
    byte[] response = bytes(3 * BUFFER_BYTES + 1);

    CompletableFuture<Void> sent = inBackground(() -> write(ends.client(), request));
    expect(ends.broker(), request);
    sent.join();
    CompletableFuture<Void> answered = inBackground(() -> write(ends.broker(), response));
    expect(ends.client(), response);
    answered.join();

    assertThat(ends.connection().flow(Direction.TO_BROKER))
        .matches(flow -> flow.received() == request.length && flow.passed() == request.length);
    assertThat(ends.connection().flow(Direction.TO_CLIENT).passed()).isEqualTo(response.length);
    assertThat(proxy.counters().passed()).isEqualTo(request.length + response.length);
  }

  @Test
  void the_end_of_a_stream_passes_and_the_other_way_stays_open() throws Exception {
    Ends ends = open();
    write(ends.client(), bytes(10));
    ends.client().shutdownOutput();

    expect(ends.broker(), bytes(10));
    expectEnd(ends.broker());
    write(ends.broker(), bytes(1000));
    ends.broker().close();

    expect(ends.client(), bytes(1000));
    expectEnd(ends.client());
    proxy.await(is -> is.open() == 0, PATIENCE);
    assertThat(ends.connection().state()).isEqualTo(ConnectionState.CLOSED);
    assertThat(ends.connection().end()).isEqualTo(ConnectionEnd.BY_CLIENT);
  }

  @Test
  void a_reset_of_one_side_resets_the_other() throws Exception {
    Ends ends = open();

    ends.broker().setSoLinger(true, 0);
    ends.broker().close();

    assertThatThrownBy(() -> ends.client().getInputStream().read())
        .isInstanceOf(SocketException.class);
    assertThat(ends.connection().end()).isEqualTo(ConnectionEnd.BROKER_BROKE);
  }

  @Test
  void a_receiver_that_does_not_read_stops_the_sender() throws Exception {
    Ends ends = open();
    byte[] response = bytes(64 << 20);

    CompletableFuture<Void> sent = inBackground(() -> write(ends.broker(), response));
    // Nobody reads, so all buffers fill up, and the proxy's own is full exactly.
    proxy.await(is -> is.toClient().waiting() == BUFFER_BYTES, PATIENCE);

    assertThat(sent).isNotDone();
    expect(ends.client(), response);
    sent.join();
  }

  @Test
  void a_server_that_does_not_listen_resets_the_client() throws Exception {
    server.close();
    Socket client = dial();

    assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    assertThat(proxy.counters().accepted()).isEqualTo(1);
    assertThat(proxy.counters().open()).isZero();
  }

  @Test
  void connections_are_listed_with_their_client_and_gone_when_closed() throws Exception {
    Ends first = open();
    Ends second = open();

    assertThat(proxy.connections()).containsExactly(first.connection(), second.connection());
    assertThat(first.connection().number()).isEqualTo(1);
    assertThat(second.connection().number()).isEqualTo(2);
    assertThat(second.connection().clientPort()).isEqualTo(second.client().getLocalPort());
    assertThat(second.connection())
        .hasToString(
            "connection 2 from port %d: OPEN, NONE; to broker %s, to client %s"
                .formatted(
                    second.client().getLocalPort(), new Flow(0, 0, 0, 0), new Flow(0, 0, 0, 0)));

    first.client().close();
    first.broker().close();
    proxy.await(is -> is.open() == 1, PATIENCE);
    assertThat(proxy.connections()).containsExactly(second.connection());
  }

  @Test
  void waiting_in_vain_says_what_there_was() throws Exception {
    open();

    assertThatThrownBy(() -> proxy.awaitConnections(2, Duration.ofMillis(1)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("proxy " + proxy.port() + " -> ")
        .hasMessageContaining("at least 2 open connections")
        .hasMessageContaining("open=1");
  }

  @Test
  void a_target_can_move() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      other.setSoTimeout(TIMEOUT_MS);
      proxy.retarget("127.0.0.1", other.getLocalPort());
      Socket client = dial();

      try (Socket broker = other.accept()) {
        write(client, bytes(5));
        expect(broker, bytes(5));
      }
    }
  }

  @Test
  void closing_leaves_no_thread_no_socket_and_no_port() throws Exception {
    Ends ends = open();
    int port = proxy.port();

    proxy.close();
    proxy.close();

    assertThatThrownBy(() -> ends.client().getInputStream().read())
        .isInstanceOf(SocketException.class);
    assertThatThrownBy(() -> ends.broker().getInputStream().read())
        .isInstanceOf(SocketException.class);
    assertThat(threads()).noneMatch(name -> name.startsWith("ottla-fault-proxy-"));
    assertThatThrownBy(this::dial).isInstanceOf(ConnectException.class);
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    assertThat(ends.connection().end()).isEqualTo(ConnectionEnd.PROXY_CLOSED);
    assertThatThrownBy(() -> proxy.cut())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the proxy is closed");
  }

  @Test
  void closing_wakes_whoever_waits() throws Exception {
    Ends ends = open();
    CompletableFuture<Void> waiting =
        inBackground(() -> proxy.await(is -> is.open() == 7, PATIENCE));
    // The waiter is known to the proxy, or will be refused: both end it.
    ends.connection().flow(Direction.TO_BROKER);

    proxy.close();

    assertThatThrownBy(waiting::join).hasRootCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_port_in_use_and_an_unknown_host_are_refused() {
    ProxyOptions taken = ProxyOptions.defaults().port(server.getLocalPort());

    assertThatThrownBy(() -> FaultProxy.to("127.0.0.1", 9092, taken))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("port " + server.getLocalPort());
    assertThatThrownBy(() -> FaultProxy.to("no-such-host.invalid", 9092))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-such-host.invalid");
    assertThat(threads()).filteredOn(name -> name.startsWith("ottla-fault-proxy-")).hasSize(1);
  }

  /** Something that throws. */
  interface Action {
    void run() throws IOException, InterruptedException;
  }

  private static CompletableFuture<Void> inBackground(Action action) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
                done.complete(null);
              } catch (IOException | InterruptedException | RuntimeException e) {
                done.completeExceptionally(e);
              }
            },
            "proxy-test");
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
  }
}
