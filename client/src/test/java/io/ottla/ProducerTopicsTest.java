package io.ottla;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.AuthorizationException;
import io.ottla.error.OttlaException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.Delivery;
import io.ottla.producer.Partitioners;
import io.ottla.producer.Producer;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.FakeRecord;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

/** Topics that are not there yet, not there any more, larger than before, or forbidden. */
final class ProducerTopicsTest extends FakeProducerTestBase {
  /** An answer that knows the brokers, and says this of the topics. */
  static Fault topicError(ErrorCode code) {
    return Fault.edit(
        MetadataResponse.class,
        answer ->
            answer.topics().forEach(topic -> topic.errorCode(code.code()).partitions(List.of())));
  }

  @Test
  @Scenario("L7")
  void a_topic_is_created_by_sending_to_it() throws Exception {
    try (FakeCluster creating =
            FakeCluster.builder().config("auto.create.topics.enable", "true").start();
        Producer<String, String> producer =
            Ottla.producer(creating.bootstrapServers())
                .keys(TEXT)
                .values(TEXT)
                .set("retry.backoff", "5ms")
                .start()) {
      assertThat(get(producer.send("new", "first")).offset()).isZero();
      assertThat(get(producer.send("new", "second")).topic()).isEqualTo("new");
      assertThat(creating.records("new")).hasSize(2);
    }
  }

  @Test
  @Scenario("L28")
  void a_topic_that_nobody_creates_fails_its_records_and_no_others() throws Exception {
    Producer<String, String> producer = producer("delivery.timeout", "2s");
    CompletableFuture<Delivery> lost = producer.send("missing", "lost");

    assertWritten(get(send(producer(), 0, "good")), "good");
    OttlaException failure = failureOf(lost);
    assertThat(failure.outcome()).isNotEqualTo(SendOutcome.UNKNOWN);
    assertThat(failure).hasMessageContaining("missing");
    assertThat(failure.getMessage()).contains("UNKNOWN_TOPIC_OR_PARTITION");
    assertThat(fake.topics()).containsExactly("orders");
  }

  @Test
  @Scenario("L29")
  void records_wait_for_a_topic_that_is_created_after_they_were_sent() throws Exception {
    Producer<String, String> producer = producer();
    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sent.add(producer.send("later", "key", "value " + i));
    }
    fake.requests()
        .await(
            seen ->
                seen.api() == ApiKey.METADATA && asksFor(seen.body(MetadataRequest.class), "later"),
            PATIENCE);
    long asked = fake.requests().count(ApiKey.METADATA);
    fake.requests().await(ApiKey.METADATA, asked + 2, PATIENCE);
    assertThat(sent).noneMatch(CompletableFuture::isDone);

    fake.createTopic("later", 3);

    getAll(sent);
    assertThat(fake.records("later"))
        .extracting(FakeRecord::value)
        .containsExactly(
            "value 0", "value 1", "value 2", "value 3", "value 4", "value 5", "value 6", "value 7",
            "value 8", "value 9");
  }

  private static boolean asksFor(MetadataRequest asked, String topic) {
    return asked.topics() != null
        && asked.topics().stream().anyMatch(one -> topic.equals(one.name()));
  }

  @Test
  @Scenario("L18")
  void partitions_that_are_added_are_used() throws Exception {
    Producer<String, String> producer =
        producer(b -> b.set("metadata.max.age", "100ms").partitioner(Partitioners.roundRobin()));
    for (int i = 0; i < PARTITIONS; i++) {
      get(producer.send("orders", "before"));
    }
    fake.growTopic("orders", PARTITIONS + 3);
    Set<Integer> used = new TreeSet<>();

    while (used.size() < PARTITIONS + 3) {
      used.add(get(producer.send("orders", "after")).partition());
    }

    assertThat(fake.partition("orders", PARTITIONS + 2).records()).isNotEmpty();
  }

  @Test
  @Scenario("L18")
  void keys_go_where_all_clients_expect_them_after_a_topic_has_grown() throws Exception {
    Producer<String, String> producer = producer("metadata.max.age", "100ms");
    get(producer.send("orders", "key", "before"));
    fake.growTopic("orders", 50);
    String mover = keyThatMoves();
    int goal = BuiltInPartitioner.partitionForKey(mover.getBytes(UTF_8), 50);

    int used;
    do {
      used = get(producer.send("orders", mover, "after")).partition();
    } while (used != goal);

    for (int i = 0; i < 100; i++) {
      byte[] key = ("key " + i).getBytes(UTF_8);
      assertThat(get(producer.send("orders", "key " + i, "value")).partition())
          .isEqualTo(BuiltInPartitioner.partitionForKey(key, 50));
    }
  }

  private static String keyThatMoves() {
    for (int i = 0; ; i++) {
      byte[] key = ("mover " + i).getBytes(UTF_8);
      if (BuiltInPartitioner.partitionForKey(key, 50) >= PARTITIONS) {
        return "mover " + i;
      }
    }
  }

  @Test
  @Scenario("L30")
  void a_topic_that_is_made_anew_under_load_is_written_to_again() throws Exception {
    Producer<String, String> producer = producer("batch.records", "5");
    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < 200; i++) {
        sent.add(send(producer, i % PARTITIONS, round + "/" + i));
        if (i == 100) {
          fake.recreateTopic("orders");
        }
      }
    }
    getAll(sent);

    assertWritten(get(send(producer, 0, "last")), "last");
    for (int partition = 0; partition < PARTITIONS; partition++) {
      assertThat(log(partition)).doesNotHaveDuplicates();
    }
  }

  @Test
  @Scenario("L30")
  void a_topic_that_was_deleted_comes_back_with_another_number_of_partitions() throws Exception {
    Producer<String, String> producer = producer();
    get(send(producer, 5, "before"));
    fake.deleteTopic("orders");
    CompletableFuture<Delivery> meanwhile = send(producer, 0, "meanwhile");
    long asked = fake.requests().count(ApiKey.METADATA);
    fake.requests().await(ApiKey.METADATA, asked + 2, PATIENCE);

    fake.createTopic("orders", 1);

    assertWritten(get(meanwhile), "meanwhile");
    assertWritten(get(send(producer, 0, "after")), "after");
  }

  @Test
  @Scenario("L38")
  void records_that_are_sent_while_nothing_is_known_of_the_topic_are_delivered_later()
      throws Exception {
    Producer<String, String> producer =
        producer("metadata.max.age", "100ms", "request.timeout", "300ms");
    get(send(producer, 0, "before"));
    var silent = fake.on(ApiKey.METADATA).times(3, Fault.ignore());
    silent.await(1, PATIENCE);
    CompletableFuture<Delivery> duringSilence = send(producer, 1, "during silence");
    silent.await(3, PATIENCE);
    var unknown =
        fake.on(ApiKey.METADATA).times(4, Fault.error(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
    unknown.await(1, PATIENCE);
    CompletableFuture<Delivery> whileUnknown = send(producer, 2, "while unknown");
    unknown.await(4, PATIENCE);

    assertWritten(get(duringSilence), "during silence");
    assertWritten(get(whileUnknown), "while unknown");
    assertWritten(get(send(producer, 0, "after")), "after");
    assertThat(log(0)).containsExactly("before", "after");
  }

  @Test
  @Scenario("L39")
  void a_known_topic_that_may_not_be_written_to_fails_its_records_at_once() throws Exception {
    Producer<String, String> producer = producer("delivery.timeout", "10m");
    fake.on(ApiKey.PRODUCE).once(Fault.error(ErrorCode.TOPIC_AUTHORIZATION_FAILED));

    OttlaException failure = failureOf(send(producer, 0, "forbidden"));

    assertThat(failure).isInstanceOf(AuthorizationException.class).hasMessageContaining("orders");
    assertThat(failure.outcome()).isEqualTo(SendOutcome.REFUSED);
    assertWritten(get(send(producer, 0, "allowed")), "allowed");
  }

  @Test
  @Scenario("L39")
  void an_unknown_topic_that_may_not_be_looked_at_fails_its_records_at_once() throws Exception {
    fake.on(ApiKey.METADATA)
        .where(MetadataRequest.class, asked -> asksFor(asked, "secret"))
        .always(topicError(ErrorCode.TOPIC_AUTHORIZATION_FAILED));
    Producer<String, String> producer = producer("delivery.timeout", "10m");

    OttlaException failure = failureOf(producer.send("secret", "forbidden"));

    assertThat(failure).isInstanceOf(AuthorizationException.class).hasMessageContaining("secret");
    assertThat(failure.outcome()).isNotEqualTo(SendOutcome.UNKNOWN);
  }
}
