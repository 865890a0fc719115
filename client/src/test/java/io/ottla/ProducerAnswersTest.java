package io.ottla;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.error.AuthorizationException;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.producer.Delivery;
import io.ottla.producer.DeliveryReport;
import io.ottla.producer.Producer;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.ottla.protocol.message.ProduceResponse.TopicProduceResponse;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.serde.Serializer;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.Gate;
import io.ottla.testkit.scenario.Scenario;
import io.ottla.watch.Warnings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that had to be made anew, and answers that are not what one would expect. */
final class ProducerAnswersTest extends FakeProducerTestBase {
  private final Queue<String> reported = new ConcurrentLinkedQueue<>();

  @AfterEach
  void expectWarningsAboutAnswers() {
    Warnings.take(line -> line.contains("answer") || line.contains("orders"));
  }

  private Producer<String, String> reporting(String... options) {
    return producer(
        builder -> {
          builder.onReport(report -> reported.add(valueOf(report)));
          for (int i = 0; i < options.length; i += 2) {
            builder.set(options[i], options[i + 1]);
          }
        });
  }

  private static String valueOf(DeliveryReport report) {
    ByteBuffer value = report.value();
    return value == null ? "null" : UTF_8.decode(value.duplicate()).toString();
  }

  private static Fault edit(Consumer<List<PartitionProduceResponse>> editor) {
    return Fault.edit(
        ProduceResponse.class,
        answer ->
            answer
                .responses()
                .forEach(
                    topic -> {
                      List<PartitionProduceResponse> changed =
                          new ArrayList<>(topic.partitionResponses());
                      editor.accept(changed);
                      topic.partitionResponses(changed);
                    }));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  @Scenario("G14")
  void a_partition_that_the_answer_omits_is_sent_again(int times) throws Exception {
    fake.on(ApiKey.PRODUCE).times(times, edit(List::clear));
    Producer<String, String> producer = reporting();

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b");

    getAll(sent);
    get(producer.flush());
    assertThat(log(0)).containsExactly("a", "b");
    assertThat(reported).containsExactly("a", "b");
  }

  @Test
  @Scenario("G14")
  void a_topic_that_the_answer_omits_is_sent_again_and_the_others_are_not() throws Exception {
    Producer<String, String> producer = reporting();
    int twin = 3; // with the same leader as 0
    assertThat(leader(twin)).isEqualTo(leader(0));
    getAll(List.of(send(producer, 0, "first"), send(producer, twin, "first")));
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE).broker(leader(0)).once(Fault.hold(gate));
    CompletableFuture<Delivery> ahead = send(producer, 0, "ahead");
    gate.await(1, PATIENCE);
    fake.on(ApiKey.PRODUCE)
        .where(ProduceRequest.class, request -> isFor(request, twin))
        .once(edit(partitions -> partitions.removeIf(answer -> answer.index() == twin)));

    List<CompletableFuture<Delivery>> sent =
        List.of(ahead, send(producer, 0, "a"), send(producer, twin, "b"));
    gate.open();

    getAll(sent);
    assertThat(log(0)).containsExactly("first", "ahead", "a");
    assertThat(log(twin)).containsExactly("first", "b");
    assertThat(sentFor(0)).hasSize(3);
  }

  @Test
  @Scenario("G14")
  void a_partition_that_the_answer_lists_twice_is_reported_once() throws Exception {
    fake.on(ApiKey.PRODUCE).always(edit(partitions -> partitions.addAll(List.copyOf(partitions))));
    Producer<String, String> producer = reporting();

    getAll(send(producer, 0, "a", "b", "c"));
    getAll(send(producer, 1, "d", "e", "f"));

    get(producer.flush());
    assertThat(reported).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f");
    assertThat(log(0)).containsExactly("a", "b", "c");
  }

  @Test
  @Scenario("G14")
  void a_partition_that_nobody_asked_for_changes_nothing() throws Exception {
    fake.on(ApiKey.PRODUCE)
        .always(
            edit(
                partitions -> {
                  partitions.add(0, new PartitionProduceResponse().index(4).errorCode((short) 87));
                  partitions.add(new PartitionProduceResponse().index(99).baseOffset(7));
                }));
    Producer<String, String> producer = reporting();

    getAll(send(producer, 0, "a", "b", "c"));

    get(producer.flush());
    assertThat(reported).containsExactly("a", "b", "c");
    assertThat(log(0)).containsExactly("a", "b", "c");
  }

  @Test
  @Scenario("G14")
  void an_answer_without_any_topic_is_no_success() throws Exception {
    fake.on(ApiKey.PRODUCE)
        .times(2, Fault.edit(ProduceResponse.class, answer -> answer.responses(new ArrayList<>())));
    Producer<String, String> producer = reporting();

    getAll(send(producer, 0, "a", "b"));

    assertThat(log(0)).containsExactly("a", "b");
  }

  @Test
  @Scenario("G14")
  void an_answer_that_comes_twice_is_reported_once() throws Exception {
    Producer<String, String> producer = reporting();
    get(send(producer, 0, "first"));
    fake.on(ApiKey.PRODUCE).times(3, Fault.doubleReply());

    getAll(send(producer, 0, "a", "b", "c", "d", "e", "f"));

    get(producer.flush());
    assertThat(reported).containsExactly("first", "a", "b", "c", "d", "e", "f");
    assertThat(log(0)).containsExactly("first", "a", "b", "c", "d", "e", "f");
  }

  @Test
  @Scenario("G14")
  void a_hostile_answer_is_no_success() throws Exception {
    fake.on(ApiKey.PRODUCE)
        .times(
            2,
            Fault.answer(
                ProduceRequest.class,
                asked ->
                    new ProduceResponse()
                        .responses(
                            List.of(
                                new TopicProduceResponse()
                                    .name("another")
                                    .partitionResponses(
                                        List.of(new PartitionProduceResponse().index(0)))))));
    Producer<String, String> producer = reporting();

    getAll(send(producer, 0, "a", "b"));

    assertThat(log(0)).containsExactly("a", "b");
  }

  @Test
  @Scenario("G12")
  void a_record_that_cannot_be_serialized_leaves_well_formed_requests_behind() throws Exception {
    Serializer<String> choosy =
        (value, to) -> {
          to.addHeader("by", new byte[] {1});
          to.writeUtf8(value);
          if (value.startsWith("bad")) {
            throw new IllegalStateException("not this one");
          }
        };
    Producer<String, String> producer =
        producer(
            builder -> builder.set("batch.records", "10").set("linger", "20ms").values(choosy));
    List<CompletableFuture<Delivery>> good = new ArrayList<>();
    List<CompletableFuture<Delivery>> bad = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      good.add(send(producer, 0, "good" + i));
      bad.add(send(producer, 0, "bad" + i));
    }

    getAll(good);
    for (CompletableFuture<Delivery> one : bad) {
      OttlaException failure = failureOf(one);
      assertThat(failure).isInstanceOf(RefusedException.class);
      assertThat(failure).hasRootCauseMessage("not this one");
    }
    assertThat(log(0)).hasSize(40).allMatch(value -> value.matches("good\\d+"));
    assertThat(fake.partition("orders", 0).records())
        .allSatisfy(record -> assertThat(record.headers()).hasSize(1));
  }

  @Test
  @Scenario("G12")
  void a_batch_that_is_refused_for_good_stands_in_nobodys_way() throws Exception {
    Producer<String, String> producer = producer();
    get(send(producer, 0, "first"));
    Gate gate = new Gate();
    fake.on(ApiKey.PRODUCE)
        .broker(leader(0))
        .sequence(
            Fault.hold(gate), Fault.error(ErrorCode.TOPIC_AUTHORIZATION_FAILED), Fault.none());

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b", "c", "d");
    fake.await(() -> fake.broker(leader(0)).waitingRequests() == 3, PATIENCE);
    gate.open();

    assertThat(failureOf(sent.get(1))).isInstanceOf(AuthorizationException.class);
    get(sent.get(2));
    get(sent.get(3));
    assertThat(log(0)).containsExactly("first", "a", "c", "d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
  @Scenario("G13")
  void a_batch_that_is_written_again_and_again_is_the_same(String codec) throws Exception {
    Producer<String, String> producer =
        reporting("compression", codec, "batch.records", "100", "linger", "10ms");
    fake.on(ApiKey.PRODUCE)
        .sequence(
            Fault.closeBefore(),
            Fault.error(ErrorCode.NOT_ENOUGH_REPLICAS),
            Fault.closeAfter(),
            Fault.error(ErrorCode.KAFKA_STORAGE_ERROR));
    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sent.add(producer.send(ProducerRecord.record("orders", 0, "key" + i, "value " + i)));
    }

    getAll(sent);
    assertThat(sentFor(0)).hasSizeGreaterThanOrEqualTo(5);
    fake.partition("orders", 0).batches().forEach(RecordBatch::verifyCrc);
    assertThat(log(0)).hasSize(100).startsWith("value 0").endsWith("value 99");
  }

  @Test
  @Scenario("G13")
  void a_batch_for_a_broker_that_takes_no_connection_is_not_spoilt_by_waiting() throws Exception {
    Producer<String, String> producer = producer();
    get(send(producer, 0, "first"));
    fake.broker(leader(0)).refuseConnections();
    fake.broker(leader(0)).closeConnections();

    List<CompletableFuture<Delivery>> sent = send(producer, 0, "a", "b", "c");
    letDoWhatItMeansTo(producer, leader(0));
    fake.broker(leader(0)).acceptConnections();

    getAll(sent);
    assertThat(log(0)).containsExactly("first", "a", "b", "c");
  }

  @Test
  @Scenario("G13")
  void a_batch_goes_to_a_broker_of_another_version_as_it_was() throws Exception {
    Producer<String, String> producer = producer();
    get(send(producer, 0, "first"));
    int old = leader(0);
    int next = otherThanLeader(0);
    fake.broker(next).offer(ApiKey.PRODUCE, 3, 7);
    fake.on(ApiKey.PRODUCE)
        .broker(old)
        .once(
            Fault.then(() -> fake.partition("orders", 0).moveLeader(next)).and(Fault.closeAfter()));

    getAll(send(producer, 0, "a", "b", "c"));

    assertThat(log(0)).containsExactly("first", "a", "b", "c");
  }

  @Test
  @Scenario("G15")
  void batches_that_were_taken_out_and_put_back_are_taken_out_in_order() throws Exception {
    // Each round: batches of three partitions are on their way to one leader when its connection
    // dies, and one of the partitions has gone elsewhere meanwhile.
    Producer<String, String> producer = producer();
    fake.partition("orders", 1).reassign(1, 2, 3);
    fake.partition("orders", 2).reassign(1, 2, 3);
    List<CompletableFuture<Delivery>> sent = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int round = 0; round < 8; round++) {
      for (int partition = 0; partition < 3; partition++) {
        fake.partition("orders", partition).moveLeader(1);
      }
      int moved = round % 3;
      fake.on(ApiKey.PRODUCE)
          .broker(1)
          .after(round % 2)
          .once(
              Fault.first(() -> fake.partition("orders", moved).moveLeader(2))
                  .and(round % 2 == 0 ? Fault.closeBefore() : Fault.resetBefore()));
      for (int i = 0; i < 6; i++) {
        values.add("v" + round + "." + i);
        for (int partition = 0; partition < 3; partition++) {
          sent.add(send(producer, partition, "v" + round + "." + i));
        }
      }
      getAll(sent);
    }

    for (int partition = 0; partition < 3; partition++) {
      assertThat(log(partition)).containsExactlyElementsOf(values);
    }
  }
}
