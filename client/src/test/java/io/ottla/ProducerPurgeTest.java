package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.Producer;
import io.ottla.producer.Purge;
import io.ottla.protocol.message.ApiKey;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.Gate;
import io.ottla.testkit.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Records that are given up: each is told whether somebody can have it. */
final class ProducerPurgeTest extends FakeProducerTestBase {
  private final AtomicInteger reports = new AtomicInteger();
  private final Gate gate = new Gate();
  private final List<CompletableFuture<Delivery>> inFlight = new ArrayList<>();
  private final List<CompletableFuture<Delivery>> queued = new ArrayList<>();

  /** One batch is held before it is written, so that none is pipelined; more wait. */
  private Producer<String, String> withRecordsOnTheirWay() {
    Producer<String, String> producer =
        producer(b -> b.onReport(report -> reports.incrementAndGet()));
    fake.on(ApiKey.PRODUCE).broker(leader(0)).once(Fault.hold(gate));
    inFlight.add(send(producer, 0, "in flight"));
    gate.await();
    queued.addAll(send(producer, 0, "q1", "q2", "q3", "q4", "q5", "q6"));
    queued.add(producer.send("no-such-topic", "q7"));
    return producer;
  }

  @Test
  @Scenario("L37")
  void what_is_queued_fails_as_not_sent_and_what_is_in_flight_goes_on() throws Exception {
    Producer<String, String> producer = withRecordsOnTheirWay();

    CompletableFuture<Void> purged = producer.purge(Purge.QUEUED);
    fake.requests().await(ApiKey.PRODUCE, 1, PATIENCE);
    assertThat(inFlight).noneMatch(CompletableFuture::isDone);
    gate.open(); // reports are in order: that of the first comes first
    get(purged);

    for (CompletableFuture<Delivery> one : queued) {
      assertThat(failureOf(one).outcome()).isEqualTo(SendOutcome.NOT_SENT);
      assertThat(failureOf(one)).hasMessageContaining("purge");
    }
    getAll(inFlight);
    assertWritten(get(send(producer, 0, "after")), "after");
    assertThat(log(0)).containsExactly("in flight", "after");
    get(producer.flush());
    assertThat(reports).hasValue(queued.size() + inFlight.size() + 1);
  }

  @Test
  @Scenario("L37")
  void what_is_in_flight_fails_as_unknown_if_all_is_purged() throws Exception {
    Producer<String, String> producer = withRecordsOnTheirWay();

    get(producer.purge(Purge.ALL));

    OttlaException failure = failureOf(inFlight.get(0));
    assertThat(failure.outcome()).isEqualTo(SendOutcome.UNKNOWN);
    for (CompletableFuture<Delivery> one : queued) {
      assertThat(failureOf(one).outcome()).isEqualTo(SendOutcome.NOT_SENT);
    }
    gate.open();
    assertWritten(get(send(producer, 0, "after")), "after");
    assertThat(log(0)).containsExactly("in flight", "after");
    get(producer.flush());
    assertThat(reports).hasValue(queued.size() + inFlight.size() + 1);
  }

  @Test
  @Scenario("L37")
  void what_lingers_is_purged_too() throws Exception {
    Producer<String, String> producer = producer("linger", "1h", "batch.records", "100");
    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b");
    get(producer.purge(Purge.QUEUED));

    for (CompletableFuture<Delivery> one : sent) {
      assertThat(failureOf(one).outcome()).isEqualTo(SendOutcome.NOT_SENT);
    }
    CompletableFuture<Delivery> after = send(producer, 0, "after");
    get(producer.flush());
    assertWritten(get(after), "after");
    assertThat(log(0)).containsExactly("after");
  }

  @Test
  @Scenario("L37")
  void a_purge_of_nothing_ends_at_once() throws Exception {
    Producer<String, String> producer = producer();
    get(producer.purge(Purge.ALL));
    get(send(producer, 0, "a"));
    get(producer.purge(Purge.ALL));

    assertThat(log(0)).containsExactly("a");
  }

  @Test
  @Scenario("L37")
  void a_purge_from_within_a_report_purges() throws Exception {
    Producer<String, String> producer = withRecordsOnTheirWay();
    CompletableFuture<CompletableFuture<Void>> purged = new CompletableFuture<>();
    producer.send(
        io.ottla.producer.ProducerRecord.record("orders", 1, "trigger"),
        report -> purged.complete(producer.purge(Purge.QUEUED)));

    CompletableFuture<Void> end = get(purged);
    gate.open();
    get(end);
    getAll(inFlight);
    for (CompletableFuture<Delivery> one : queued) {
      assertThat(failureOf(one).outcome()).isEqualTo(SendOutcome.NOT_SENT);
    }
  }
}
