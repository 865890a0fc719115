package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.Producer;
import io.ottla.producer.Purge;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.Gate;
import io.ottla.testkit.fake.Interception;
import io.ottla.testkit.fake.SeenRequest;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody knows whether a batch was written: then it is neither lost, nor written twice. */
final class ProducerUnknownOutcomeTest extends FakeProducerTestBase {
  private static final String SOON = "700ms";

  @ParameterizedTest
  @EnumSource(names = {"REQUEST_TIMED_OUT", "NOT_ENOUGH_REPLICAS_AFTER_APPEND"})
  @Scenario("G5")
  void an_answer_that_leaves_it_open_is_asked_again_with_the_same_numbers(ErrorCode answer)
      throws Exception {
    Interception left = fake.on(ApiKey.PRODUCE).times(4, Fault.errorAfter(answer));
    Producer<String, String> producer = producer();

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b", "c");

    getAll(sent);
    assertThat(left.hits()).isEqualTo(4);
    assertThat(log(0)).containsExactly("a", "b", "c");
    assertThat(sentFor(0)).extracting(ProducedBatches.Sent::epoch).containsOnly((short) 0);
    assertWritten(get(sent.get(0)), "a");
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUEST_TIMED_OUT", "NOT_ENOUGH_REPLICAS_AFTER_APPEND"})
  @Scenario("G5")
  void what_is_open_at_its_deadline_does_not_make_the_next_record_vanish(ErrorCode answer)
      throws Exception {
    // 1: "a" is in the log with number 0, and nobody says so. 2: its time is over. 3: if "b" took
    // number 0, the broker would take it for "a" and answer that it has been written.
    Interception open = fake.on(ApiKey.PRODUCE).always(Fault.errorAfter(answer));
    Producer<String, String> producer =
        producer("delivery.timeout", SOON, "request.timeout", "200ms");

    sendUntilUnknown(producer, "a");
    open.remove();

    assertWritten(sendUntilIn(producer, 0, "b"), "b");
    assertWritten(sendUntilIn(producer, 0, "c"), "c");
    assertThat(log(0)).containsExactly("a", "b", "c");
  }

  @Test
  @Scenario("G5")
  void what_was_never_written_does_not_stand_in_the_way_of_the_next_record() throws Exception {
    Interception open = fake.on(ApiKey.PRODUCE).always(Fault.error(ErrorCode.REQUEST_TIMED_OUT));
    Producer<String, String> producer =
        producer("delivery.timeout", SOON, "request.timeout", "200ms");

    sendUntilUnknown(producer, "a");
    open.remove();

    assertWritten(sendUntilIn(producer, 0, "b"), "b");
    assertWritten(sendUntilIn(producer, 0, "c"), "c");
    assertThat(log(0)).filteredOn("a"::equals).hasSizeLessThanOrEqualTo(1);
  }

  /** A slow machine may not even send it in so short a time; then it is sent again. */
  private static void sendUntilUnknown(Producer<String, String> producer, String value)
      throws Exception {
    SendOutcome outcome = SendOutcome.NOT_SENT;
    while (outcome == SendOutcome.NOT_SENT) {
      outcome = failureOf(send(producer, 0, value)).outcome();
    }
    assertThat(outcome).isEqualTo(SendOutcome.UNKNOWN);
  }

  @Test
  @Scenario("G5")
  void a_limit_of_retries_does_not_turn_unknown_into_not_written() throws Exception {
    Interception open =
        fake.on(ApiKey.PRODUCE).always(Fault.errorAfter(ErrorCode.REQUEST_TIMED_OUT));
    Producer<String, String> producer = producer("retries", "0", "delivery.timeout", "2s");

    OttlaException failure = failureOf(send(producer, 0, "a"));
    open.remove();
    Delivery next = get(send(producer, 0, "b"));

    assertThat(failure.outcome()).isEqualTo(SendOutcome.UNKNOWN);
    assertWritten(next, "b");
    assertThat(log(0)).containsExactly("a", "b");
  }

  @Test
  @Scenario({"G5", "G7"})
  void what_is_purged_while_it_is_open_does_not_make_the_next_record_vanish() throws Exception {
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE).once(Fault.holdReply(gate));
    Producer<String, String> producer = producer();
    CompletableFuture<Delivery> a = send(producer, 0, "a");
    CompletableFuture<Delivery> queued = send(producer, 0, "queued");
    gate.await(1, PATIENCE);

    CompletableFuture<Void> purged = producer.purge(Purge.ALL);
    get(purged);
    assertThat(failureOf(a).outcome()).isEqualTo(SendOutcome.UNKNOWN);
    assertThat(failureOf(queued).outcome()).isEqualTo(SendOutcome.NOT_SENT);
    CompletableFuture<Delivery> b = send(producer, 0, "b");
    gate.open();

    assertWritten(get(b), "b");
    assertThat(log(0)).containsExactly("a", "b");
  }

  static Stream<Arguments> deaths() {
    return Stream.of(
        Arguments.of("before it was applied", Fault.closeBefore(), 0),
        Arguments.of("reset before it was applied", Fault.resetBefore(), 0),
        Arguments.of("after it was applied", Fault.closeAfter(), 1),
        Arguments.of("reset after it was applied", Fault.resetAfter(), 1),
        Arguments.of("in the middle of the reply", Fault.halfReply(17), 1),
        Arguments.of("when the reply's length had come", Fault.halfReply(4), 1),
        Arguments.of("never, but the reply is lost", Fault.loseReply(), 1),
        Arguments.of("never, but half a reply is lost", Fault.stuckReply(11), 1),
        Arguments.of("never, but the request is ignored", Fault.ignore(), 0),
        Arguments.of("for a wrong number", Fault.wrongCorrelation(1), 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deaths")
  @Scenario("G6")
  void a_connection_dies(String when, Fault fault, int inLogThen) throws Exception {
    Producer<String, String> producer = producer("request.timeout", "1s");
    get(send(producer, 0, "first"));
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE).broker(leader(0)).once(Fault.hold(gate).and(fault));

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b", "c", "d");
    fake.await(() -> fake.broker(leader(0)).waitingRequests() == 3, PATIENCE);
    gate.open();

    getAll(sent);
    assertThat(log(0)).containsExactly("first", "a", "b", "c", "d");
    for (int i = 0; i < 4; i++) {
      assertThat(get(sent.get(i)).offset()).isEqualTo(i + 1);
    }
    assertThat(sentFor(0).stream().filter(batch -> batch.sequence() == 1))
        .as("the same numbers, over another connection")
        .hasSizeGreaterThan(1)
        .allSatisfy(batch -> assertThat(batch.epoch()).isZero())
        .extracting(ProducedBatches.Sent::connection)
        .doesNotHaveDuplicates();
    Warnings.take(line -> line.contains("correlation"));
  }

  @Test
  @Scenario("G6")
  void a_connection_that_dies_again_and_again_costs_nothing_but_time() throws Exception {
    Producer<String, String> producer = producer();
    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    List<String> values = new ArrayList<>();
    fake.on(ApiKey.PRODUCE).broker(leader(0)).where(everyThird()).always(Fault.closeAfter());
    for (int i = 0; i < 60; i++) {
      values.add("v" + i);
      sent.add(send(producer, 0, "v" + i));
    }

    getAll(sent);
    assertThat(log(0)).containsExactlyElementsOf(values);
    for (int i = 0; i < 60; i++) {
      Delivery delivery = get(sent.get(i));
      assertThat(delivery.hasOffset()).as("still remembered by the broker").isTrue();
      assertThat(delivery.offset()).isEqualTo(i);
    }
  }

  private static Predicate<SeenRequest> everyThird() {
    AtomicInteger count = new AtomicInteger();
    return request -> count.incrementAndGet() % 3 == 0;
  }

  @Test
  @Scenario("G6")
  void a_leader_that_dies_after_it_has_written_hands_on_what_it_knows() throws Exception {
    Producer<String, String> producer = producer();
    get(send(producer, 0, "first"));
    int old = leader(0);
    fake.on(ApiKey.PRODUCE)
        .broker(old)
        .once(Fault.then(() -> fake.broker(old).kill()).and(Fault.closeAfter()));

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b", "c");

    getAll(sent);
    assertThat(log(0)).containsExactly("first", "a", "b", "c");
    assertThat(leader(0)).isNotEqualTo(old);
  }

  @Test
  @Scenario("G7")
  void a_cancelled_future_ends_and_leaves_no_hole() throws Exception {
    Producer<String, String> producer = producer();
    get(send(producer, 0, "first"));
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE).broker(leader(0)).once(Fault.hold(gate));
    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b", "c", "d", "e", "f", "g");
    gate.await(1, PATIENCE);

    sent.get(0).cancel(true); // in flight
    sent.get(6).cancel(true); // in the queue
    CompletableFuture<Void> flushed = producer.flush();
    gate.open();

    get(flushed);
    assertThat(log(0))
        .containsSubsequence("first", "b", "c", "d", "e", "f")
        .doesNotHaveDuplicates();
    assertWritten(get(send(producer, 0, "h")), "h");
    assertThat(sent.get(0)).isCancelled();
  }
}
