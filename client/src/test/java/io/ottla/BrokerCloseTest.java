package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.ottla.error.ClosedException;
import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Acks;
import io.ottla.producer.ProduceResult;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.HeartbeatResponse;
import io.ottla.script.Asked;
import io.ottla.script.Peer;
import io.ottla.script.Script;
import io.ottla.script.ScriptedServer;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callbacks, and the end of a broker: from everywhere, in every state, once. */
@Timeout(30)
final class BrokerCloseTest {
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

  // A callback may do anything, also wait and close.
  @Test
  @Scenario("G96")
  void callbacks_run_off_the_loops_and_may_wait_for_the_same_broker() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.with(BrokerCloseTest::echo));
        Broker broker = open(server)) {
      AtomicReference<String> thread = new AtomicReference<>("");
      CountDownLatch isHung = new CountDownLatch(1);
      CompletableFuture<Integer> nested =
          broker
              .request(heartbeat(0))
              .thenApply(
                  first -> {
                    await().until(() -> isHung.getCount() == 0);
                    thread.set(Thread.currentThread().getName());
                    int sum = 0;
                    for (int i = 1; i < 20; i++) {
                      sum += broker.request(heartbeat(i)).join().throttleTimeMs();
                    }
                    return sum;
                  });
      isHung.countDown();

      assertThat(get(nested)).isEqualTo(190);
      assertThat(thread.get()).startsWith("ottla-callback-");
    }
  }

  @Test
  @Scenario("G96")
  void closing_from_a_callback_ends() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.with(BrokerCloseTest::echo))) {
      Broker broker = open(server);
      CompletableFuture<Void> closed =
          broker.request(heartbeat(1)).thenAccept(answer -> broker.close());

      get(closed);

      assertThat(failure(broker.request(heartbeat(2)))).isInstanceOf(ClosedException.class);
    }
  }

  @Test
  void close_waits_for_what_is_under_way() throws Exception {
    CountDownLatch isAsked = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    Script waiting =
        peer -> {
          peer.tellVersions();
          Asked asked = peer.read();
          isAsked.countDown();
          mayAnswer.await();
          peer.answer(asked, echo(asked));
          peer.readToTheEnd();
        };
    try (ScriptedServer server = ScriptedServer.playing(waiting)) {
      Broker broker = open(server);
      CompletableFuture<HeartbeatResponse> under = broker.request(heartbeat(6));
      isAsked.await();
      CompletableFuture<Void> closing =
          CompletableFuture.runAsync(broker::close, task -> new Thread(task, "closer").start());
      await().until(() -> failure(broker.request(heartbeat(7))) instanceof ClosedException);
      assertThat(closing).isNotDone();
      mayAnswer.countDown();

      get(closing);

      assertThat(get(under).throttleTimeMs()).isEqualTo(6);
    }
  }

  @Test
  void close_ends_what_is_left_at_its_deadline() throws Exception {
    Script silent =
        peer -> {
          peer.tellVersions();
          peer.readToTheEnd();
        };
    try (ScriptedServer server = ScriptedServer.playing(silent)) {
      Broker broker = open(server);
      get(broker.versions());
      CompletableFuture<HeartbeatResponse> under = broker.request(heartbeat(6));

      broker.close(Duration.ofMillis(50));

      OttlaException failure = failure(under);
      assertThat(failure).isInstanceOf(ClosedException.class);
      assertThat(failure.outcome()).isEqualTo(SendOutcome.UNKNOWN);
    }
  }

  // In every state of the link.
  @Test
  @Scenario({"L35", "G96"})
  void close_ends_in_every_state() throws Exception {
    Ottla.broker(LOCALHOST, 1).close();

    try (ScriptedServer mute = ScriptedServer.playing(Peer::readToTheEnd);
        ScriptedServer good = ScriptedServer.playing(Answering.with(BrokerCloseTest::echo))) {
      Broker dialing = open(mute);
      CompletableFuture<HeartbeatResponse> waiting = dialing.request(heartbeat(1));
      dialing.close(Duration.ofMillis(20));
      assertThat(failure(waiting)).isInstanceOf(ClosedException.class);
      assertThat(failure(waiting).outcome()).isEqualTo(SendOutcome.NOT_SENT);

      Broker lookingUp = Ottla.broker("no-such-host.invalid", 9092);
      CompletableFuture<HeartbeatResponse> lost = lookingUp.request(heartbeat(1));
      lookingUp.close(Duration.ZERO);
      assertThat(failure(lost)).isInstanceOf(OttlaException.class);

      Broker idle = open(good);
      get(idle.request(heartbeat(1)));
      idle.close();
      idle.close();
      idle.close(Duration.ZERO);
      assertThat(failure(idle.request(heartbeat(2)))).isInstanceOf(ClosedException.class);
      assertThat(failure(idle.versions())).isInstanceOf(ClosedException.class);
    }
  }

  @Test
  void close_of_eight_threads_at_once_is_one_close() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.with(BrokerCloseTest::echo))) {
      Broker broker = open(server);
      get(broker.request(heartbeat(1)));
      List<CompletableFuture<Void>> closers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        closers.add(
            CompletableFuture.runAsync(broker::close, task -> new Thread(task, "closer").start()));
      }
      for (CompletableFuture<Void> closer : closers) {
        get(closer);
      }
    }
  }

  // Clients share loops and nothing else.
  @Test
  @Scenario({"L1", "L35"})
  void many_clients_come_and_go() throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(Answering.with(BrokerCloseTest::echo))) {
      for (int i = 0; i < 50; i++) {
        try (Broker one = open(server);
            Broker other = open(server)) {
          int number = i;
          CompletableFuture<HeartbeatResponse> first = one.request(heartbeat(number));
          other.close(Duration.ZERO);
          assertThat(get(first).throttleTimeMs()).isEqualTo(number);
        }
      }
    }
  }

  // A call that still waits for a topic's id when close begins is carried out.
  @Test
  @Scenario("G96")
  void close_waits_for_a_call_that_has_not_reached_the_connection() throws Exception {
    CountDownLatch isAsked = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    Script waiting =
        peer -> {
          peer.tellVersions();
          Asked metadata = peer.read();
          isAsked.countDown();
          mayAnswer.await();
          peer.answer(metadata, Answering::metadataOf);
          peer.answer(peer.read(), Answering::written);
          peer.readToTheEnd();
        };
    try (ScriptedServer server = ScriptedServer.playing(waiting)) {
      Broker broker = open(server);
      CompletableFuture<List<ProduceResult>> produced =
          broker.produce(List.of(ProducerRecord.record("a", 0, new byte[1])), Acks.ALL);
      isAsked.await();
      CompletableFuture<Void> closing =
          CompletableFuture.runAsync(broker::close, task -> new Thread(task, "closer").start());
      await().until(() -> broker.request(heartbeat(7)).isCompletedExceptionally());
      assertThat(closing).isNotDone();
      mayAnswer.countDown();

      get(closing);

      assertThat(get(produced).get(0).isWritten()).isTrue();
    }
  }

  @Test
  void an_interrupted_thread_closes_without_waiting() throws Exception {
    Script silent =
        peer -> {
          peer.tellVersions();
          peer.readToTheEnd();
        };
    try (ScriptedServer server = ScriptedServer.playing(silent)) {
      Broker broker = open(server);
      get(broker.versions());
      CompletableFuture<HeartbeatResponse> under = broker.request(heartbeat(1));

      Thread.currentThread().interrupt();
      broker.close();

      assertThat(Thread.interrupted()).isTrue();
      assertThat(failure(under)).isInstanceOf(ClosedException.class);
    }
  }
}
