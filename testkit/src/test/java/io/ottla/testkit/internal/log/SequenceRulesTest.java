package io.ottla.testkit.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.record.TimestampType;
import org.junit.jupiter.api.Test;

/** KIP-98's rules, as Kafka 4.3.1 applies them. */
class SequenceRulesTest extends LogTestBase {
  private static final long ID = 4000;

  @Test
  void numbers_follow_one_another() {
    assertThat(send(0, 0, 3).error()).isEqualTo(ErrorCode.NONE);
    assertThat(send(0, 3, 2).baseOffset()).isEqualTo(3);
    assertThat(log.producerStates())
        .containsExactly(new ProducerState(ID, (short) 0, 4, -1, -1, -1));
  }

  @Test
  void a_gap_is_out_of_order() {
    send(0, 0, 3);

    assertThat(send(0, 4, 1).error()).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(log.endOffset()).isEqualTo(3);
  }

  @Test
  void a_duplicate_of_the_last_five_is_told_its_first_offset() {
    for (int i = 0; i < 5; i++) {
      send(0, 2 * i, 2);
    }

    for (int i = 0; i < 5; i++) {
      AppendResult again = send(0, 2 * i, 2);
      assertThat(again.error()).isEqualTo(ErrorCode.NONE);
      assertThat(again.isDuplicate()).isTrue();
      assertThat(again.baseOffset()).isEqualTo(2L * i);
      assertThat(again.lastOffset()).isEqualTo(2L * i + 1);
    }
    assertThat(log.endOffset()).isEqualTo(10);
  }

  @Test
  void an_older_duplicate_is_out_of_order() {
    for (int i = 0; i < 6; i++) {
      send(0, i, 1);
    }

    assertThat(send(0, 0, 1).error()).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(send(0, 1, 1).isDuplicate()).isTrue();
  }

  @Test
  void a_duplicate_is_known_by_its_numbers_not_by_its_content() {
    long now = timers.nowMillis();
    append(TestBatch.empty().record(now, "a", "first").producer(ID, 0, 0));

    AppendResult again =
        append(TestBatch.empty().record(now + 1, "b", "second").producer(ID, 0, 0));

    assertThat(again.isDuplicate()).isTrue();
    assertThat(again.appendTimeMillis()).isEqualTo(now);
  }

  @Test
  void a_duplicate_of_a_part_is_none() {
    send(0, 0, 4);

    assertThat(send(0, 0, 2).error()).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(send(0, 2, 2).error()).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
  }

  @Test
  void a_duplicate_is_told_the_append_time_of_old() {
    settings.timestampType = TimestampType.LOG_APPEND_TIME;
    long appended = send(0, 0, 1).appendTimeMillis();
    timers.advance(5_000);

    assertThat(send(0, 0, 1).appendTimeMillis()).isEqualTo(appended);
  }

  @Test
  void numbers_wrap_from_the_largest_to_zero() {
    send(0, Integer.MAX_VALUE - 1, 2);

    assertThat(send(0, 0, 2).baseOffset()).isEqualTo(2);
    assertThat(log.producerStates()).extracting(ProducerState::lastSequence).containsExactly(1);
  }

  @Test
  void numbers_wrap_within_a_batch_and_it_is_known_again() {
    send(0, Integer.MAX_VALUE - 1, 4);

    assertThat(send(0, Integer.MAX_VALUE - 1, 4).isDuplicate()).isTrue();
    assertThat(send(0, 2, 1).baseOffset()).isEqualTo(4);
  }

  @Test
  void a_new_epoch_begins_at_zero() {
    send(0, 0, 3);

    assertThat(send(1, 3, 1).error()).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(send(1, 0, 1).baseOffset()).isEqualTo(3);
  }

  @Test
  void an_old_epoch_is_fenced() {
    send(1, 0, 1);

    assertThat(send(0, 1, 1).error()).isEqualTo(ErrorCode.INVALID_PRODUCER_EPOCH);
  }

  @Test
  void even_a_duplicate_of_an_old_epoch_is_fenced() {
    send(0, 0, 1);
    send(1, 0, 1);

    assertThat(send(0, 0, 1).error()).isEqualTo(ErrorCode.INVALID_PRODUCER_EPOCH);
  }

  @Test
  void batches_of_the_old_epoch_are_no_duplicates_of_the_new_one() {
    send(0, 0, 3);
    send(0, 3, 3);
    send(1, 0, 3);

    assertThat(send(1, 3, 3).isDuplicate()).isFalse();
    assertThat(log.endOffset()).isEqualTo(12);
  }

  @Test
  void without_an_epoch_numbers_are_not_compared() {
    send(-1, 0, 1);

    assertThat(send(-1, 7, 1).error()).isEqualTo(ErrorCode.NONE);
    assertThat(send(0, 5, 1).error()).isEqualTo(ErrorCode.NONE);
    assertThat(send(0, 7, 1).error()).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
  }

  @Test
  void a_producer_that_nobody_knows_may_begin_anywhere() {
    assertThat(send(7, 123, 2).error()).isEqualTo(ErrorCode.NONE);
    assertThat(send(7, 125, 1).error()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void producers_do_not_mind_each_other() {
    send(0, 0, 3);

    assertThat(append(TestBatch.of(1).producer(ID + 1, 0, 0)).error()).isEqualTo(ErrorCode.NONE);
    assertThat(send(0, 3, 1).error()).isEqualTo(ErrorCode.NONE);
  }

  private AppendResult send(int epoch, int sequence, int records) {
    return append(TestBatch.of(records).producer(ID, epoch, sequence));
  }
}
