package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceRequest.PartitionProduceData;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import io.ottla.protocol.message.ProduceResponse.TopicProduceResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Produce requests as a whole: versions, acks, and partitions that are not there. */
abstract class ProduceBehaviour extends Behaviour {
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
  void each_version_appends_and_tells_the_base_offset(int version) {
    Topic topic = newTopic(1);

    PartitionProduceResponse first = produce(topic, TestBatch.ofSize(3).bytes(), version);
    PartitionProduceResponse second = produce(topic, TestBatch.ofSize(2).bytes(), version);

    assertThat(first)
        .isEqualTo(
            new PartitionProduceResponse()
                .baseOffset(0)
                .logAppendTimeMs(-1)
                .logStartOffset(version >= 5 ? 0 : -1));
    assertThat(second.baseOffset()).isEqualTo(3);
    assertThat(endOffset(topic)).isEqualTo(5);
  }

  @Test
  void answers_name_the_topic_up_to_version_12_and_then_its_id() {
    Topic topic = newTopic(1);

    TopicProduceResponse named = answer(produceRequest(topic, 0, one(), 12), 12);
    TopicProduceResponse numbered = answer(produceRequest(topic, 0, one(), 13), 13);

    assertThat(named.name()).isEqualTo(topic.name());
    assertThat(numbered.topicId()).isEqualTo(topic.id());
  }

  @ParameterizedTest
  @ValueSource(shorts = {1, -1})
  void acks_one_and_all_are_answered(short acks) {
    Topic topic = newTopic(1);

    assertThat(code(produceRequest(topic, 0, one(), 13).acks(acks), 13)).isEqualTo(ErrorCode.NONE);
    assertThat(endOffset(topic)).isEqualTo(1);
  }

  @Test
  void no_more_replicas_must_be_in_sync_than_there_are() {
    Topic topic = newTopic(1, "min.insync.replicas=2");

    assertThat(append(topic, TestBatch.of("a"))).isZero();
  }

  @ParameterizedTest
  @ValueSource(shorts = {2, -2, 127})
  void other_acks_are_refused(short acks) {
    Topic topic = newTopic(1);

    TopicProduceResponse answer = answer(produceRequest(topic, 0, one(), 13).acks(acks), 13);

    assertThat(only(answer.partitionResponses()))
        .isEqualTo(refused(ErrorCode.INVALID_REQUIRED_ACKS));
    assertThat(endOffset(topic)).isZero();
  }

  @Test
  void with_acks_0_nothing_is_said_and_the_next_request_is_answered() {
    Topic topic = newTopic(1);
    ProduceRequest silent = produceRequest(topic, 0, one(), 13).acks((short) 0);

    broker().send(silent, 13);
    broker().expectNoAnswer();

    assertThat(endOffset(topic)).isEqualTo(1);
  }

  @Test
  void with_acks_0_an_error_closes_the_connection() {
    Topic nowhere = new Topic("nowhere", UUID.randomUUID());
    RawConnection connection = anotherConnection();

    connection.send(produceRequest(nowhere, 0, one(), 12).acks((short) 0), 12);

    connection.awaitClosedByBroker();
  }

  @Test
  void an_unknown_topic_is_refused_by_name_and_not_made() {
    Topic nowhere = new Topic(uniqueName("nowhere"), UUID.randomUUID());

    TopicProduceResponse answer = answer(produceRequest(nowhere, 0, one(), 12), 12);

    assertThat(answer.name()).isEqualTo(nowhere.name());
    assertThat(only(answer.partitionResponses()))
        .isEqualTo(refused(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
    assertThat(error(describe(nowhere.name()).errorCode()))
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void an_unknown_topic_id_is_refused() {
    Topic nowhere = new Topic("nowhere", UUID.randomUUID());

    TopicProduceResponse answer = answer(produceRequest(nowhere, 0, one(), 13), 13);

    assertThat(answer.topicId()).isEqualTo(nowhere.id());
    assertThat(only(answer.partitionResponses())).isEqualTo(refused(ErrorCode.UNKNOWN_TOPIC_ID));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 12, 13})
  void an_unknown_partition_is_refused(int version) {
    Topic topic = newTopic(1);

    TopicProduceResponse answer = answer(produceRequest(topic, 7, one(), version), version);

    assertThat(only(answer.partitionResponses()))
        .isEqualTo(refused(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION).index(7));
  }

  @Test
  void partitions_of_one_request_are_judged_each_for_itself() {
    Topic topic = newTopic(2);
    ProduceRequest request = produceRequest(topic, 0, one(), 13);
    request
        .topicData()
        .get(0)
        .partitionData(
            List.of(
                new PartitionProduceData().index(1).records(one()),
                new PartitionProduceData().index(0).records(TestBatch.of("x").wrongCrc().bytes()),
                new PartitionProduceData().index(9).records(one())));

    List<PartitionProduceResponse> answers = answer(request, 13).partitionResponses();

    assertThat(answers)
        .extracting(PartitionProduceResponse::index, answer -> error(answer.errorCode()))
        .containsExactlyInAnyOrder(
            tuple(1, ErrorCode.NONE),
            tuple(0, ErrorCode.CORRUPT_MESSAGE),
            tuple(9, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
  }

  @Test
  void a_request_without_topics_has_an_empty_answer() {
    ProduceResponse answer = broker().ask(new ProduceRequest().acks((short) 1).timeoutMs(1000), 13);

    assertThat(answer).isEqualTo(new ProduceResponse());
  }

  @Test
  void a_topic_with_log_append_time_tells_it() {
    Topic topic = newTopic(1, "message.timestamp.type=LogAppendTime");
    long before = System.currentTimeMillis();

    PartitionProduceResponse answer = produce(topic, TestBatch.of("x").at(1));

    assertThat(answer.logAppendTimeMs()).isBetween(before, System.currentTimeMillis());
  }

  @Test
  void pipelined_requests_are_answered_in_order() {
    Topic topic = newTopic(1);
    for (int i = 0; i < 20; i++) {
      broker().send(produceRequest(topic, 0, one(), 13), 13);
    }

    for (int i = 0; i < 20; i++) {
      ProduceResponse answer = broker().receive(new ProduceRequest(), 13);
      assertThat(only(only(answer.responses()).partitionResponses()).baseOffset()).isEqualTo(i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 8, 9})
  void a_transactional_id_without_transactional_records_does_no_harm(int version) {
    Topic topic = newTopic(1);
    ProduceRequest request =
        produceRequest(topic, 0, one(), version).transactionalId(uniqueName("txn"));

    assertThat(code(request, version)).isEqualTo(ErrorCode.NONE);
  }

  private static ByteBuffer one() {
    return TestBatch.of("x").bytes();
  }

  private TopicProduceResponse answer(ProduceRequest request, int version) {
    return only(broker().ask(request, version).responses());
  }

  private ErrorCode code(ProduceRequest request, int version) {
    return error(only(answer(request, version).partitionResponses()).errorCode());
  }
}
