package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.AuthorizationException;
import io.ottla.producer.Delivery;
import io.ottla.producer.Producer;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.InitProducerIdRequest;
import io.ottla.protocol.message.InitProducerIdResponse;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.Gate;
import io.ottla.testkit.fake.Interception;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who the producer is to the brokers: its id, and its epochs. */
final class ProducerIdTest extends FakeProducerTestBase {
  @ParameterizedTest
  @EnumSource(
      names = {"UNKNOWN_PRODUCER_ID", "OUT_OF_ORDER_SEQUENCE_NUMBER", "INVALID_PRODUCER_EPOCH"})
  @Scenario({"G8", "G9"})
  void while_one_broker_fails_the_id_no_other_gets_old_numbers_with_a_new_start(ErrorCode failure)
      throws Exception {
    // The rules that every test of this base checks at its end are the point here: no request has
    // the old epoch with numbers that began anew, nor the new one with numbers that did not.
    Producer<String, String> producer = producer();
    fake.on(ApiKey.PRODUCE).broker(2).after(3).times(2, Fault.error(failure));
    fake.on(ApiKey.PRODUCE).broker(3).after(9).times(3, Fault.error(failure));
    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      sent.add(send(producer, i % PARTITIONS, "v" + i));
    }

    getAll(sent);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      int first = partition;
      List<String> expected =
          IntStream.range(0, 50).mapToObj(i -> "v" + (first + i * PARTITIONS)).toList();
      assertThat(log(partition)).containsExactlyElementsOf(expected);
    }
  }

  @Test
  @Scenario({"G8", "G9"})
  void an_epoch_that_is_raised_while_requests_are_built_is_raised_for_whole_batches()
      throws Exception {
    Producer<String, String> producer = producer();
    get(send(producer, 0, "first"));
    get(send(producer, 1, "first"));
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE).broker(leader(1)).once(Fault.hold(gate));
    List<CompletableFuture<Delivery>> sent = new ArrayList<>(send(producer, 1, "a", "b", "c"));
    fake.await(() -> fake.broker(leader(1)).waitingRequests() == 2, PATIENCE);

    // While three batches for 1 are on their way, the id fails at 0 ...
    fake.on(ApiKey.PRODUCE)
        .broker(leader(0))
        .once(Fault.error(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER));
    sent.addAll(send(producer, 0, "x", "y", "z"));
    get(sent.get(5));
    gate.open();

    // ... and those for 1 keep the numbers that they were sent with.
    getAll(sent);
    assertThat(log(0)).containsExactly("first", "x", "y", "z");
    assertThat(log(1)).containsExactly("first", "a", "b", "c");
    assertThat(sentFor(1)).extracting(ProducedBatches.Sent::sequence).containsExactly(0, 1, 2, 3);
    assertThat(sentFor(0)).extracting(ProducedBatches.Sent::epoch).endsWith((short) 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNKNOWN_PRODUCER_ID", "OUT_OF_ORDER_SEQUENCE_NUMBER"})
  @Scenario("G10")
  void when_retention_has_taken_the_last_acknowledged_record_nothing_is_lost(ErrorCode answer)
      throws Exception {
    Producer<String, String> producer = producer();
    getAll(send(producer, 0, "old 1", "old 2"));
    fake.partition("orders", 0).deleteRecordsBefore(2);
    fake.partition("orders", 0).forgetProducers();
    fake.on(ApiKey.PRODUCE)
        .where(request -> ProducedBatches.of(request).stream().allMatch(each -> each.epoch() == 0))
        .always(Fault.error(answer));

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b", "c");

    getAll(sent);
    assertThat(log(0)).containsExactly("a", "b", "c");
    assertThat(get(sent.get(2)).offset()).isEqualTo(4);
  }

  @Test
  @Scenario("G10")
  void a_broker_that_has_really_forgotten_the_producer_gets_the_rest() throws Exception {
    Producer<String, String> producer = producer();
    getAll(send(producer, 0, "old 1", "old 2"));
    fake.partition("orders", 0).forgetProducers();

    getAll(send(producer, 0, "a", "b", "c"));

    assertThat(log(0)).containsExactly("old 1", "old 2", "a", "b", "c");
  }

  static Stream<Fault> transientFailures() {
    return Stream.of(
        Fault.error(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS),
        Fault.error(ErrorCode.COORDINATOR_NOT_AVAILABLE),
        Fault.error(ErrorCode.NOT_COORDINATOR),
        Fault.error(ErrorCode.CONCURRENT_TRANSACTIONS),
        Fault.error(ErrorCode.REQUEST_TIMED_OUT),
        Fault.closeBefore(),
        Fault.closeAfter(),
        Fault.halfReply(9),
        Fault.loseReply(),
        Fault.ignore());
  }

  @ParameterizedTest
  @MethodSource("transientFailures")
  @Scenario("G11")
  void a_producer_id_that_cannot_be_had_now_is_asked_for_again(Fault fault) throws Exception {
    fake.on(ApiKey.INIT_PRODUCER_ID).times(3, fault);
    Producer<String, String> producer = producer("request.timeout", "200ms");

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b");

    getAll(sent);
    assertThat(log(0)).containsExactly("a", "b");
    assertThat(fake.requests().count(ApiKey.INIT_PRODUCER_ID)).isGreaterThanOrEqualTo(4);
  }

  @Test
  @Scenario("G11")
  void a_refused_producer_id_fails_the_records_that_wait_and_not_those_to_come() throws Exception {
    Interception refused = refuseProducerIds();
    Producer<String, String> producer = producer("idempotence", "true");

    assertThat(failureOf(send(producer, 0, "a"))).isInstanceOf(AuthorizationException.class);
    refused.remove();

    assertWritten(get(send(producer, 0, "b")), "b");
    assertThat(log(0)).containsExactly("b");
  }

  @Test
  @Scenario("G11")
  void who_may_have_no_producer_id_and_demanded_none_is_warned_and_goes_on() throws Exception {
    refuseProducerIds();
    Producer<String, String> producer = producer();

    getAll(send(producer, 0, "a", "b"));

    assertThat(log(0)).containsExactly("a", "b");
    assertThat(Warnings.take(line -> line.contains("without producer id"))).hasSize(1);
  }

  private Interception refuseProducerIds() {
    return fake.on(ApiKey.INIT_PRODUCER_ID)
        .always(Fault.error(ErrorCode.CLUSTER_AUTHORIZATION_FAILED));
  }

  @Test
  @Scenario({"G8", "G11"})
  void records_of_many_partitions_wait_for_one_producer_id() throws Exception {
    Gate gate = new Gate();
    fake.on(ApiKey.INIT_PRODUCER_ID).once(Fault.hold(gate));
    Producer<String, String> producer = producer();
    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      sent.add(send(producer, i % PARTITIONS, "v" + i));
    }
    gate.await(1, PATIENCE);
    assertThat(fake.requests().count(ApiKey.PRODUCE)).isZero();
    gate.open();

    getAll(sent);
    assertThat(ProducedBatches.of(fake))
        .extracting(ProducedBatches.Sent::producerId)
        .doesNotContain(-1L)
        .satisfies(ids -> assertThat(ids.stream().distinct()).hasSize(1));
  }

  @Test
  @Scenario({"G8", "G9"})
  void when_the_epochs_are_used_up_another_id_is_taken() throws Exception {
    fake.on(ApiKey.INIT_PRODUCER_ID)
        .once(
            Fault.answer(
                InitProducerIdRequest.class,
                asked ->
                    new InitProducerIdResponse()
                        .producerId(4711)
                        .producerEpoch((short) (Short.MAX_VALUE - 1))));
    Producer<String, String> producer = producer();
    get(send(producer, 0, "first"));
    get(send(producer, 1, "first"));
    for (int round = 0; round < 3; round++) {
      fake.on(ApiKey.PRODUCE)
          .where(ProduceRequest.class, request -> isFor(request, 0))
          .once(Fault.error(ErrorCode.UNKNOWN_PRODUCER_ID));
      getAll(send(producer, 0, "a" + round, "b" + round));
      getAll(send(producer, 1, "a" + round, "b" + round));
    }

    assertThat(log(0)).containsExactly("first", "a0", "b0", "a1", "b1", "a2", "b2");
    assertThat(log(1)).containsExactly("first", "a0", "b0", "a1", "b1", "a2", "b2");
    assertThat(sentFor(0)).extracting(ProducedBatches.Sent::epoch).allMatch(epoch -> epoch >= 0);
    assertThat(sentFor(0).stream().map(ProducedBatches.Sent::producerId).distinct()).hasSize(2);
  }

  @Test
  @Scenario("G11")
  void a_producer_without_records_to_number_asks_for_no_id() throws Exception {
    Producer<String, String> producer = producer("acks", "1");

    get(send(producer, 0, "a"));

    assertThat(fake.requests().count(ApiKey.INIT_PRODUCER_ID)).isZero();
    assertThat(sentFor(0)).noneMatch(ProducedBatches.Sent::isNumbered);
    producer.close(Duration.ofSeconds(10));
  }
}
