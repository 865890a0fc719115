package io.ottla.testkit.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ReadTest extends LogTestBase {
  private final int batchBytes = TestBatch.of(2).bytes().limit();

  @Test
  void a_read_begins_with_the_batch_that_holds_the_offset() {
    appendPairs(3);

    LogRead read = log.read(3, 6, 10_000, false);

    assertThat(read.sizeInBytes()).isEqualTo(2 * batchBytes);
    assertThat(read.bytes().getLong(0)).isEqualTo(2);
    assertThat(read.isFirstIncomplete()).isFalse();
  }

  @Test
  void a_read_ends_before_the_batch_that_holds_the_upper_offset() {
    appendPairs(3);

    assertThat(log.read(0, 4, 10_000, true).sizeInBytes()).isEqualTo(2 * batchBytes);
    assertThat(log.read(0, 5, 10_000, true).sizeInBytes()).isEqualTo(2 * batchBytes);
    assertThat(log.read(0, 6, 10_000, true).sizeInBytes()).isEqualTo(3 * batchBytes);
    assertThat(log.read(4, 5, 10_000, true)).isEqualTo(LogRead.EMPTY);
  }

  @Test
  void nothing_is_behind_the_end_or_the_upper_offset() {
    appendPairs(1);

    assertThat(log.read(2, 2, 10_000, true)).isEqualTo(LogRead.EMPTY);
    assertThat(log.read(1, 0, 10_000, true)).isEqualTo(LogRead.EMPTY);
  }

  @Test
  void the_limit_cuts_the_last_batch() {
    appendPairs(3);

    LogRead read = log.read(0, 6, batchBytes + 10, false);

    assertThat(read.sizeInBytes()).isEqualTo(batchBytes + 10);
    assertThat(read.isFirstIncomplete()).isFalse();
  }

  @Test
  void the_first_batch_is_whole_only_if_that_is_asked_for() {
    appendPairs(2);

    assertThat(log.read(0, 4, 10, true).sizeInBytes()).isEqualTo(batchBytes);
    assertThat(log.read(0, 4, 10, true).isFirstIncomplete()).isFalse();
    assertThat(log.read(0, 4, 10, false).sizeInBytes()).isEqualTo(10);
    assertThat(log.read(0, 4, 10, false).isFirstIncomplete()).isTrue();
    assertThat(log.read(0, 4, -1, false).sizeInBytes()).isZero();
  }

  @Test
  void what_was_read_stays_as_it_was_through_growth_and_truncation() {
    appendPairs(2);
    ByteBuffer read = log.read(0, 4, 10_000, true).bytes();
    ByteBuffer before = ByteBuffer.allocate(read.remaining()).put(read.duplicate()).flip();

    log.truncateTo(2);
    append(TestBatch.empty().record(timers.nowMillis(), "other", "bytes"));
    appendPairs(100);

    assertThat(read).isEqualTo(before);
    Assertions.assertThatExceptionOfType(ReadOnlyBufferException.class)
        .isThrownBy(() -> read.put(0, (byte) 1));
  }

  @Test
  void a_read_stays_within_its_segment_and_the_next_one_goes_on() {
    StoredBatches batches = new StoredBatches(250);
    ByteBuffer hundred = ByteBuffer.allocate(100);
    for (int i = 0; i < 5; i++) {
      batches.append(hundred, i, i, -1, true);
    }

    assertThat(batches.read(0, 5, 10_000, true).sizeInBytes()).isEqualTo(200);
    assertThat(batches.read(2, 5, 10_000, true).sizeInBytes()).isEqualTo(200);
    assertThat(batches.read(2, 3, 10_000, true).sizeInBytes()).isEqualTo(100);
    assertThat(batches.read(4, 5, 10_000, true).sizeInBytes()).isEqualTo(100);

    assertThat(batches.read(4, 1, 10_000, true)).isEqualTo(LogRead.EMPTY);

    batches.freeBefore(3);
    assertThat(batches.from(0)).extracting(StoredBatch::baseOffset).containsExactly(2L, 3L, 4L);

    batches.truncateTo(3);
    batches.append(hundred, 3, 3, -1, true);
    assertThat(batches.read(2, 4, 10_000, true).sizeInBytes()).isEqualTo(200);
  }

  @Test
  void a_batch_larger_than_a_segment_has_one_of_its_own() {
    StoredBatches batches = new StoredBatches(50);
    batches.append(ByteBuffer.allocate(5000), 0, 0, -1, true);
    batches.append(ByteBuffer.allocate(10), 1, 1, -1, true);

    assertThat(batches.read(0, 2, 10_000, true).sizeInBytes()).isEqualTo(5000);
    assertThat(batches.read(1, 2, 10_000, true).sizeInBytes()).isEqualTo(10);
  }

  private void appendPairs(int batches) {
    for (int i = 0; i < batches; i++) {
      append(TestBatch.of(2));
    }
  }
}
