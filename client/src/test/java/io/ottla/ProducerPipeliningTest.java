package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.producer.Delivery;
import io.ottla.producer.Producer;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.Gate;
import io.ottla.testkit.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many batches of a partition are on their way at a time, and to whom. */
final class ProducerPipeliningTest extends FakeProducerTestBase {
  @Test
  @Scenario("G2")
  void nothing_is_pipelined_before_a_leaders_first_success() throws Exception {
    // A broker takes any first sequence number. 1: batches 0 and 1 are on their way. 2: batch 0 is
    // refused for now. 3: batch 1 would be taken, and batch 0 never again.
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE)
        .broker(leader(0))
        .once(Fault.hold(gate).and(Fault.error(ErrorCode.NOT_ENOUGH_REPLICAS)));
    Producer<String, String> producer = producer();

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b", "c", "d");
    gate.await(1, PATIENCE);
    letDoWhatItMeansTo(producer, leader(0));
    assertThat(fake.broker(leader(0)).waitingRequests()).isZero();
    gate.open();

    getAll(sent);
    assertThat(log(0)).containsExactly("a", "b", "c", "d");
  }

  @Test
  @Scenario({"G2", "G32"})
  void after_the_first_success_five_are_on_their_way_and_no_more() throws Exception {
    Producer<String, String> producer = producer();
    get(send(producer, 0, "first"));
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE).broker(leader(0)).once(Fault.hold(gate));

    String[] values = IntStream.range(0, 20).mapToObj(i -> "v" + i).toArray(String[]::new);
    List<CompletableFuture<Delivery>> sent = send(producer, 0, values);
    gate.await(1, PATIENCE);
    fake.await(() -> fake.broker(leader(0)).waitingRequests() == 4, PATIENCE);
    letDoWhatItMeansTo(producer, leader(0));
    assertThat(fake.broker(leader(0)).waitingRequests()).isEqualTo(4);
    gate.open();

    getAll(sent);
    assertThat(log(0)).startsWith("first").endsWith(values).hasSize(21);
  }

  @Test
  @Scenario("G2")
  void a_refusal_in_the_middle_of_five_keeps_their_order() throws Exception {
    Producer<String, String> producer = producer();
    get(send(producer, 0, "first"));
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE)
        .broker(leader(0))
        .sequence(
            Fault.hold(gate),
            Fault.error(ErrorCode.NOT_ENOUGH_REPLICAS),
            Fault.none(),
            Fault.none(),
            Fault.error(ErrorCode.NOT_ENOUGH_REPLICAS));

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b", "c", "d", "e", "f");
    fake.await(() -> fake.broker(leader(0)).waitingRequests() == 4, PATIENCE);
    gate.open();

    getAll(sent);
    assertThat(log(0)).containsExactly("first", "a", "b", "c", "d", "e", "f");
  }

  @Test
  @Scenario("G3")
  void a_late_success_of_the_old_leader_unlocks_no_pipelining_on_the_new_one() throws Exception {
    Producer<String, String> producer = producer("metadata.max.age", "50ms");
    get(send(producer, 0, "first"));
    Gate late = new Gate();
    fake.on(ApiKey.PRODUCE).broker(leader(0)).once(Fault.holdReply(late));
    CompletableFuture<Delivery> a = send(producer, 0, "a");
    late.await(1, PATIENCE);
    int old = leader(0);
    fake.partition("orders", 0).moveLeader(otherThanLeader(0));
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE)
        .broker(leader(0))
        .where(ProduceRequest.class, request -> isFor(request, 0))
        .once(Fault.hold(gate).and(Fault.error(ErrorCode.NOT_ENOUGH_REPLICAS)));
    letLearn(producer, old, leader(0));

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "b", "c", "d");
    late.open();
    get(a);
    gate.await(1, PATIENCE);
    letDoWhatItMeansTo(producer, leader(0));
    assertThat(fake.broker(leader(0)).waitingRequests()).isZero();
    gate.open();

    getAll(sent);
    assertThat(log(0)).containsExactly("first", "a", "b", "c", "d");
  }

  @Test
  @Scenario("G4")
  void nothing_goes_to_the_new_leader_before_all_has_ended_on_the_old_one() throws Exception {
    Producer<String, String> producer = producer("metadata.max.age", "50ms");
    get(send(producer, 0, "first"));
    int old = leader(0);
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE).broker(old).once(Fault.hold(gate));
    List<CompletableFuture<Delivery>> sent = new ArrayList<>(send(producer, 0, "a", "b", "c"));
    fake.await(() -> fake.broker(old).waitingRequests() == 2, PATIENCE);
    fake.partition("orders", 0).moveLeader(otherThanLeader(0));

    sent.addAll(send(producer, 0, "d", "e"));
    letLearn(producer, old, leader(0));
    assertThat(sentFor(0)).extracting(ProducedBatches.Sent::broker).containsOnly(old);
    gate.open();

    getAll(sent);
    assertThat(log(0)).containsExactly("first", "a", "b", "c", "d", "e");
    assertThat(sentFor(0).stream().filter(batch -> batch.broker() != old))
        .extracting(ProducedBatches.Sent::sequence)
        .containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  @Scenario({"G3", "G4"})
  void a_leader_that_goes_away_and_comes_back_gets_each_record_once_and_in_order()
      throws Exception {
    Producer<String, String> producer = producer();
    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      values.add("v" + i);
      sent.add(send(producer, 0, "v" + i));
      if (i % 6 == 3) {
        fake.partition("orders", 0).moveLeader(1 + i % 3);
      }
      if (i % 20 == 19) {
        get(sent.get(i));
      }
    }

    getAll(sent);
    assertThat(log(0)).containsExactlyElementsOf(values);
  }

  @Test
  @Scenario("G32")
  void without_numbers_hundreds_of_batches_pass_through_the_window() throws Exception {
    Producer<String, String> producer =
        producer("idempotence", "false", "acks", "1", "max.in.flight", "5");
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE).broker(leader(0)).once(Fault.hold(gate));

    String[] values = IntStream.range(0, 700).mapToObj(i -> "v" + i).toArray(String[]::new);
    List<CompletableFuture<Delivery>> sent = send(producer, 0, values);
    fake.await(() -> fake.broker(leader(0)).waitingRequests() >= 4, PATIENCE);
    gate.open();

    getAll(sent);
    assertThat(log(0)).containsExactly(values);
    assertThat(sentFor(0)).noneMatch(ProducedBatches.Sent::isNumbered);
  }
}
