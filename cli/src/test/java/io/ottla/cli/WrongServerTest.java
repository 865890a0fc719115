package io.ottla.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.ottla.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Addresses at which there is no Kafka: each command that tries ends soon, in one clear line. */
@Timeout(60)
class WrongServerTest {
  private static final byte[] TLS_ALERT = {0x15, 3, 3, 0, 2, 2, 0x46};
  private static final byte[] TWO_GIGABYTES = {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0, 0};

  /** What a server does with a connection after the first bytes came. */
  private interface Manners {
    void receive(InputStream in, OutputStream out) throws IOException;
  }

  @Test
  void a_port_where_nobody_listens() throws IOException {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    String address = "127.0.0.1:" + port;

    CliRun.of("metadata", "-b", address).failsInOneLine(ExitCode.UNREACHABLE, address);
    CliRun.of("produce", "-b", address, "-t", "x").failsInOneLine(ExitCode.UNREACHABLE, address);
    CliRun.of("consume", "-b", address, "-t", "x").failsInOneLine(ExitCode.UNREACHABLE, address);
  }

  @Test
  void a_host_that_does_not_resolve() {
    CliRun.of("metadata", "-b", "no-such-host.invalid:9092")
        .failsInOneLine(ExitCode.UNREACHABLE, "no-such-host.invalid");
  }

  @Test
  void several_servers_are_all_named_when_none_answers() {
    CliRun.of("metadata", "-b", "127.0.0.1:1,127.0.0.1:2")
        .failsInOneLine(ExitCode.UNREACHABLE, "127.0.0.1:1", "127.0.0.1:2");
  }

  @Test
  void a_server_that_speaks_http() throws IOException {
    expect("HTTP", (in, out) -> out.write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII)));
  }

  @Test
  void a_server_that_speaks_tls() throws IOException {
    expect("TLS", (in, out) -> out.write(TLS_ALERT));
  }

  @Test
  void a_server_that_sends_garbage() throws IOException {
    expect("127.0.0.1", (in, out) -> out.write(new byte[] {0, 0, 0, 8, 9, 9, 9, 9, 9, 9, 9, 9}));
  }

  @Test
  void a_server_that_announces_two_gigabytes() throws IOException {
    expect("127.0.0.1", (in, out) -> out.write(TWO_GIGABYTES));
  }

  @Test
  void a_server_that_hangs_up() throws IOException {
    expect("127.0.0.1", (in, out) -> {});
  }

  @Test
  void a_server_that_stops_in_the_middle_of_a_frame() throws IOException {
    expect("127.0.0.1", (in, out) -> out.write(new byte[] {0, 0, 0, 100, 0, 0}));
  }

  @Test
  void a_server_that_says_nothing() throws IOException {
    expect("127.0.0.1", (in, out) -> in.readAllBytes());
  }

  private static void expect(String word, Manners manners) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread acceptor = new Thread(() -> serve(server, manners), "wrong-server");
      acceptor.setDaemon(true);
      acceptor.start();

      String address = "127.0.0.1:" + server.getLocalPort();
      CliRun.of("metadata", "--timeout", "2s", "-b", address)
          .failsInOneLine(ExitCode.UNREACHABLE, address, word);
    }
  }

  private static void serve(ServerSocket server, Manners manners) {
    while (!server.isClosed()) {
      try (Socket connection = server.accept()) {
        InputStream in = connection.getInputStream();
        if (in.read(new byte[64]) > 0) {
          manners.receive(in, connection.getOutputStream());
        }
      } catch (IOException e) {
        // The client hung up, or the test is over.
      }
    }
  }
}
