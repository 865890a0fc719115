package io.ottla;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.BrokerUnreachableException;
import io.ottla.error.ConnectPhase;
import io.ottla.error.ConnectionLostException;
import io.ottla.error.OttlaException;
import io.ottla.error.ProtocolViolationException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.script.Peer;
import io.ottla.script.Script;
import io.ottla.script.ScriptedServer;
import io.ottla.testkit.scenario.Scenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is at the other end: one clear error, within the deadline, and nothing left behind. */
@Timeout(30)
final class BadPeersTest {
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final String LOCALHOST = "127.0.0.1";

  /** Sends one request to a scripted peer and gives the error that ends it. */
  private static OttlaException failureOf(Script... scripts) throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(scripts);
        Broker broker = Ottla.broker(LOCALHOST, server.port(), o -> o.connectTimeout(SHORT))) {
      return failure(broker.request(new MetadataRequest()));
    }
  }

  private static OttlaException failure(CompletableFuture<?> future) throws Exception {
    try {
      Object value = future.get(20, TimeUnit.SECONDS);
      throw new AssertionError("it succeeded: " + value);
    } catch (ExecutionException expected) {
      return (OttlaException) java.util.Objects.requireNonNull(expected.getCause());
    }
  }

  @Test
  void a_refused_port_is_said_to_refuse() throws Exception {
    int port;
    try (ServerSocket once = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = once.getLocalPort();
    }
    try (Broker broker = Ottla.broker(LOCALHOST, port)) {
      OttlaException failure = failure(broker.request(new MetadataRequest()));

      assertThat(failure).isInstanceOf(BrokerUnreachableException.class);
      assertThat(((BrokerUnreachableException) failure).phase()).isEqualTo(ConnectPhase.TCP);
      assertThat(failure.outcome()).isEqualTo(SendOutcome.NOT_SENT);
      assertThat(failure)
          .hasMessageContainingAll(
              "MetadataRequest", "127.0.0.1:" + port, "refused the connection", "(tcp)");
    }
  }

  @Test
  void a_host_that_does_not_exist_is_said_not_to() throws Exception {
    try (Broker broker = Ottla.broker("no-such-host.invalid", 9092)) {
      OttlaException failure = failure(broker.request(new MetadataRequest()));

      assertThat(failure).isInstanceOf(BrokerUnreachableException.class);
      assertThat(((BrokerUnreachableException) failure).phase()).isEqualTo(ConnectPhase.DNS);
      assertThat(failure).hasMessageContainingAll("no-such-host.invalid", "not known", "(dns)");
    }
  }

  @Test
  @Scenario("L169")
  void an_address_that_answers_nothing_ends_at_the_connect_timeout() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> fillers = fillBacklog(full);
      try (Broker broker =
          Ottla.broker(LOCALHOST, full.getLocalPort(), o -> o.connectTimeout(SHORT))) {
        OttlaException failure = failure(broker.request(new MetadataRequest()));

        assertThat(failure).isInstanceOf(BrokerUnreachableException.class);
        assertThat(((BrokerUnreachableException) failure).phase()).isEqualTo(ConnectPhase.TCP);
        assertThat(failure).hasMessageContaining("answer");
      } finally {
        for (Socket filler : fillers) {
          filler.close();
        }
      }
    }
  }

  /** Connects until the operating system answers no more. */
  private static List<Socket> fillBacklog(ServerSocket full) throws IOException {
    List<Socket> fillers = new ArrayList<>();
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), full.getLocalPort());
    for (int i = 0; i < 64; i++) {
      Socket filler = new Socket();
      fillers.add(filler);
      try {
        filler.connect(address, 200);
      } catch (java.net.SocketTimeoutException isFull) {
        return fillers;
      }
    }
    throw new AssertionError("the backlog takes more than 64 connections");
  }

  @Test
  @Scenario("L165")
  void a_peer_that_accepts_and_says_nothing_ends_at_the_connect_timeout() throws Exception {
    OttlaException failure = failureOf(Peer::readToTheEnd);

    assertThat(failure).isInstanceOf(BrokerUnreachableException.class);
    assertThat(((BrokerUnreachableException) failure).phase()).isEqualTo(ConnectPhase.HANDSHAKE);
    assertThat(failure)
        .hasMessageContainingAll("(handshake)", "asking for its versions", "is it a Kafka broker?");
  }

  @Test
  void a_request_with_less_time_than_the_connection_says_what_it_waited_for() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Peer::readToTheEnd);
        Broker broker = Ottla.broker(LOCALHOST, server.port())) {
      OttlaException failure =
          failure(broker.request(new MetadataRequest(), Duration.ofMillis(150)));

      assertThat(failure).isInstanceOf(TimeoutException.class);
      assertThat(failure.outcome()).isEqualTo(SendOutcome.NOT_SENT);
      assertThat(failure).hasMessageContainingAll("not sent", "no connection yet (handshake)");
      broker.close(Duration.ZERO);
    }
  }

  @Test
  @Scenario("G98")
  void a_tls_port_is_called_a_tls_port() throws Exception {
    OttlaException failure =
        failureOf(
            peer -> {
              peer.send(new byte[] {0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x50});
              peer.readToTheEnd();
            });

    assertThat(failure).isInstanceOf(ProtocolViolationException.class);
    assertThat(failure.outcome()).isEqualTo(SendOutcome.NOT_SENT);
    assertThat(failure).hasMessageContaining("speaks TLS");
  }

  @Test
  @Scenario("G98")
  void a_web_server_is_called_a_web_server() throws Exception {
    OttlaException failure =
        failureOf(
            peer -> {
              peer.send("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
              peer.readToTheEnd();
            });

    assertThat(failure).isInstanceOf(ProtocolViolationException.class);
    assertThat(failure).hasMessageContaining("speaks HTTP");
  }

  @Test
  void garbage_is_called_no_broker() throws Exception {
    OttlaException failure = failureOf(peer -> peer.send("220 mail.example.com ESMTP\r\n"));

    assertThat(failure).isInstanceOf(ProtocolViolationException.class);
    assertThat(failure).hasMessageContainingAll("\"220 \"", "no Kafka broker");
  }

  @Test
  void a_length_of_two_gigabytes_or_below_zero_is_refused() throws Exception {
    for (int length : new int[] {Integer.MAX_VALUE, -5}) {
      OttlaException failure =
          failureOf(
              peer -> {
                peer.read();
                peer.send(ByteBuffer.allocate(4).putInt(0, length).array());
                peer.readToTheEnd();
              });

      assertThat(failure).isInstanceOf(ProtocolViolationException.class);
      assertThat(failure).hasMessageContaining("a response of " + length);
    }
  }

  // The middle of a frame is a lost connection, not a broken protocol.
  @Test
  @Scenario("G93")
  void an_end_in_the_middle_of_an_answer_is_a_lost_connection() throws Exception {
    Script half =
        peer -> {
          peer.tellVersions();
          var asked = peer.read();
          byte[] frame =
              Peer.frame(
                  asked.correlationId(), asked.key(), new MetadataResponse(), asked.version());
          peer.send(Arrays.copyOf(frame, frame.length / 2));
        };

    OttlaException failure = failureOf(half);

    assertThat(failure).isInstanceOf(ConnectionLostException.class);
    assertThat(failure.outcome()).isEqualTo(SendOutcome.UNKNOWN);
    assertThat(failure).hasMessageContaining("in the middle of a response");
  }

  @Test
  void a_reset_instead_of_an_answer_is_a_lost_connection() throws Exception {
    OttlaException failure =
        failureOf(
            peer -> {
              peer.tellVersions();
              peer.read();
              peer.reset();
            });

    assertThat(failure).isInstanceOf(ConnectionLostException.class);
    assertThat(failure.outcome()).isEqualTo(SendOutcome.UNKNOWN);
  }

  @Test
  void an_end_in_the_middle_of_the_handshake_is_an_unreachable_broker() throws Exception {
    OttlaException failure =
        failureOf(
            peer -> {
              peer.read();
              peer.send(new byte[] {0, 0, 1});
            });

    assertThat(failure).isInstanceOf(BrokerUnreachableException.class);
    assertThat(((BrokerUnreachableException) failure).phase()).isEqualTo(ConnectPhase.HANDSHAKE);
    assertThat(failure).hasMessageContaining("middle of a response's length");
  }

  @Test
  void answers_with_wrong_numbers_end_every_request_with_the_first_cause() throws Exception {
    Script swapped =
        peer -> {
          peer.tellVersions();
          var first = peer.read();
          peer.read();
          peer.send(
              Peer.frame(
                  first.correlationId() + 77,
                  first.key(),
                  new MetadataResponse(),
                  first.version()));
          peer.readToTheEnd();
        };
    try (ScriptedServer server = ScriptedServer.playing(swapped);
        Broker broker = Ottla.broker(LOCALHOST, server.port())) {
      var first = broker.request(new MetadataRequest());
      var second = broker.request(new MetadataRequest());

      for (CompletableFuture<?> each : List.of(first, second)) {
        OttlaException failure = failure(each);
        assertThat(failure).isInstanceOf(ProtocolViolationException.class);
        assertThat(failure).hasMessageContaining("where number");
        assertThat(failure.outcome()).isEqualTo(SendOutcome.UNKNOWN);
      }
    }
  }

  // Half written, and then nothing else on that connection.
  @Test
  @Scenario("L19")
  void a_peer_that_reads_nothing_ends_a_big_request_at_its_deadline() throws Exception {
    CountDownLatch testIsOver = new CountDownLatch(1);
    Script deaf =
        peer -> {
          peer.tellVersions();
          testIsOver.await();
        };
    try (ScriptedServer server = ScriptedServer.playing(deaf, Answering.metadata());
        Broker broker = Ottla.broker(LOCALHOST, server.port())) {
      assertThat(broker.versions().get(10, TimeUnit.SECONDS).isAssumed()).isFalse();

      OttlaException failure =
          failure(broker.request(new MetadataRequest().topics(manyTopics()), SHORT));

      assertThat(failure).isInstanceOf(TimeoutException.class);
      assertThat(failure.outcome()).isEqualTo(SendOutcome.UNKNOWN);
      assertThat(failure).hasMessageContaining("only partly taken");
      assertThat(broker.request(new MetadataRequest()).get(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(server.connections()).isEqualTo(2);
    } finally {
      testIsOver.countDown();
    }
  }

  private static List<MetadataRequest.MetadataRequestTopic> manyTopics() {
    List<MetadataRequest.MetadataRequestTopic> topics = new ArrayList<>();
    String name = new String(new byte[30_000], US_ASCII).replace('\0', 't');
    for (int i = 0; i < 1_000; i++) {
      topics.add(new MetadataRequest.MetadataRequestTopic().name(name));
    }
    return topics;
  }
}
