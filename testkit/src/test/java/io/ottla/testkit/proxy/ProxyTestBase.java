package io.ottla.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server, a proxy before it with a clock that stands still, and both ends of connections. */
abstract class ProxyTestBase {
  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final int TIMEOUT_MS = (int) PATIENCE.toMillis();
  static final int BUFFER_BYTES = 64 << 10;

  final ManualProxyClock clock = ProxyClock.manual();
  private final List<Socket> sockets = new ArrayList<>();
  ServerSocket server;
  FaultProxy proxy;

  /** Both ends of a connection through the proxy. */
  record Ends(Socket client, Socket broker, ProxiedConnection connection) {}

  @SuppressWarnings("NullAway.Init") // set before each test
  ProxyTestBase() {}

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setSoTimeout(TIMEOUT_MS);
    proxy =
        FaultProxy.to(
            "127.0.0.1",
            server.getLocalPort(),
            ProxyOptions.defaults().clock(clock).bufferBytes(BUFFER_BYTES));
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** A client's socket that is connected to the proxy. */
  final Socket dial() throws IOException {
    return keep(new Socket(InetAddress.getLoopbackAddress(), proxy.port()));
  }

  /** The server's end of the next connection. */
  final Socket answer() throws IOException {
    return keep(server.accept());
  }

  final Ends open() throws IOException, InterruptedException {
    Socket client = dial();
    Socket broker = answer();
    int port = client.getLocalPort();
    proxy.await(
        is -> proxy.connections().stream().anyMatch(one -> isOpenFrom(port, one)), PATIENCE);
    ProxiedConnection connection =
        proxy.connections().stream().filter(one -> isOpenFrom(port, one)).findFirst().orElseThrow();
    return new Ends(client, broker, connection);
  }

  private static boolean isOpenFrom(int port, ProxiedConnection connection) {
    return connection.clientPort() == port && connection.state() == ConnectionState.OPEN;
  }

  private Socket keep(Socket socket) throws IOException {
    socket.setSoTimeout(TIMEOUT_MS);
    sockets.add(socket);
    return socket;
  }

  static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  static void write(Socket to, byte[] bytes) throws IOException {
    to.getOutputStream().write(bytes);
  }

  static void expect(Socket at, byte[] bytes) throws IOException {
    assertThat(at.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
  }

  static void expectEnd(Socket at) throws IOException {
    assertThat(at.getInputStream().read()).as("the end of the stream").isEqualTo(-1);
  }

  /** Waits until the proxy has read so much from clients. */
  final void awaitReceivedFromClients(long bytes) throws InterruptedException {
    proxy.await(is -> is.toBroker().received() == bytes, PATIENCE);
  }
}
