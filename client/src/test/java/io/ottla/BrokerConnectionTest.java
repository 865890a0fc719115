package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.ottla.error.ConnectionLostException;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ApiVersionsResponse;
import io.ottla.protocol.message.DescribeClusterRequest;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.HeartbeatResponse;
import io.ottla.protocol.message.ListOffsetsResponse;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.script.Asked;
import io.ottla.script.Peer;
import io.ottla.script.Script;
import io.ottla.script.ScriptedServer;
import io.ottla.testkit.scenario.Scenario;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a broker opens, uses, loses and closes its connection. */
@Timeout(30)
final class BrokerConnectionTest {
  private static final String LOCALHOST = "127.0.0.1";

  private static Broker open(ScriptedServer server) {
    return Ottla.broker(LOCALHOST, server.port());
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  private static OttlaException failure(CompletableFuture<?> future) {
    Throwable thrown = catchThrowable(() -> future.get(20, TimeUnit.SECONDS));
    return (OttlaException) Objects.requireNonNull(thrown.getCause());
  }

  private static HeartbeatRequest heartbeat(int number) {
    return new HeartbeatRequest().groupId("g").generationId(number);
  }

  private static HeartbeatResponse echo(Asked asked) {
    return new HeartbeatResponse()
        .throttleTimeMs(Peer.body(asked, HeartbeatRequest.class).generationId());
  }

  @Test
  void nothing_is_opened_before_the_first_request() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.metadata());
        Broker broker = open(server)) {
      assertThat(server.connections()).isZero();

      get(broker.request(new MetadataRequest()));

      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void a_thousand_requests_of_eight_threads_each_get_their_own_answer() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.playing(Answering.with(BrokerConnectionTest::echo));
        Broker broker = open(server)) {
      List<CompletableFuture<Void>> threads = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        int first = t * 125;
        threads.add(
            CompletableFuture.runAsync(
                () -> {
                  List<CompletableFuture<HeartbeatResponse>> answers = new ArrayList<>();
                  for (int i = first; i < first + 125; i++) {
                    answers.add(broker.request(heartbeat(i)));
                  }
                  for (int i = 0; i < 125; i++) {
                    assertThat(answers.get(i).join().throttleTimeMs()).isEqualTo(first + i);
                  }
                },
                task -> new Thread(task, "caller-" + first).start()));
      }
      for (CompletableFuture<Void> thread : threads) {
        get(thread);
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void requests_made_before_and_after_the_opening_leave_in_the_order_of_the_calls()
      throws Exception {
    Queue<Integer> seen = new ConcurrentLinkedQueue<>();
    try (ScriptedServer server =
            ScriptedServer.playing(
                Answering.with(
                    asked -> {
                      seen.add(Peer.body(asked, HeartbeatRequest.class).generationId());
                      return echo(asked);
                    }));
        Broker broker = open(server)) {
      List<CompletableFuture<HeartbeatResponse>> answers = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        answers.add(broker.request(heartbeat(i)));
      }
      for (CompletableFuture<HeartbeatResponse> answer : answers) {
        get(answer);
      }
      assertThat(List.copyOf(seen)).isSorted().hasSize(2_000);
    }
  }

  // What the other side cut is not used again.
  @Test
  @Scenario({"G90", "L168"})
  void after_a_loss_the_next_request_opens_anew() throws Exception {
    Script once =
        peer -> {
          peer.tellVersions();
          peer.answer(peer.read(), new HeartbeatResponse());
        };
    try (ScriptedServer server =
            ScriptedServer.playing(once, once, Answering.with(BrokerConnectionTest::echo));
        Broker broker = open(server)) {
      for (int i = 0; i < 3; i++) {
        int connections = i + 1;
        await().ignoreExceptions().until(() -> get(broker.request(heartbeat(connections))) != null);
        assertThat(server.connections()).isEqualTo(connections);
        awaitLoss(broker, i < 2);
      }
    }
  }

  /** Waits until the broker has seen that its connection is gone. */
  private static void awaitLoss(Broker broker, boolean isCut) {
    if (isCut) {
      await().until(() -> !((SingleBroker) broker).isConnected());
    }
  }

  // Idleness is no error.
  @Test
  @Scenario("L168")
  void an_idle_connection_is_closed_silently_and_opened_when_needed() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.playing(Answering.with(BrokerConnectionTest::echo));
        Broker broker =
            Ottla.broker(LOCALHOST, server.port(), o -> o.idleTimeout(Duration.ofMillis(50)))) {
      get(broker.request(heartbeat(1)));
      await().until(() -> !((SingleBroker) broker).isConnected());

      assertThat(get(broker.request(heartbeat(2))).throttleTimeMs()).isEqualTo(2);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  // An answer that comes late is dropped, and the next request is served.
  @Test
  @Scenario({"L32", "L33"})
  void a_late_answer_is_dropped_and_the_connection_goes_on() throws Exception {
    CountDownLatch isLate = new CountDownLatch(1);
    Script slow =
        peer -> {
          peer.tellVersions();
          Asked first = peer.read();
          isLate.await();
          peer.answer(first, echo(first));
          Asked second = peer.read();
          peer.answer(second, echo(second));
          peer.readToTheEnd();
        };
    try (ScriptedServer server = ScriptedServer.playing(slow);
        Broker broker = open(server)) {
      get(broker.versions()); // so that the short time is the answer's alone
      OttlaException failure = failure(broker.request(heartbeat(1), Duration.ofMillis(100)));
      assertThat(failure).isInstanceOf(TimeoutException.class);
      assertThat(failure.outcome()).isEqualTo(SendOutcome.UNKNOWN);
      assertThat(((TimeoutException) failure).attempts()).isEqualTo(1);
      isLate.countDown();

      assertThat(get(broker.request(heartbeat(2))).throttleTimeMs()).isEqualTo(2);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  // Kafka 0.8 and 0.9 hang up on the question for versions.
  @Test
  @Scenario({"G89", "G93"})
  void a_broker_that_hangs_up_on_the_question_for_versions_is_spoken_to_as_0_8() throws Exception {
    Script hangUp = Peer::read;
    Queue<Integer> versions = new ConcurrentLinkedQueue<>();
    Script old =
        peer -> {
          peer.answer(peer.read(), new ListOffsetsResponse());
          while (true) {
            Asked asked = peer.read();
            versions.add(asked.version());
            peer.answer(asked, new MetadataResponse());
          }
        };
    try (ScriptedServer server = ScriptedServer.playing(hangUp, hangUp, old);
        Broker broker = open(server)) {
      get(broker.request(new MetadataRequest()));

      assertThat(versions).containsExactly(0);
      assertThat(get(broker.versions()).isAssumed()).isTrue();
      OttlaException failure = failure(broker.request(new DescribeClusterRequest()));
      assertThat(failure).isInstanceOf(UnsupportedVersionException.class);
      assertThat(failure).hasMessageContaining("before 0.10");
    }
  }

  // Hanging up for ever ends after three sockets.
  @Test
  @Scenario({"G89", "G93"})
  void a_peer_that_always_hangs_up_is_given_up() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Peer::read);
        Broker broker = open(server)) {
      OttlaException failure = failure(broker.request(new MetadataRequest()));

      assertThat(failure)
          .hasMessageContainingAll("(handshake)", "closed the connection", "starting or stopping");
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  // A broker that was only restarting is not taken for an old one.
  @Test
  @Scenario("G93")
  void a_broker_that_hangs_up_once_is_asked_again() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.playing(Peer::read, Answering.with(BrokerConnectionTest::echo));
        Broker broker = open(server)) {
      assertThat(get(broker.versions()).isAssumed()).isFalse();
    }
  }

  @Test
  @Scenario("G89")
  void a_broker_that_knows_the_question_in_an_older_version_is_asked_in_that() throws Exception {
    Script refusing =
        peer -> {
          Asked question = peer.read();
          ApiVersionsResponse refusal =
              Peer.versions(Map.of(ApiKey.API_VERSIONS, 0))
                  .errorCode(ErrorCode.UNSUPPORTED_VERSION.code());
          peer.send(Peer.frame(question.correlationId(), ApiKey.API_VERSIONS, refusal, 0));
          Answering.with(BrokerConnectionTest::echo).play(peer);
        };
    try (ScriptedServer server = ScriptedServer.playing(refusing);
        Broker broker = open(server)) {
      assertThat(get(broker.request(heartbeat(5))).throttleTimeMs()).isEqualTo(5);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void answers_byte_by_byte_are_read() throws Exception {
    Script dripping =
        peer -> {
          Asked question = peer.read();
          drip(
              peer,
              Peer.frame(
                  question.correlationId(),
                  ApiKey.API_VERSIONS,
                  Peer.versions(Peer.allVersions()),
                  question.version()));
          Asked asked = peer.read();
          drip(peer, Peer.frame(asked.correlationId(), asked.key(), echo(asked), asked.version()));
          peer.readToTheEnd();
        };
    try (ScriptedServer server = ScriptedServer.playing(dripping);
        Broker broker = open(server)) {
      assertThat(get(broker.request(heartbeat(9))).throttleTimeMs()).isEqualTo(9);
    }
  }

  private static void drip(Peer peer, byte[] bytes) throws java.io.IOException {
    for (byte b : bytes) {
      peer.send(new byte[] {b});
    }
  }

  @Test
  void a_request_without_a_common_version_is_refused_and_hurts_nobody() throws Exception {
    Script old =
        Answering.with(Map.of(ApiKey.METADATA, 4, ApiKey.HEARTBEAT, 2), BrokerConnectionTest::echo);
    try (ScriptedServer server = ScriptedServer.playing(old);
        Broker broker = open(server)) {
      OttlaException none = failure(broker.request(new DescribeClusterRequest()));
      assertThat(none).isInstanceOf(UnsupportedVersionException.class);
      assertThat(none).hasMessageContainingAll("DescribeClusterRequest", "does not take it");

      OttlaException field =
          failure(
              broker.request(
                  new HeartbeatRequest().groupId("g").groupInstanceId("needs version 3")));
      assertThat(field).isInstanceOf(RefusedException.class);
      assertThat(field.outcome()).isEqualTo(SendOutcome.NOT_SENT);
      assertThat(field).hasMessageContainingAll("HeartbeatRequest v2", "GroupInstanceId");

      assertThat(get(broker.request(heartbeat(3)))).isNotNull();
    }
  }

  @Test
  void a_produce_request_that_asks_for_no_answer_ends_when_it_left() throws Exception {
    CountDownLatch hasCome = new CountDownLatch(1);
    Script silent =
        peer -> {
          peer.tellVersions();
          peer.read();
          hasCome.countDown();
          Asked next = peer.read();
          peer.answer(next, echo(next));
          peer.readToTheEnd();
        };
    try (ScriptedServer server = ScriptedServer.playing(silent);
        Broker broker = open(server)) {
      get(broker.request(new ProduceRequest().acks((short) 0)));
      assertThat(hasCome.await(10, TimeUnit.SECONDS)).isTrue();

      assertThat(get(broker.request(heartbeat(4))).throttleTimeMs()).isEqualTo(4);
    }
  }

  @Test
  void a_lost_connection_tells_every_request_what_is_known() throws Exception {
    CountDownLatch areAsked = new CountDownLatch(1);
    Script cutting =
        peer -> {
          peer.tellVersions();
          for (int i = 0; i < 10; i++) {
            peer.read();
          }
          areAsked.countDown();
        };
    try (ScriptedServer server = ScriptedServer.playing(cutting);
        Broker broker = open(server)) {
      List<CompletableFuture<HeartbeatResponse>> all = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        all.add(broker.request(heartbeat(i)));
      }
      assertThat(areAsked.await(10, TimeUnit.SECONDS)).isTrue();
      for (CompletableFuture<HeartbeatResponse> each : all) {
        assertThat(failure(each)).isInstanceOf(ConnectionLostException.class);
        assertThat(failure(each).outcome()).isEqualTo(SendOutcome.UNKNOWN);
        assertThat(failure(each)).hasMessageContaining("the broker closed the connection");
      }
    }
  }

  @Test
  void the_client_id_and_the_local_address_reach_the_broker() throws Exception {
    AtomicReference<String> clientId = new AtomicReference<>();
    AtomicReference<String> from = new AtomicReference<>();
    Script noting =
        peer -> {
          from.set(((InetSocketAddress) peer.socket().getRemoteSocketAddress()).getHostString());
          Asked question = peer.read();
          clientId.set(String.valueOf(question.clientId()));
          peer.answer(question, Peer.versions(Peer.allVersions()));
          peer.readToTheEnd();
        };
    try (ScriptedServer server = ScriptedServer.playing(noting);
        Broker broker =
            Ottla.broker(
                LOCALHOST,
                server.port(),
                o -> o.clientId("me").localAddress(new InetSocketAddress("127.0.0.7", 0)))) {
      get(broker.versions());

      assertThat(clientId.get()).isEqualTo("me");
      assertThat(from.get()).isEqualTo("127.0.0.7");
    }
  }

  @Test
  void a_response_beyond_the_frame_limit_ends_the_connection() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.metadata());
        Broker broker = Ottla.broker(LOCALHOST, server.port(), o -> o.maxFrameBytes(1024))) {
      MetadataRequest big = new MetadataRequest().topics(new ArrayList<>());
      for (int i = 0; i < 100; i++) {
        Objects.requireNonNull(big.topics())
            .add(new MetadataRequest.MetadataRequestTopic().name("topic-" + i));
      }

      assertThat(failure(broker.request(big))).hasMessageContaining("4 to 1024 (max.frame)");
      assertThat(get(broker.request(new MetadataRequest()))).isNotNull();
    }
  }

  @Test
  void the_request_timeout_is_that_of_the_options() throws Exception {
    Script silent =
        peer -> {
          peer.tellVersions();
          peer.readToTheEnd();
        };
    try (ScriptedServer server = ScriptedServer.playing(silent);
        Broker broker =
            Ottla.broker(LOCALHOST, server.port(), o -> o.requestTimeout(Duration.ofMillis(120)))) {
      assertThat(failure(broker.request(heartbeat(1)))).isInstanceOf(TimeoutException.class);
    }
  }
}
