package io.ottla;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.error.TimeoutException;
import io.ottla.producer.Delivery;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseTopic;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.Interception;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Metadata that is wrong, old or strange, and topics that come and go. */
final class ProducerMetadataTest extends FakeProducerTestBase {
  private static Fault tell(Consumer<MetadataResponseTopic> change) {
    return Fault.edit(
        MetadataResponse.class,
        answer ->
            answer.topics().stream()
                .filter(topic -> "orders".equals(topic.name()))
                .forEach(change));
  }

  private static Fault tellOfNoPartitions() {
    return tell(topic -> topic.partitions(new ArrayList<>()));
  }

  private static Fault tellNothingOf(int partition) {
    return tell(
        topic ->
            topic.partitions(
                topic.partitions().stream()
                    .filter(each -> each.partitionIndex() != partition)
                    .toList()));
  }

  private void awaitAnswersAfter(long before, int count) {
    fake.requests().await(ApiKey.METADATA, before + count, PATIENCE);
  }

  private long askedSoFar() {
    return fake.requests().count(ApiKey.METADATA);
  }

  @Test
  @Scenario("G26")
  void a_topic_that_is_deleted_and_made_anew_gets_what_is_sent_meanwhile() throws Exception {
    Producer<String, String> producer = producer();
    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      get(send(producer, round, "before"));
      fake.recreateTopic("orders");
      for (int partition = 0; partition < PARTITIONS; partition++) {
        sent.addAll(send(producer, partition, round + "a", round + "b"));
      }
      getAll(sent);
    }

    for (int partition = 0; partition < PARTITIONS; partition++) {
      assertThat(log(partition)).containsExactly("4a", "4b");
    }
  }

  @Test
  @Scenario("G26")
  void a_topic_that_is_gone_for_a_while_is_waited_for() throws Exception {
    Producer<String, String> producer = producer();
    get(send(producer, 0, "old"));
    long before = askedSoFar();
    fake.deleteTopic("orders");
    List<CompletableFuture<Delivery>> sent = new ArrayList<>(send(producer, 0, "a", "b"));
    awaitAnswersAfter(before, 2);
    sent.add(send(producer, 0, "c"));
    fake.createTopic("orders", PARTITIONS);

    getAll(sent);
    assertThat(log(0)).containsExactly("a", "b", "c");
  }

  @Test
  @Scenario("G26")
  void a_topic_that_is_made_anew_with_fewer_partitions_fails_what_has_no_place_any_more()
      throws Exception {
    Producer<String, String> producer = producer("delivery.timeout", "3s");
    sendUntilIn(producer, 0, "old");
    sendUntilIn(producer, 5, "old");
    fake.deleteTopic("orders");
    fake.createTopic("orders", 2);

    CompletableFuture<Delivery> nowhere = send(producer, 5, "nowhere");
    sendUntilIn(producer, 0, "somewhere");

    assertThat(failureOf(nowhere).outcome()).isNotEqualTo(SendOutcome.UNKNOWN);
    assertThat(log(0)).containsExactly("somewhere");
    get(producer.flush());
  }

  @Test
  @Scenario("G26")
  void a_topic_that_stays_away_fails_its_records_and_no_others() throws Exception {
    fake.createTopic("other", 1);
    Producer<String, String> producer = producer("delivery.timeout", "1s");
    get(send(producer, 0, "old"));
    getAll(List.of(producer.send(ProducerRecord.record("other", 0, "old"))));
    fake.deleteTopic("orders");

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b", "c");
    get(producer.send(ProducerRecord.record("other", 0, "new")));

    for (CompletableFuture<Delivery> one : sent) {
      OttlaException failure = failureOf(one);
      assertThat(failure).isInstanceOfAny(TimeoutException.class, RefusedException.class);
      assertThat(failure).hasMessageContaining("orders");
    }
    get(producer.flush());
    fake.createTopic("orders", PARTITIONS);
    sendUntilIn(producer, 0, "d");
    assertThat(log(0)).containsExactly("d");
  }

  @Test
  @Scenario("G27")
  void a_topic_with_no_partitions_swallows_nothing() throws Exception {
    Interception lie = fake.on(ApiKey.METADATA).always(tellOfNoPartitions());
    Producer<String, String> producer = producer("delivery.timeout", "1s");

    OttlaException keyless = failureOf(producer.send("orders", "keyless"));
    OttlaException keyed = failureOf(producer.send("orders", "key", "keyed"));
    OttlaException placed = failureOf(send(producer, 0, "placed"));

    assertThat(List.of(keyless, keyed, placed))
        .allSatisfy(
            failure -> {
              assertThat(failure.outcome()).isEqualTo(SendOutcome.NOT_SENT);
              assertThat(failure).hasMessageContaining("orders");
            });
    lie.remove();
    Delivery delivery = get(producer.send("orders", "the next one"));
    assertWritten(delivery, "the next one");
    assertThat(fake.records("orders")).hasSize(1);
  }

  @Test
  @Scenario("G27")
  void a_topic_whose_partitions_come_late_gets_what_waited() throws Exception {
    fake.on(ApiKey.METADATA).times(3, tellOfNoPartitions());
    Producer<String, String> producer = producer();

    List<CompletableFuture<Delivery>> sent =
        List.of(
            producer.send("orders", "keyless"),
            producer.send("orders", "key", "keyed"),
            send(producer, 4, "placed"));

    getAll(sent);
    assertThat(fake.records("orders")).hasSize(3);
    assertThat(log(4)).contains("placed");
  }

  @Test
  @Scenario("G27")
  void a_known_topic_that_is_told_to_have_no_partitions_keeps_its_records() throws Exception {
    Producer<String, String> producer = producer("metadata.max.age", "20ms");
    get(send(producer, 0, "first"));
    long before = askedSoFar();
    Interception lie = fake.on(ApiKey.METADATA).always(tellOfNoPartitions());
    awaitAnswersAfter(before, 3);

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b");
    CompletableFuture<Delivery> keyless = producer.send("orders", "keyless");
    awaitAnswersAfter(before, 6);
    lie.remove();

    getAll(sent);
    assertWritten(get(keyless), "keyless");
    assertThat(log(0)).containsSubsequence("first", "a", "b");
  }

  @Test
  @Scenario("G28")
  void a_new_partition_that_old_metadata_omits_gets_its_records() throws Exception {
    Producer<String, String> producer = producer();
    get(send(producer, 0, "first"));
    fake.growTopic("orders", PARTITIONS + 1);
    Interception stale = fake.on(ApiKey.METADATA).times(3, tellNothingOf(PARTITIONS));

    List<CompletableFuture<Delivery>> sent = send(producer, PARTITIONS, "a", "b");

    getAll(sent);
    assertThat(stale.hits()).isEqualTo(3);
    assertThat(log(PARTITIONS)).containsExactly("a", "b");
  }

  @Test
  @Scenario("G28")
  void a_partition_that_old_metadata_omits_for_a_while_keeps_its_records() throws Exception {
    Producer<String, String> producer = producer("metadata.max.age", "20ms");
    getAll(send(producer, 4, "first", "second"));
    long before = askedSoFar();
    Interception stale = fake.on(ApiKey.METADATA).always(tellNothingOf(4));
    awaitAnswersAfter(before, 3);

    List<CompletableFuture<Delivery>> sent = send(producer, 4, "a", "b");
    awaitAnswersAfter(before, 6);
    stale.remove();

    getAll(sent);
    assertThat(log(4)).containsExactly("first", "second", "a", "b");
  }

  @Test
  @Scenario("G28")
  void a_partition_that_does_not_exist_fails_its_records_and_no_others() throws Exception {
    Producer<String, String> producer = producer("delivery.timeout", "2s");
    sendUntilIn(producer, 0, "first");

    CompletableFuture<Delivery> nowhere = send(producer, 17, "nowhere");
    sendUntilIn(producer, 0, "somewhere");

    OttlaException failure = failureOf(nowhere);
    assertThat(failure.outcome()).isEqualTo(SendOutcome.NOT_SENT);
    assertThat(failure).hasMessageContaining("orders").hasMessageContaining("17");
    get(producer.flush());
    sendUntilIn(producer, 0, "somewhere else");
    assertThat(ProducedBatches.of(fake)).noneMatch(sent -> sent.partition() == 17);
  }

  @Test
  @Scenario("G29")
  void while_no_partition_has_a_leader_records_are_kept() throws Exception {
    Producer<String, String> producer = producer();
    get(producer.send("orders", "first"));
    for (int partition = 0; partition < PARTITIONS; partition++) {
      fake.partition("orders", partition).loseLeader();
    }
    long before = askedSoFar();

    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      sent.add(producer.send("orders", "keyless" + i));
      sent.add(producer.send("orders", "key" + i, "keyed" + i));
      sent.add(send(producer, i % PARTITIONS, "placed" + i));
    }
    awaitAnswersAfter(before, 3);
    assertThat(sent).noneMatch(CompletableFuture::isDone);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      fake.partition("orders", partition).moveLeader(1 + partition % 3);
    }

    getAll(sent);
    assertThat(fake.records("orders")).hasSize(91);
  }

  @Test
  @Scenario("G29")
  void a_topic_that_never_had_a_leader_gets_its_records_when_it_has_one() throws Exception {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      fake.partition("orders", partition).loseLeader();
    }
    Producer<String, String> producer = producer();

    List<CompletableFuture<Delivery>> sent =
        List.of(producer.send("orders", "keyless"), producer.send("orders", "key", "keyed"));
    awaitAnswersAfter(0, 4);
    assertThat(sent).noneMatch(CompletableFuture::isDone);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      fake.partition("orders", partition).moveLeader(2);
    }

    getAll(sent);
    assertThat(fake.records("orders")).hasSize(2);
  }

  @Test
  @Scenario("G29")
  void records_without_a_leader_fail_when_their_time_is_over() throws Exception {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      fake.partition("orders", partition).loseLeader();
    }
    Producer<String, String> producer = producer("delivery.timeout", "600ms");

    OttlaException keyless = failureOf(producer.send("orders", "keyless"));
    OttlaException placed = failureOf(send(producer, 0, "placed"));

    assertThat(keyless).isInstanceOf(TimeoutException.class);
    assertThat(placed).isInstanceOf(TimeoutException.class).hasMessageContaining("leader");
    assertThat(placed.outcome()).isEqualTo(SendOutcome.NOT_SENT);
    producer.close(Duration.ofSeconds(10));
  }

  @Test
  @Scenario({"G26", "G28"})
  void metadata_that_knows_a_partition_which_its_broker_does_not_ends_in_an_error()
      throws Exception {
    fake.on(ApiKey.PRODUCE)
        .where(ProduceRequest.class, request -> isFor(request, 3))
        .always(Fault.error(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
    Producer<String, String> producer = producer("delivery.timeout", "1s");

    OttlaException failure = failureOf(send(producer, 3, "a"));

    assertThat(failure).hasMessageContaining("UNKNOWN_TOPIC_OR_PARTITION");
    sendUntilIn(producer, 0, "b");
  }
}
