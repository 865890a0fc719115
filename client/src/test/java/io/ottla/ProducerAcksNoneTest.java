package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.producer.Delivery;
import io.ottla.producer.Producer;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.Gate;
import io.ottla.testkit.fake.SeenRequest;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nobody is asked to acknowledge. */
@Scenario("G30")
final class ProducerAcksNoneTest extends FakeProducerTestBase {
  private Producer<String, String> careless(String... options) {
    return producer(
        builder -> {
          builder.set("acks", "0").set("request.timeout", "500ms");
          for (int i = 0; i < options.length; i += 2) {
            builder.set(options[i], options[i + 1]);
          }
        });
  }

  @AfterEach
  void expectWarnings() {
    Warnings.take(line -> line.contains("answer") || line.contains("unasked"));
  }

  private void awaitLog(int partition, int records) {
    fake.await(() -> fake.partition("orders", partition).endOffset() >= records, PATIENCE);
  }

  @Test
  void records_are_delivered_when_they_have_left_and_nothing_waits_for_an_answer()
      throws Exception {
    Producer<String, String> producer = careless();
    String[] values = IntStream.range(0, 500).mapToObj(i -> "v" + i).toArray(String[]::new);

    List<CompletableFuture<Delivery>> sent = send(producer, 0, values);

    getAll(sent);
    assertThat(get(sent.get(499)).hasOffset()).isFalse();
    get(producer.flush());
    producer.close(Duration.ofSeconds(20));
    awaitLog(0, 500);
    assertThat(log(0)).containsExactly(values);
    assertThat(sentFor(0)).noneMatch(ProducedBatches.Sent::isNumbered);
    assertThat(fake.requests().count(ApiKey.INIT_PRODUCER_ID)).isZero();
  }

  @Test
  void a_broker_that_hangs_holds_nobody_up() throws Exception {
    Producer<String, String> producer = careless();
    get(send(producer, 0, "first"));
    fake.on(ApiKey.PRODUCE).broker(leader(0)).once(Fault.ignore());

    getAll(send(producer, 0, "a", "b", "c"));
    get(producer.flush());
    get(send(producer, 1, "d"));

    producer.close(Duration.ofSeconds(20));
  }

  @Test
  void a_broker_that_answers_all_the_same_is_forgiven() throws Exception {
    // Azure's brokers answer requests that want no answer.
    Producer<String, String> producer = careless("client.id", "careless");
    for (int i = 0; i < 10; i++) {
      get(send(producer, 0, "v" + i));
      int number = i;
      SeenRequest seen = fake.requests().await(request -> isNumber(request, number), PATIENCE);
      fake.broker(leader(0))
          .sendUnasked("careless", seen.correlationId(), new ProduceResponse(), seen.version());
    }

    get(producer.flush());
    getAll(send(producer, 0, "a", "b", "c"));
    Awaitility.await().atMost(PATIENCE).until(() -> log(0).contains("c"));
    assertThat(log(0)).containsSubsequence("v0", "v9").doesNotHaveDuplicates();
  }

  private boolean isNumber(SeenRequest request, int number) {
    return request.api() == ApiKey.PRODUCE
        && fake.partition("orders", 0).endOffset() > number
        && request.body(ProduceRequest.class).acks() == 0;
  }

  @Test
  void a_broker_that_is_gone_while_it_is_connected_to_is_not_waited_for() throws Exception {
    Gate gate = new Gate();
    int old = leader(0);
    fake.on(ApiKey.API_VERSIONS).broker(old).always(Fault.hold(gate));
    Producer<String, String> producer = careless("connect.timeout", "2s");

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b");
    gate.await(1, PATIENCE);
    fake.broker(old).remove();

    getAll(sent);
    get(producer.flush());
    awaitLog(0, 2);
    assertThat(log(0)).containsExactly("a", "b");
  }

  @Test
  void a_leader_that_moves_is_followed_after_the_connection_was_cut() throws Exception {
    Producer<String, String> producer = careless();
    get(send(producer, 0, "first"));
    awaitLog(0, 1);
    int old = leader(0);
    fake.partition("orders", 0).moveLeader(otherThanLeader(0));

    // Whoever asks for no answer is told of errors by a cut, and what was on its way is lost.
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              get(send(producer, 0, "again"));
              return log(0).size() > 1;
            });

    assertThat(sentFor(0)).extracting(ProducedBatches.Sent::broker).contains(old, leader(0));
  }

  @Test
  void what_cannot_be_sent_fails_when_its_time_is_over() throws Exception {
    fake.partition("orders", 0).loseLeader();
    Producer<String, String> producer = careless("delivery.timeout", "600ms");

    failureOf(send(producer, 0, "a"));

    get(producer.flush());
  }
}
