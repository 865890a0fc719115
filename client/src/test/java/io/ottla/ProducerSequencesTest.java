package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.Producer;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.Gate;
import io.ottla.testkit.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One to five batches are on their way when an acknowledgement gets lost. */
final class ProducerSequencesTest extends FakeProducerTestBase {
  /** A producer whose first success is behind it, so that it may have five in flight. */
  private Producer<String, String> warm(String... options) throws Exception {
    Producer<String, String> producer = producer(options);
    get(send(producer, 0, "warm"));
    return producer;
  }

  private static String[] values(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(i -> "value " + i).toArray(String[]::new);
  }

  private void assertAllWrittenOnceInOrder(List<CompletableFuture<Delivery>> sent, int count)
      throws Exception {
    getAll(sent);
    List<String> expected = new ArrayList<>(List.of("warm"));
    expected.addAll(List.of(values(0, count)));
    assertThat(log(0)).isEqualTo(expected);
    for (int i = 0; i < count; i++) {
      Delivery told = get(sent.get(i));
      assertThat(told.partition()).isZero();
      if (told.hasOffset()) {
        assertThat(told.offset()).isEqualTo(i + 1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "3,2", "5,4", "5,5"})
  @Scenario("L43")
  void several_acknowledgements_that_are_lost_one_after_the_other_cost_nothing(
      int batches, int losses) throws Exception {
    Producer<String, String> producer = warm("request.timeout", "400ms");
    var lost = fake.on(ApiKey.PRODUCE).times(losses, Fault.loseReply());
    List<CompletableFuture<Delivery>> sent = send(producer, 0, values(0, batches));

    assertAllWrittenOnceInOrder(sent, batches);
    assertThat(lost.hits()).isPositive();
  }

  // A slow socket: some time out before they are sent, one while it is under way.
  @Test
  @Scenario("L44")
  void records_that_time_out_in_the_middle_leave_the_others_whole_and_in_order() throws Exception {
    Producer<String, String> producer =
        warm("delivery.timeout", "2s", "request.timeout", "1s", "max.in.flight", "1");
    List<CompletableFuture<Delivery>> sent = new ArrayList<>(send(producer, 0, values(0, 3)));
    getAll(sent);
    Gate gate = new Gate();
    var held = fake.on(ApiKey.PRODUCE).broker(leader(0)).always(Fault.hold(gate));
    sent.addAll(send(producer, 0, values(3, 10)));
    OttlaException last = failureOf(sent.get(sent.size() - 1));
    assertThat(last.outcome()).isEqualTo(SendOutcome.NOT_SENT);
    held.remove();
    gate.open();
    int next = 13;
    do {
      sent.addAll(send(producer, 0, values(next, 5)));
      next += 5;
      get(producer.flush());
    } while (outcome(sent.get(next - 1)) != null);

    List<String> log = log(0);
    assertThat(log).doesNotHaveDuplicates();
    List<String> wanted = new ArrayList<>(List.of("warm"));
    for (int i = 0; i < sent.size(); i++) {
      SendOutcome outcome = outcome(sent.get(i));
      boolean isThere = log.contains("value " + i);
      if (outcome == null) {
        assertThat(isThere).as("acknowledged " + i).isTrue();
      } else if (outcome != SendOutcome.UNKNOWN) {
        assertThat(isThere).as(outcome + " " + i).isFalse();
      }
      if (isThere) {
        wanted.add("value " + i);
      }
    }
    assertThat(log).isEqualTo(wanted);
  }

  private static @Nullable SendOutcome outcome(CompletableFuture<Delivery> one) throws Exception {
    try {
      get(one);
      return null;
    } catch (ExecutionException failed) {
      return ((OttlaException) Objects.requireNonNull(failed.getCause())).outcome();
    }
  }

  // All five are written, none is acknowledged, the connection dies.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  @Scenario({"L43", "L45"})
  void a_connection_that_dies_under_written_batches_leads_to_no_desynchronisation(int batches)
      throws Exception {
    Producer<String, String> producer = warm();
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE).once(Fault.holdReply(gate));
    List<CompletableFuture<Delivery>> sent = new ArrayList<>(send(producer, 0, values(0, batches)));
    gate.await();
    fake.broker(leader(0)).resetConnections();
    gate.open();
    sent.addAll(send(producer, 0, values(batches, 5)));

    assertAllWrittenOnceInOrder(sent, batches + 5);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  @Scenario({"L43", "L45"})
  void a_leader_that_moves_under_written_batches_leads_to_no_desynchronisation(int batches)
      throws Exception {
    Producer<String, String> producer = warm();
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE).once(Fault.holdReply(gate));
    List<CompletableFuture<Delivery>> sent = new ArrayList<>(send(producer, 0, values(0, batches)));
    gate.await();
    int old = leader(0);
    fake.partition("orders", 0).moveLeader(otherThanLeader(0));
    fake.broker(old).resetConnections();
    gate.open();
    sent.addAll(send(producer, 0, values(batches, 5)));

    assertAllWrittenOnceInOrder(sent, batches + 5);
  }

  @Test
  @Scenario("L46")
  void duplicate_sequence_is_a_success() throws Exception {
    Producer<String, String> producer = warm();
    fake.on(ApiKey.PRODUCE)
        .sequence(
            Fault.closeAfter(),
            Fault.edit(ProduceResponse.class, ProducerSequencesTest::sayDuplicate));
    List<CompletableFuture<Delivery>> sent = new ArrayList<>(send(producer, 0, values(0, 1)));
    Delivery delivery = get(sent.get(0));
    sent.addAll(send(producer, 0, values(1, 5)));

    assertThat(delivery.hasOffset()).isFalse();
    assertAllWrittenOnceInOrder(sent, 6);
  }

  private static void sayDuplicate(ProduceResponse answer) {
    answer
        .responses()
        .forEach(
            topic ->
                topic
                    .partitionResponses()
                    .forEach(
                        partition ->
                            partition
                                .errorCode(ErrorCode.DUPLICATE_SEQUENCE_NUMBER.code())
                                .baseOffset(-1)));
  }

  @Test
  @Scenario("L46")
  void the_success_of_a_repetition_is_a_success_with_the_first_offset() throws Exception {
    Producer<String, String> producer = warm();
    fake.on(ApiKey.PRODUCE).once(Fault.closeAfter());
    List<CompletableFuture<Delivery>> sent = send(producer, 0, values(0, 1));

    assertThat(get(sent.get(0)).offset()).isEqualTo(1);
    assertAllWrittenOnceInOrder(sent, 1);
  }

  @ParameterizedTest
  @CsvSource({"1,3", "2,5", "5,5"})
  @Scenario("L47")
  void batches_that_were_appended_to_too_few_replicas_are_acknowledged_once(int bad, int batches)
      throws Exception {
    Producer<String, String> producer = warm();
    fake.on(ApiKey.PRODUCE)
        .times(bad, Fault.errorAfter(ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND));
    List<CompletableFuture<Delivery>> sent = send(producer, 0, values(0, batches));

    assertAllWrittenOnceInOrder(sent, batches);
  }

  // The n-th acknowledgement of five is lost, with its connection.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  @Scenario("L43")
  void an_acknowledgement_that_is_lost_costs_nothing(int lost) throws Exception {
    Producer<String, String> producer = warm();
    var closed = fake.on(ApiKey.PRODUCE).nth(lost, Fault.closeAfter());
    List<CompletableFuture<Delivery>> sent = send(producer, 0, values(0, 20));

    assertAllWrittenOnceInOrder(sent, 20);
    assertThat(closed.hits()).isEqualTo(1);
  }
}
