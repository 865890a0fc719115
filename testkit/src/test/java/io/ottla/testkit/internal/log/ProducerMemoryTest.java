package io.ottla.testkit.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import org.junit.jupiter.api.Test;

/** When a log forgets a producer, and what it remembers after a restart. */
class ProducerMemoryTest extends LogTestBase {
  private static final long ID = 4000;
  private static final long DAY = 86_400_000;
  private static final long HOUR = 3_600_000;

  @Test
  void a_producer_is_forgotten_a_day_after_its_last_records_time() {
    send(0, timers.nowMillis());

    timers.advance(DAY - 1);
    log.expireProducers();
    assertThat(send(0, 0).isDuplicate()).isTrue();

    timers.advance(1);
    log.expireProducers();
    assertThat(log.producerStates()).isEmpty();
    assertThat(send(0, timers.nowMillis()).baseOffset()).isEqualTo(1);
  }

  @Test
  void what_counts_is_the_time_of_the_records_not_when_they_came() {
    send(0, timers.nowMillis() - 25 * HOUR);

    log.expireProducers();

    assertThat(log.producerStates()).isEmpty();
  }

  @Test
  void a_later_batch_keeps_its_producer() {
    send(0, timers.nowMillis());
    timers.advance(DAY - 1);
    send(1, timers.nowMillis());
    timers.advance(DAY - 1);

    log.expireProducers();

    assertThat(log.producerStates()).hasSize(1);
  }

  @Test
  void after_a_clean_restart_only_the_last_batch_is_known() {
    sendFive();

    log.afterCleanRestart();

    assertThat(send(4, 0).isDuplicate()).isTrue();
    assertThat(send(3, 0).error()).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(send(5, timers.nowMillis()).baseOffset()).isEqualTo(5);
  }

  @Test
  void after_a_kill_only_the_last_batch_is_known_too() {
    sendFive();

    log.afterKill();

    assertThat(send(4, 0).isDuplicate()).isTrue();
    assertThat(send(3, 0).error()).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(send(5, timers.nowMillis()).baseOffset()).isEqualTo(5);
  }

  @Test
  void what_comes_after_a_restart_is_remembered_as_ever() {
    sendFive();
    log.afterKill();
    send(5, timers.nowMillis());
    send(6, timers.nowMillis());

    for (int sequence = 4; sequence < 7; sequence++) {
      assertThat(send(sequence, 0).baseOffset()).isEqualTo(sequence);
    }
    assertThat(log.endOffset()).isEqualTo(7);
  }

  @Test
  void what_came_after_a_restart_and_was_truncated_may_be_sent_again() {
    sendFive();
    log.afterCleanRestart();
    send(5, timers.nowMillis());
    send(6, timers.nowMillis());

    log.truncateTo(6);

    assertThat(send(3, 0).error()).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    assertThat(send(4, 0).isDuplicate()).isTrue();
    assertThat(send(5, 0).isDuplicate()).isTrue();
    log.truncateTo(5);
    assertThat(send(5, timers.nowMillis()).isDuplicate()).isFalse();
  }

  @Test
  void a_restart_forgets_producers_whose_records_are_all_deleted_and_the_log_is_empty() {
    sendFive();
    log.deleteRecordsBefore(5);

    log.afterCleanRestart();

    assertThat(log.producerStates()).isEmpty();
  }

  @Test
  void a_restart_remembers_producers_whose_records_are_deleted_if_others_are_left() {
    sendFive();
    append(TestBatch.of(1));
    log.deleteRecordsBefore(5);

    log.afterCleanRestart();

    assertThat(send(4, 0).isDuplicate()).isTrue();
  }

  @Test
  void a_clean_restart_forgets_producers_that_have_expired() {
    sendFive();
    timers.advance(DAY);

    log.afterCleanRestart();

    assertThat(log.producerStates()).isEmpty();
  }

  @Test
  void what_was_truncated_may_be_sent_again() {
    sendFive();

    log.truncateTo(3);

    assertThat(send(2, 0).isDuplicate()).isTrue();
    assertThat(send(4, 0).error()).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
    AppendResult again = send(3, timers.nowMillis());
    assertThat(again.isDuplicate()).isFalse();
    assertThat(again.baseOffset()).isEqualTo(3);
  }

  @Test
  void a_truncation_behind_the_snapshot_goes_back_to_the_batches() {
    sendFive();
    log.afterCleanRestart();

    log.truncateTo(3);

    assertThat(send(0, 0).isDuplicate()).isTrue();
    assertThat(send(3, timers.nowMillis()).baseOffset()).isEqualTo(3);
  }

  @Test
  void deleting_records_does_not_make_the_log_forget() {
    sendFive();

    log.deleteRecordsBefore(5);

    assertThat(send(1, 0).isDuplicate()).isTrue();
    assertThat(send(7, 0).error()).isEqualTo(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
  }

  private void sendFive() {
    for (int sequence = 0; sequence < 5; sequence++) {
      send(sequence, timers.nowMillis());
    }
  }

  private AppendResult send(int sequence, long timestamp) {
    return append(TestBatch.empty().record(timestamp).producer(ID, 0, sequence));
  }
}
