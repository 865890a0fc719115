package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.InitProducerIdRequest;
import io.ottla.protocol.message.InitProducerIdResponse;
import io.ottla.protocol.message.ProduceRequest;
import io.ottla.protocol.message.ProduceResponse;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequence numbers and epochs: what is appended, what was already, what is refused. */
abstract class IdempotenceBehaviour extends Behaviour {
  // ---- sequence numbers

  @Test
  void sequences_that_follow_each_other_are_appended() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();

    assertThat(append(topic, TestBatch.ofSize(3).from(producer, 0))).isZero();
    assertThat(append(topic, TestBatch.ofSize(2).from(producer, 3))).isEqualTo(3);
    assertThat(append(topic, TestBatch.ofSize(1).from(producer, 5))).isEqualTo(5);
  }

  @Test
  void a_gap_is_out_of_order() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    append(topic, TestBatch.ofSize(3).from(producer, 0));

    expect(topic, TestBatch.ofSize(1).from(producer, 4), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(endOffset(topic)).isEqualTo(3);
  }

  @Test
  void what_was_refused_leaves_no_trace() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    append(topic, TestBatch.ofSize(3).from(producer, 0));
    expect(topic, TestBatch.ofSize(1).from(producer, 7), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);

    assertThat(append(topic, TestBatch.ofSize(1).from(producer, 3))).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 17, Integer.MAX_VALUE})
  void a_producer_that_the_partition_does_not_know_may_begin_with_any_sequence(int sequence) {
    Topic topic = newTopic(1);

    assertThat(append(topic, TestBatch.ofSize(1).from(newProducer(), sequence))).isZero();
  }

  @Test
  void sequences_are_counted_by_partition() {
    Topic one = newTopic(1);
    Topic other = newTopic(1);
    Producer producer = newProducer();

    append(one, TestBatch.ofSize(3).from(producer, 0));

    assertThat(append(other, TestBatch.ofSize(3).from(producer, 0))).isZero();
    assertThat(append(one, TestBatch.ofSize(3).from(producer, 3))).isEqualTo(3);
  }

  @Test
  void sequences_go_on_with_0_behind_the_greatest_int() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();

    append(topic, TestBatch.ofSize(1).from(producer, Integer.MAX_VALUE));

    assertThat(append(topic, TestBatch.ofSize(1).from(producer, 0))).isEqualTo(1);
    expect(topic, TestBatch.ofSize(1).from(producer, 2), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(append(topic, TestBatch.ofSize(1).from(producer, 1))).isEqualTo(2);
  }

  @Test
  void a_batch_may_lie_across_the_greatest_int() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();

    append(topic, TestBatch.ofSize(4).from(producer, Integer.MAX_VALUE - 1));

    assertThat(append(topic, TestBatch.ofSize(4).from(producer, Integer.MAX_VALUE - 1))).isZero();
    assertThat(append(topic, TestBatch.ofSize(1).from(producer, 2))).isEqualTo(4);
  }

  @Test
  void a_negative_sequence_with_a_producer_id_is_invalid() {
    Topic topic = newTopic(1);

    expect(topic, TestBatch.ofSize(1).from(newProducer(), -1), ErrorCode.INVALID_RECORD);
    expect(topic, TestBatch.ofSize(1).from(newProducer(), -2), ErrorCode.INVALID_RECORD);
  }

  @Test
  void with_epoch_minus_1_sequences_are_not_compared() {
    Topic topic = newTopic(1);
    Producer producer = newProducer().epoch(-1);

    assertThat(append(topic, TestBatch.ofSize(1).from(producer, 0))).isZero();
    assertThat(append(topic, TestBatch.ofSize(1).from(producer, 7))).isEqualTo(1);
    assertThat(append(topic, TestBatch.ofSize(1).from(producer.epoch(0), 0))).isEqualTo(2);
  }

  @Test
  void a_producer_id_that_nobody_gave_is_as_good_as_another() {
    Topic topic = newTopic(1);

    assertThat(append(topic, TestBatch.ofSize(1).from(987_654_321L, 3, 0))).isZero();
  }

  // ---- duplicates

  /** The answer tells the batch's time as if that were when it was appended. */
  @Test
  void each_of_the_last_five_batches_again_is_a_success_with_its_first_offset() {
    long now = System.currentTimeMillis();
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    for (int i = 0; i < 5; i++) {
      append(topic, TestBatch.ofSize(2).at(now + i).from(producer, 2 * i));
    }

    for (int i = 0; i < 5; i++) {
      PartitionProduceResponse again = produce(topic, TestBatch.ofSize(2).from(producer, 2 * i));

      assertThat(again)
          .isEqualTo(
              new PartitionProduceResponse()
                  .baseOffset(2L * i)
                  .logAppendTimeMs(now + i)
                  .logStartOffset(0));
    }
    assertThat(endOffset(topic)).isEqualTo(10);
  }

  @Test
  void the_sixth_last_batch_again_is_out_of_order() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    for (int i = 0; i < 6; i++) {
      append(topic, TestBatch.ofSize(2).from(producer, 2 * i));
    }

    expect(topic, TestBatch.ofSize(2).from(producer, 0), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(append(topic, TestBatch.ofSize(2).from(producer, 2))).isEqualTo(2);
  }

  @Test
  void a_batch_is_known_by_first_and_last_sequence_not_by_content() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    append(topic, TestBatch.of("a", "b").from(producer, 0));

    assertThat(append(topic, TestBatch.of("x", "y").at(5).from(producer, 0))).isZero();
    expect(topic, TestBatch.ofSize(1).from(producer, 0), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(topic, TestBatch.ofSize(3).from(producer, 0), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(topic, TestBatch.ofSize(1).from(producer, 1), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(endOffset(topic)).isEqualTo(2);
  }

  @Test
  void a_duplicate_on_a_topic_with_log_append_time_tells_when_it_was_appended() {
    Topic topic = newTopic(1, "message.timestamp.type=LogAppendTime");
    Producer producer = newProducer();
    PartitionProduceResponse first = produce(topic, TestBatch.ofSize(1).from(producer, 0));

    PartitionProduceResponse again = produce(topic, TestBatch.ofSize(1).from(producer, 0));

    assertThat(again).isEqualTo(first);
  }

  @Test
  void a_duplicate_with_a_wrong_crc_is_corrupt() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    append(topic, TestBatch.ofSize(1).from(producer, 0));

    expect(topic, TestBatch.ofSize(1).from(producer, 0).wrongCrc(), ErrorCode.CORRUPT_MESSAGE);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 7, 9, 12})
  void old_versions_are_answered_alike(int version) {
    Topic topic = newTopic(1);
    Producer producer = newProducer();

    produce(topic, TestBatch.ofSize(2).from(producer, 0).bytes(), version);
    PartitionProduceResponse again =
        produce(topic, TestBatch.ofSize(2).from(producer, 0).bytes(), version);
    PartitionProduceResponse gap =
        produce(topic, TestBatch.ofSize(2).from(producer, 9).bytes(), version);

    assertThat(error(again.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(again.baseOffset()).isZero();
    assertThat(error(gap.errorCode())).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
  }

  @Test
  void with_two_in_flight_a_refused_first_takes_the_second_with_it() {
    Topic topic = newTopic(1, "max.message.bytes=300");
    Producer producer = newProducer();
    append(topic, TestBatch.ofSize(1).from(producer, 0));
    TestBatch tooLarge = TestBatch.of("x".repeat(500)).from(producer, 1);
    TestBatch next = TestBatch.ofSize(1).from(producer, 2);

    broker().send(produceRequest(topic, 0, tooLarge.bytes(), 13), 13);
    broker().send(produceRequest(topic, 0, next.bytes(), 13), 13);

    assertThat(error(receive().errorCode())).isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
    assertThat(error(receive().errorCode())).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(endOffset(topic)).isEqualTo(1);
  }

  @Test
  void with_two_in_flight_of_an_unknown_producer_a_refused_first_is_not_missed() {
    Topic topic = newTopic(1, "max.message.bytes=300");
    Producer producer = newProducer();
    TestBatch tooLarge = TestBatch.of("x".repeat(500)).from(producer, 0);
    TestBatch next = TestBatch.ofSize(1).from(producer, 1);

    broker().send(produceRequest(topic, 0, tooLarge.bytes(), 13), 13);
    broker().send(produceRequest(topic, 0, next.bytes(), 13), 13);

    assertThat(error(receive().errorCode())).isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
    assertThat(error(receive().errorCode())).isEqualTo(ErrorCode.NONE);
  }

  // ---- epochs

  @Test
  void a_new_epoch_begins_with_sequence_0() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    append(topic, TestBatch.ofSize(3).from(producer, 0));

    assertThat(append(topic, TestBatch.ofSize(1).from(producer.epoch(1), 0))).isEqualTo(3);
    assertThat(append(topic, TestBatch.ofSize(1).from(producer.epoch(1), 1))).isEqualTo(4);
  }

  @Test
  void a_new_epoch_that_begins_elsewhere_is_out_of_order() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    append(topic, TestBatch.ofSize(3).from(producer, 0));

    expect(
        topic,
        TestBatch.ofSize(1).from(producer.epoch(1), 3),
        ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(append(topic, TestBatch.ofSize(1).from(producer, 3))).isEqualTo(3);
  }

  @Test
  void epochs_may_be_left_out() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    append(topic, TestBatch.ofSize(3).from(producer, 0));

    assertThat(append(topic, TestBatch.ofSize(1).from(producer.epoch(9), 0))).isEqualTo(3);
  }

  @Test
  void an_old_epoch_is_fenced_even_with_a_duplicate() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    append(topic, TestBatch.ofSize(3).from(producer.epoch(1), 0));
    append(topic, TestBatch.ofSize(3).from(producer.epoch(2), 0));

    expect(topic, TestBatch.ofSize(1).from(producer.epoch(1), 3), ErrorCode.INVALID_PRODUCER_EPOCH);
    expect(topic, TestBatch.ofSize(3).from(producer.epoch(1), 0), ErrorCode.INVALID_PRODUCER_EPOCH);
    expect(topic, TestBatch.ofSize(3).from(producer.epoch(0), 0), ErrorCode.INVALID_PRODUCER_EPOCH);
  }

  @Test
  void duplicates_of_the_old_epoch_are_forgotten_with_the_new_one() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    append(topic, TestBatch.ofSize(3).from(producer, 0));
    append(topic, TestBatch.ofSize(3).from(producer.epoch(1), 0));

    assertThat(append(topic, TestBatch.ofSize(3).from(producer.epoch(1), 0))).isEqualTo(3);
  }

  @Test
  void producers_do_not_disturb_each_other() {
    Topic topic = newTopic(1);
    Producer one = newProducer();
    Producer other = newProducer();

    append(topic, TestBatch.ofSize(1).from(one, 0));
    append(topic, TestBatch.ofSize(1).from(other.epoch(4), 0));
    append(topic, TestBatch.of("none"));

    assertThat(append(topic, TestBatch.ofSize(1).from(one, 1))).isEqualTo(3);
    assertThat(append(topic, TestBatch.ofSize(1).from(other.epoch(4), 1))).isEqualTo(4);
  }

  @Test
  void idempotent_batches_go_with_any_acks() {
    Topic topic = newTopic(1);
    Producer producer = newProducer();
    ProduceRequest request =
        produceRequest(topic, 0, TestBatch.ofSize(1).from(producer, 0).bytes(), 13).acks((short) 1);

    broker().send(request, 13);

    assertThat(error(receive().errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(append(topic, TestBatch.ofSize(1).from(producer, 1))).isEqualTo(1);
  }

  // ---- producer ids

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void each_version_gives_a_new_id_with_epoch_0(int version) {
    InitProducerIdResponse one = initProducerId(version);
    InitProducerIdResponse other = initProducerId(version);

    assertThat(error(one.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(one.producerEpoch()).isZero();
    assertThat(one.producerId()).isNotNegative().isNotEqualTo(other.producerId());
  }

  @Test
  void who_names_an_id_without_transactional_id_gets_another_one() {
    Producer producer = newProducer();

    InitProducerIdResponse answer =
        broker()
            .ask(
                new InitProducerIdRequest()
                    .transactionalId(null)
                    .transactionTimeoutMs(-1)
                    .producerId(producer.id())
                    .producerEpoch(producer.epoch()));

    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(answer.producerId()).isNotEqualTo(producer.id());
    assertThat(answer.producerEpoch()).isZero();
  }

  @Test
  void an_empty_transactional_id_is_invalid() {
    InitProducerIdResponse answer =
        broker().ask(new InitProducerIdRequest().transactionalId("").transactionTimeoutMs(1000));

    assertThat(answer)
        .isEqualTo(
            new InitProducerIdResponse()
                .errorCode(ErrorCode.INVALID_REQUEST.code())
                .producerId(-1)
                .producerEpoch((short) -1));
  }

  private InitProducerIdResponse initProducerId(int version) {
    return broker()
        .ask(new InitProducerIdRequest().transactionalId(null).transactionTimeoutMs(-1), version);
  }

  private PartitionProduceResponse receive() {
    ProduceResponse answer = broker().receive(new ProduceRequest(), 13);
    return only(only(answer.responses()).partitionResponses());
  }

  private void expect(Topic topic, TestBatch batch, ErrorCode why) {
    PartitionProduceResponse answer = produce(topic, batch);

    boolean isDamaged = why == ErrorCode.CORRUPT_MESSAGE;
    assertThat(answer.errorMessage(null)).isEqualTo(isDamaged ? refused(why) : refusedByLog(why));
  }
}
