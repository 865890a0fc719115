package io.ottla.testkit.fake;

import static io.ottla.testkit.fake.KafkaClients.done;
import static io.ottla.testkit.fake.KafkaClients.producer;
import static io.ottla.testkit.fake.KafkaClients.read;
import static io.ottla.testkit.fake.KafkaClients.reader;
import static io.ottla.testkit.fake.KafkaClients.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each word of the vocabulary, as kafka-clients live through it. */
@Timeout(60)
final class FaultsOnClientsTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  private final FakeCluster cluster = FakeCluster.builder().topic("orders", 1).start();

  @AfterEach
  void close() {
    List<String> refusals = cluster.refusals();
    cluster.close();
    assertThat(refusals).isEmpty();
  }

  /**
   * Faults after which kafka-clients' idempotent producer delivers all, once and in order. Replies
   * that nobody asked for, or of another number, are not among them, nor bytes that are no reply:
   * its sender may wait for ever.
   */
  static List<Fault> survivable() {
    return List.of(
        Fault.none(),
        Fault.error(ErrorCode.NOT_LEADER_OR_FOLLOWER),
        Fault.errorAfter(ErrorCode.REQUEST_TIMED_OUT),
        Fault.delay(SHORT),
        Fault.delayReply(SHORT),
        Fault.delay(SHORT).and(Fault.closeAfter()),
        Fault.ignore(),
        Fault.loseReply(),
        Fault.closeBefore(),
        Fault.closeAfter(),
        Fault.resetBefore(),
        Fault.resetAfter(),
        Fault.halfReply(17),
        Fault.stuckReply(17),
        Fault.byteByByte());
  }

  @ParameterizedTest
  @MethodSource("survivable")
  void an_idempotent_producer_survives(Fault fault) throws Exception {
    Interception once = cluster.on(ApiKey.PRODUCE).after(1).once(fault);

    try (KafkaProducer<String, String> producer =
        producer(cluster, "request.timeout.ms", 400, "linger.ms", 0)) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        sent.add(sent(producer, "orders", 0, "v" + i));
        producer.flush();
      }
      for (Future<RecordMetadata> each : sent) {
        done(each);
      }
    }

    assertThat(once.hits()).isEqualTo(1);
    assertThat(cluster.records("orders"))
        .extracting(FakeRecord::value)
        .containsExactly("v0", "v1", "v2", "v3");
  }

  @Test
  void an_error_that_is_no_use_to_retry_reaches_the_sender() {
    cluster.on(ApiKey.PRODUCE).once(Fault.error(ErrorCode.TOPIC_AUTHORIZATION_FAILED));

    try (KafkaProducer<String, String> producer = producer(cluster)) {
      assertThatThrownBy(() -> done(sent(producer, "orders", 0, "refused")))
          .hasCauseInstanceOf(TopicAuthorizationException.class);
    }
  }

  @Test
  void a_producer_believes_an_answer_that_a_test_has_made() throws Exception {
    cluster
        .on(ApiKey.PRODUCE)
        .once(
            Fault.answer(
                ProduceRequest.class,
                request ->
                    new ProduceResponse()
                        .responses(
                            List.of(
                                new ProduceResponse.TopicProduceResponse()
                                    .topicId(request.topicData().get(0).topicId())
                                    .partitionResponses(
                                        List.of(
                                            new ProduceResponse.PartitionProduceResponse()
                                                .baseOffset(4_711)))))));

    try (KafkaProducer<String, String> producer = producer(cluster)) {
      assertThat(done(sent(producer, "orders", 0, "not written")).offset()).isEqualTo(4_711);
    }
    assertThat(cluster.records("orders")).isEmpty();
  }

  @Test
  void a_client_sees_the_metadata_that_a_test_has_changed() {
    cluster
        .on(ApiKey.METADATA)
        .always(Fault.edit(MetadataResponse.class, answer -> answer.topics().clear()));

    try (KafkaProducer<String, String> producer = producer(cluster, "max.block.ms", 300)) {
      assertThatThrownBy(() -> producer.partitionsFor("orders"))
          .isInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void records_that_arrive_before_and_after_a_gate_opens_are_told_apart() throws Exception {
    Gate gate = new Gate();
    cluster.on(ApiKey.PRODUCE).once(Fault.hold(gate));

    try (KafkaProducer<String, String> producer = producer(cluster)) {
      Future<RecordMetadata> held = sent(producer, "orders", 0, "held");
      gate.await();
      assertThat(cluster.records("orders")).isEmpty();
      assertThat(held).isNotDone();

      gate.open();
      done(held);
    }
    assertThat(gate.arrivals()).isEqualTo(1);
  }

  @Test
  void a_reader_goes_on_after_half_a_fetch() {
    cluster.partition("orders", 0).append("1", "2", "3");
    cluster.on(ApiKey.FETCH).sequence(Fault.halfReply(40), Fault.byteByByte());

    try (KafkaConsumer<String, String> consumer = reader(cluster, "orders", 0)) {
      assertThat(read(consumer, 3)).containsExactly("1", "2", "3");
    }
  }
}
