package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryListener;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.producer.Purge;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.Gate;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Waiting for more records, and for those that were sent. */
final class ProducerFlushTest extends FakeProducerTestBase {
  private static final String[] PATIENT = {
    "linger", "1h", "batch.records", "10000", "delivery.timeout", "2h"
  };

  @Test
  @Scenario("G19")
  void flush_is_not_starved_by_failures_that_go_on_for_ever() throws Exception {
    fake.createTopic("forbidden", 1);
    fake.on(ApiKey.PRODUCE)
        .where(
            ProduceRequest.class,
            request -> names(request).contains(fake.topicId("forbidden").toString()))
        .always(Fault.error(ErrorCode.TOPIC_AUTHORIZATION_FAILED));
    Producer<String, String> producer = producer();
    AtomicBoolean goesOn = new AtomicBoolean(true);
    AtomicInteger failures = new AtomicInteger();
    DeliveryListener again =
        new DeliveryListener() {
          @Override
          public void onReport(DeliveryReport report) {
            failures.incrementAndGet();
            if (goesOn.get()) {
              producer.send(ProducerRecord.record("forbidden", 0, "again"), this);
            }
          }
        };
    producer.send(ProducerRecord.record("forbidden", 0, "once"), again);
    CompletableFuture<Delivery> good = send(producer, 0, "good");

    for (int i = 0; i < 20; i++) {
      get(producer.flush());
    }

    assertThat(good).isDone();
    assertThat(failures).hasPositiveValue();
    goesOn.set(false);
    get(producer.flush());
    get(producer.flush());
  }

  private static List<String> names(ProduceRequest request) {
    return request.topicData().stream().map(topic -> topic.topicId().toString()).toList();
  }

  @Test
  @Scenario("G19")
  void flush_is_not_starved_by_senders_that_go_on_for_ever() throws Exception {
    Producer<String, String> producer = producer("batch.records", "100", "memory", "1MB");
    AtomicBoolean goesOn = new AtomicBoolean(true);
    Thread sender =
        new Thread(
            () -> {
              while (goesOn.get()) {
                CompletableFuture<Delivery> unused = send(producer, 0, "more");
              }
            });
    sender.start();
    try {
      for (int i = 0; i < 3; i++) {
        CompletableFuture<Delivery> mine = send(producer, 1, "mine" + i);
        get(producer.flush());
        assertThat(mine).isDone();
      }
    } finally {
      goesOn.set(false);
      sender.join();
    }
  }

  @Test
  @Scenario("G21")
  void linger_runs_out_while_the_partition_moves() throws Exception {
    Producer<String, String> producer = producer("linger", "2ms", "batch.records", "100");
    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      values.add("v" + i);
      sent.add(send(producer, 0, "v" + i));
      fake.partition("orders", 0).moveLeader(1 + i % 3);
      if (i % 3 == 0) {
        get(sent.get(i));
      }
    }

    getAll(sent);
    assertThat(log(0)).containsExactlyElementsOf(values);
  }

  @Test
  @Scenario("G21")
  void linger_runs_out_while_there_is_no_leader() throws Exception {
    Producer<String, String> producer = producer("linger", "5ms", "batch.records", "100");
    get(send(producer, 0, "first"));
    fake.partition("orders", 0).loseLeader();

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b", "c");
    fake.requests().await(ApiKey.METADATA, fake.requests().count(ApiKey.METADATA) + 2, PATIENCE);
    assertThat(sent).noneMatch(CompletableFuture::isDone);
    fake.partition("orders", 0).moveLeader(3);

    getAll(sent);
    assertThat(log(0)).containsExactly("first", "a", "b", "c");
  }

  @Test
  @Scenario("G23")
  void flush_does_not_wait_for_linger() throws Exception {
    Producer<String, String> producer = producer(PATIENT);
    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      sent.addAll(send(producer, partition, "a", "b"));
    }
    assertThat(sent).noneMatch(CompletableFuture::isDone);

    get(producer.flush());

    assertThat(sent).allMatch(CompletableFuture::isDone);
    getAll(sent);
    assertThat(fake.requests().count(ApiKey.PRODUCE)).isLessThanOrEqualTo(PARTITIONS);
  }

  @Test
  @Scenario("G23")
  void close_does_not_wait_for_linger() throws Exception {
    Producer<String, String> producer = producer(PATIENT);
    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b", "c");

    producer.close(PATIENCE);

    getAll(sent);
    assertThat(log(0)).containsExactly("a", "b", "c");
  }

  @Test
  @Scenario("G23")
  void records_that_are_sent_during_a_flush_linger() throws Exception {
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE).once(Fault.hold(gate));
    Producer<String, String> producer = producer(PATIENT);
    CompletableFuture<Delivery> before = send(producer, 0, "before");
    CompletableFuture<Void> flushed = producer.flush();
    gate.await(1, PATIENCE);

    CompletableFuture<Delivery> after = send(producer, 0, "after");
    gate.open();

    get(flushed);
    get(before);
    get(producer.partitions("orders"));
    assertThat(after).isNotDone();
    get(producer.flush());
    get(after);
  }

  @Test
  @Scenario("G23")
  void a_flush_of_nothing_ends_at_once() throws Exception {
    Producer<String, String> producer = producer(PATIENT);

    get(producer.flush());
    get(producer.flush());

    assertThat(fake.requests().count(ApiKey.PRODUCE)).isZero();
  }

  @Test
  @Scenario({"G18", "G23"})
  void a_flush_ends_when_what_it_waits_for_is_purged() throws Exception {
    Producer<String, String> producer = producer();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      fake.partition("orders", partition).loseLeader();
    }
    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b", "c");
    CompletableFuture<Void> flushed = producer.flush();

    get(producer.purge(Purge.QUEUED));

    get(flushed);
    for (CompletableFuture<Delivery> one : sent) {
      failureOf(one);
    }
    producer.close(Duration.ofSeconds(10));
  }
}
