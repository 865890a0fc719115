package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.Producer;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.fake.FakePartition;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.Gate;
import io.ottla.testkit.scenario.Scenario;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The broker says that a sequence number is out of order: is the batch there already, or lost? */
final class ProducerOutOfOrderTest extends FakeProducerTestBase {
  private final FakePartition partition = fake.partition("orders", 0);
  private final int leader = leader(0);

  /**
   * Three batches are in the log, nobody has said so, and their leader, which has no followers,
   * remembers only the last of them.
   */
  private List<CompletableFuture<Delivery>> sendThreeThatAreForgotten(
      Producer<String, String> producer) throws Exception {
    partition.reassign(leader);
    get(send(producer, 0, "first"));
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE)
        .broker(leader)
        .sequence(
            Fault.hold(gate).and(Fault.errorAfter(ErrorCode.REQUEST_TIMED_OUT)),
            Fault.errorAfter(ErrorCode.REQUEST_TIMED_OUT),
            Fault.then(() -> fake.broker(leader).restart()));
    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b", "c");
    fake.await(() -> fake.broker(leader).waitingRequests() == 2, PATIENCE);
    gate.open();
    return sent;
  }

  @Test
  @Scenario({"G5", "G10"})
  void what_the_log_covers_is_delivered_and_not_written_again() throws Exception {
    Producer<String, String> producer = producer();

    List<CompletableFuture<Delivery>> sent = sendThreeThatAreForgotten(producer);

    getAll(sent);
    get(send(producer, 0, "d"));
    assertThat(log(0)).containsExactly("first", "a", "b", "c", "d");
    assertThat(fake.requests().count(ApiKey.DESCRIBE_PRODUCERS)).isPositive();
    for (int i = 0; i < 3; i++) {
      assertThat(get(sent.get(i)).offset()).isIn(Delivery.UNKNOWN_OFFSET, i + 1L);
    }
  }

  static Stream<Fault> refusals() {
    return Stream.of(
        Fault.error(ErrorCode.TOPIC_AUTHORIZATION_FAILED),
        Fault.error(ErrorCode.CLUSTER_AUTHORIZATION_FAILED),
        Fault.error(ErrorCode.UNSUPPORTED_VERSION));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  @Scenario({"G5", "G10"})
  void what_nobody_may_ask_about_stays_unknown_and_the_rest_goes_on(Fault refusal)
      throws Exception {
    fake.on(ApiKey.DESCRIBE_PRODUCERS).always(refusal);
    Producer<String, String> producer = producer();

    List<CompletableFuture<Delivery>> sent = sendThreeThatAreForgotten(producer);
    get(producer.flush());

    for (CompletableFuture<Delivery> one : sent) {
      if (one.isCompletedExceptionally()) {
        assertThat(failureOf(one).outcome()).isEqualTo(SendOutcome.UNKNOWN);
      }
    }
    assertWritten(get(send(producer, 0, "d")), "d");
    assertThat(log(0)).containsExactly("first", "a", "b", "c", "d");
  }

  @Test
  @Scenario({"G5", "G10"})
  void a_broker_without_describe_producers_leaves_it_unknown() throws Exception {
    fake.brokers().forEach(broker -> broker.withdraw(ApiKey.DESCRIBE_PRODUCERS));
    Producer<String, String> producer = producer();

    List<CompletableFuture<Delivery>> sent = sendThreeThatAreForgotten(producer);
    get(producer.flush());

    assertThat(sent).allMatch(CompletableFuture::isDone);
    assertWritten(get(send(producer, 0, "d")), "d");
    assertThat(log(0)).containsExactly("first", "a", "b", "c", "d");
  }

  @Test
  @Scenario("G10")
  void a_log_that_has_lost_acknowledged_records_takes_the_next_ones() throws Exception {
    Producer<String, String> producer = producer();
    getAll(send(producer, 0, "a", "b", "c"));
    partition.truncate(1); // an unclean election: what was acknowledged is gone

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "d", "e");

    getAll(sent);
    assertThat(log(0)).containsExactly("a", "d", "e");
    assertThat(get(sent.get(1)).offset()).isEqualTo(2);
  }

  @Test
  @Scenario({"G5", "G10"})
  void what_was_written_and_lost_again_before_anybody_knew_is_written_once_more() throws Exception {
    // 1: "a" to "c" are acknowledged, "d" is written, its answer lost. 2: an unclean election takes
    // "b" to "d". 3: "d" is sent again, and out of order; the log does not cover it.
    Producer<String, String> producer = producer();
    getAll(send(producer, 0, "a", "b", "c"));
    fake.on(ApiKey.PRODUCE)
        .broker(leader)
        .once(Fault.then(() -> partition.truncate(1)).and(Fault.closeAfter()));

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "d", "e");

    getAll(sent);
    assertThat(log(0)).containsExactly("a", "d", "e");
  }

  @Test
  @Scenario({"G5", "G9"})
  void a_topic_that_was_made_anew_gets_what_was_unknown() throws Exception {
    Producer<String, String> producer = producer();
    getAll(send(producer, 0, "a", "b"));
    fake.on(ApiKey.PRODUCE)
        .broker(leader)
        .once(Fault.then(() -> fake.recreateTopic("orders")).and(Fault.closeAfter()));

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "c", "d");

    getAll(sent);
    assertThat(log(0)).containsExactly("c", "d");
  }
}
