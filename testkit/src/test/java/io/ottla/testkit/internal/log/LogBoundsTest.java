package io.ottla.testkit.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogBoundsTest extends LogTestBase {
  @Test
  void a_held_high_watermark_stays_behind_the_end() {
    appendRecords(1);
    log.holdHighWatermark();
    appendRecords(3);

    assertThat(log.highWatermark()).isEqualTo(1);
    assertThat(log.lastStableOffset()).isEqualTo(1);

    log.advanceHighWatermarkTo(3);
    appendRecords(1);
    assertThat(log.highWatermark()).isEqualTo(3);

    log.releaseHighWatermark();
    assertThat(log.highWatermark()).isEqualTo(5);
    appendRecords(1);
    assertThat(log.highWatermark()).isEqualTo(6);
  }

  @Test
  void the_high_watermark_moves_neither_back_nor_beyond_the_end() {
    appendRecords(2);

    assertThatIllegalArgumentException().isThrownBy(() -> log.advanceHighWatermarkTo(1));
    assertThatIllegalArgumentException().isThrownBy(() -> log.advanceHighWatermarkTo(3));
  }

  @Test
  void a_truncated_log_goes_on_from_there() {
    append(TestBatch.of(2));
    append(TestBatch.of(2));

    log.truncateTo(3);

    assertThat(log.endOffset()).isEqualTo(3);
    assertThat(log.highWatermark()).isEqualTo(3);
    assertThat(append(TestBatch.of(1)).baseOffset()).isEqualTo(3);
    assertThat(stored()).extracting(batch -> batch.baseOffset()).containsExactly(0L, 3L);
  }

  @Test
  void truncating_behind_the_end_does_nothing() {
    appendRecords(2);

    log.truncateTo(5);

    assertThat(log.endOffset()).isEqualTo(2);
  }

  @Test
  void deleting_moves_the_start_forward_only() {
    appendRecords(4);

    log.deleteRecordsBefore(3);
    log.deleteRecordsBefore(1);

    assertThat(log.startOffset()).isEqualTo(3);
    assertThat(append(TestBatch.of(1)).logStartOffset()).isEqualTo(3);
    assertThatIllegalArgumentException().isThrownBy(() -> log.deleteRecordsBefore(6));
  }

  @Test
  void records_deleted_less_than_a_minute_before_a_kill_are_back() {
    appendRecords(4);
    log.deleteRecordsBefore(1);
    timers.advance(60_000);
    log.deleteRecordsBefore(3);
    timers.advance(59_999);

    log.afterKill();

    assertThat(log.startOffset()).isEqualTo(1);
    assertThat(stored()).extracting(batch -> batch.baseOffset()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void records_deleted_before_that_or_before_a_clean_restart_stay_deleted() {
    appendRecords(4);
    log.deleteRecordsBefore(1);
    log.afterCleanRestart();
    log.afterKill();
    assertThat(log.startOffset()).isEqualTo(1);

    log.deleteRecordsBefore(3);
    timers.advance(60_000);
    log.afterKill();
    assertThat(log.startOffset()).isEqualTo(3);
  }

  @Test
  void a_log_truncated_before_its_start_begins_there() {
    appendRecords(4);
    log.deleteRecordsBefore(3);

    log.truncateTo(1);

    assertThat(log.startOffset()).isEqualTo(1);
    assertThat(log.endOffset()).isEqualTo(1);
    assertThat(append(TestBatch.of(1)).baseOffset()).isEqualTo(1);
  }

  @Test
  void listeners_are_told_of_each_change_until_they_want_no_more() {
    List<String> told = new ArrayList<>();
    Subscription subscription =
        log.onChange(
            () -> told.add(log.startOffset() + " " + log.highWatermark() + " " + log.endOffset()));

    log.holdHighWatermark();
    appendRecords(2);
    log.advanceHighWatermarkTo(1);
    log.deleteRecordsBefore(1);
    log.releaseHighWatermark();
    log.truncateTo(1);
    log.announceChange();
    subscription.cancel();
    subscription.cancel();
    appendRecords(1);

    assertThat(told).containsExactly("0 0 1", "0 0 2", "0 1 2", "1 1 2", "1 2 2", "1 1 1", "1 1 1");
  }

  @Test
  void a_refused_batch_and_a_duplicate_are_no_change() {
    append(TestBatch.of(1).producer(1, 0, 0));
    List<String> told = new ArrayList<>();
    log.onChange(() -> told.add("told"));

    append(TestBatch.of(1).producer(1, 0, 0));
    append(TestBatch.of(1).producer(1, 0, 9));

    assertThat(told).isEmpty();
  }

  @Test
  void a_listener_may_leave_while_it_is_told() {
    List<String> told = new ArrayList<>();
    List<Subscription> own = new ArrayList<>();
    own.add(
        log.onChange(
            () -> {
              told.add("first");
              own.get(0).cancel();
            }));
    log.onChange(() -> told.add("second"));

    appendRecords(2);

    assertThat(told).containsExactly("first", "second", "second");
  }
}
