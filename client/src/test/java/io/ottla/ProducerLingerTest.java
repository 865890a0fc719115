package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.producer.Delivery;
import io.ottla.producer.Producer;
import io.ottla.protocol.message.ApiKey;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.Gate;
import io.ottla.testkit.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How long records wait for one another, and for nothing else. */
final class ProducerLingerTest extends FakeProducerTestBase {
  @Test
  @Scenario("L21")
  void keyless_records_share_a_batch_while_it_lingers() throws Exception {
    Producer<String, String> producer = producer("linger", "10m", "batch.records", "100");
    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      sent.add(producer.send("orders", "value " + i));
    }
    get(producer.flush());
    getAll(sent);

    assertThat(ProducedBatches.of(fake))
        .singleElement()
        .satisfies(batch -> assertThat(batch.count()).isEqualTo(60));
  }

  @Test
  @Scenario("L21")
  void with_the_next_batch_keyless_records_go_to_another_partition() throws Exception {
    Producer<String, String> producer = producer("linger", "10m", "batch.records", "10");
    Set<Integer> used = new TreeSet<>();
    for (int i = 0; i < 2_000 && used.size() < PARTITIONS; i++) {
      CompletableFuture<Delivery> sent = producer.send("orders", "value " + i);
      if (i % 10 == 9) {
        used.add(get(sent).partition());
      }
    }

    assertThat(used).hasSize(PARTITIONS);
    assertThat(ProducedBatches.of(fake)).allMatch(batch -> batch.count() == 10);
  }

  @Test
  @Scenario("L25")
  void flush_sends_at_once_what_would_linger() throws Exception {
    Producer<String, String> producer = producer("linger", "1h", "batch.records", "1000");
    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b", "c");
    sent = new ArrayList<>(sent);
    sent.add(producer.send("orders", "keyless"));

    get(producer.flush());

    assertThat(sent).allMatch(CompletableFuture::isDone);
    assertThat(log(0)).startsWith("a", "b", "c");
  }

  // Whoever waited for a back-off, or looked only now and then, would be here for minutes.
  @Test
  @Scenario("L24")
  void the_first_record_for_each_of_many_topics_waits_for_no_timer() throws Exception {
    for (int i = 0; i < 50; i++) {
      fake.createTopic("topic-" + i, 1);
    }
    Producer<String, String> producer =
        producer("retry.backoff", "1m", "retry.backoff.max", "1m", "linger", "1ms");
    for (int i = 0; i < 50; i++) {
      assertThat(get(producer.send("topic-" + i, "first")).offset()).isZero();
    }

    assertThat(fake.requests().count(ApiKey.METADATA)).isLessThan(120);
    assertThat(fake.requests().count(ApiKey.PRODUCE)).isEqualTo(50);
  }

  @Test
  @Scenario("L24")
  void many_new_topics_are_asked_for_together() throws Exception {
    for (int i = 0; i < 50; i++) {
      fake.createTopic("topic-" + i, 1);
    }
    Producer<String, String> producer = producer();
    get(send(producer, 0, "warm"));
    long before = fake.requests().count(ApiKey.METADATA);
    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      sent.add(producer.send("topic-" + i, "first"));
    }
    getAll(sent);

    assertThat(fake.requests().count(ApiKey.METADATA) - before).isLessThan(50);
  }

  // Nagle's rule: what comes while something is on its way goes together.
  @Test
  @Scenario("L24")
  void without_linger_records_wait_only_for_the_answer_that_is_outstanding() throws Exception {
    Producer<String, String> producer = producer("linger", "0ms", "batch.records", "1000");
    get(send(producer, 0, "first"));
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE).once(Fault.holdReply(gate));
    CompletableFuture<Delivery> held = send(producer, 0, "held");
    gate.await();
    List<CompletableFuture<Delivery>> behind =
        send(producer, 0, "1", "2", "3", "4", "5", "6", "7", "8", "9");
    gate.open();
    get(held);
    getAll(behind);

    assertThat(sentFor(0)).hasSize(3);
    assertThat(sentFor(0).get(2).count()).isEqualTo(9);
  }
}
