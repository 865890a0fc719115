package io.ottla.testkit.internal.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.record.ControlRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TransactionsTest extends LogTestBase {
  private static final long ID = 4000;
  private static final long OTHER = 5000;

  @Test
  void an_open_transaction_holds_the_last_stable_offset_back() {
    appendRecords(2);
    write(ID, 0, 3);
    appendRecords(1);

    assertThat(log.lastStableOffset()).isEqualTo(2);
    assertThat(log.highWatermark()).isEqualTo(6);
    assertThat(log.producerStates()).contains(new ProducerState(ID, (short) 0, 2, -1, -1, 2));

    end(ControlRecord.Type.COMMIT, ID);
    assertThat(log.lastStableOffset()).isEqualTo(7);
    assertThat(log.abortedTransactions(0, 7)).isEmpty();
    assertThat(log.producerStates()).contains(new ProducerState(ID, (short) 0, 2, 1000, 7, -1));
  }

  @Test
  void an_aborted_transaction_is_told_to_who_reads_its_range() {
    write(ID, 0, 2);
    write(OTHER, 0, 1);
    end(ControlRecord.Type.ABORT, ID);
    write(OTHER, 1, 1);
    end(ControlRecord.Type.ABORT, OTHER);

    AbortedTransaction first = new AbortedTransaction(ID, 0, 3, 2);
    AbortedTransaction second = new AbortedTransaction(OTHER, 2, 5, 6);
    assertThat(log.abortedTransactions(0, 6)).containsExactly(first, second);
    assertThat(log.abortedTransactions(0, 2)).containsExactly(first);
    assertThat(log.abortedTransactions(4, 6)).containsExactly(second);
    assertThat(log.abortedTransactions(6, 9)).isEmpty();
  }

  @Test
  void a_marker_above_the_high_watermark_does_not_count_yet() {
    write(ID, 0, 1);
    log.holdHighWatermark();
    end(ControlRecord.Type.COMMIT, ID);

    assertThat(log.lastStableOffset()).isZero();
    log.advanceHighWatermarkTo(1);
    assertThat(log.lastStableOffset()).isZero();

    log.releaseHighWatermark();
    assertThat(log.lastStableOffset()).isEqualTo(2);
  }

  @Test
  void a_truncated_marker_opens_its_transaction_again() {
    write(ID, 0, 1);
    end(ControlRecord.Type.ABORT, ID);
    appendRecords(1);

    log.truncateTo(1);

    assertThat(log.lastStableOffset()).isZero();
    assertThat(log.abortedTransactions(0, 10)).isEmpty();
    end(ControlRecord.Type.ABORT, ID);
    assertThat(log.abortedTransactions(0, 10)).hasSize(1);
  }

  @Test
  void an_aborted_transaction_is_still_known_after_a_kill() {
    write(ID, 0, 1);
    end(ControlRecord.Type.ABORT, ID);
    write(OTHER, 0, 1);

    log.afterKill();

    assertThat(log.abortedTransactions(0, 10)).hasSize(1);
    assertThat(log.lastStableOffset()).isEqualTo(2);
  }

  @Test
  void an_open_transaction_survives_a_clean_restart_and_does_not_expire() {
    write(ID, 0, 1);

    log.afterCleanRestart();
    log.expireProducers();

    assertThat(log.lastStableOffset()).isZero();
    end(ControlRecord.Type.ABORT, ID);
    assertThat(log.lastStableOffset()).isEqualTo(2);
    assertThat(log.abortedTransactions(0, 10)).hasSize(1);
  }

  @Test
  void records_outside_the_open_transaction_of_their_producer_are_refused() {
    write(ID, 0, 1);

    AppendResult result = append(TestBatch.of(1).producer(ID, 0, 1));

    assertThat(result.error()).isEqualTo(ErrorCode.INVALID_TXN_STATE);
  }

  @Test
  void deleted_records_do_not_hold_the_last_stable_offset_before_the_start() {
    write(ID, 0, 3);

    log.deleteRecordsBefore(2);

    assertThat(log.lastStableOffset()).isEqualTo(2);
  }

  @Test
  void a_marker_that_cannot_be_read_is_stored_and_means_nothing() {
    ByteBuffer marker =
        TestBatch.empty().record(0, "k", null).control().producer(ID, 0, -1).bytes();

    assertThat(log.appendUnchecked(marker, EPOCH)).isZero();

    assertThat(log.endOffset()).isEqualTo(1);
    assertThat(log.producerStates()).isEmpty();
  }

  @Test
  void unchecked_batches_keep_a_wrong_checksum() {
    ByteBuffer batch = TestBatch.of(2).bytes();
    int wrong = batch.getInt(17) + 1;
    batch.putInt(17, wrong);

    log.appendUnchecked(batch, EPOCH);

    ByteBuffer stored = log.read(0, 2, 1000, true).bytes();
    assertThat(stored.getInt(17)).isEqualTo(wrong);
    assertThat(stored.getInt(12)).isEqualTo(EPOCH);
  }

  @Test
  void several_unchecked_batches_get_offsets_in_turn() {
    ByteBuffer one = TestBatch.of(2).bytes();
    ByteBuffer two = ByteBuffer.allocate(2 * one.limit());
    two.put(one.duplicate()).put(one.duplicate()).flip();
    appendRecords(1);

    assertThat(log.appendUnchecked(two, EPOCH)).isEqualTo(1);
    assertThat(stored()).extracting(batch -> batch.baseOffset()).containsExactly(0L, 1L, 3L);
  }

  @Test
  void what_is_no_batch_is_appended_as_bytes_or_not_at_all() {
    byte[] ones = new byte[100];
    Arrays.fill(ones, (byte) 1);
    ByteBuffer nonsense = ByteBuffer.wrap(ones);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> log.appendUnchecked(nonsense, EPOCH))
        .withMessageContaining("as bytes");
    assertThat(log.appendBytes(nonsense, 5, EPOCH)).isZero();
    assertThat(log.endOffset()).isEqualTo(5);
    assertThat(log.read(3, 5, 1000, true).bytes()).isEqualTo(nonsense);
    assertThat(log.offsetForTimestamp(0)).isNull();
    assertThat(log.maxTimestamp()).isNull();
    log.afterKill();
    assertThat(log.producerStates()).isEmpty();
  }

  @Test
  void batches_that_take_no_offsets_or_are_cut_off_are_not_appended() {
    ByteBuffer backwards = TestBatch.of(1).bytes().putInt(23, -1);
    ByteBuffer batch = TestBatch.of(1).bytes();
    ByteBuffer longer = ByteBuffer.allocate(batch.limit() + 5).put(batch).rewind();

    assertThatIllegalArgumentException().isThrownBy(() -> log.appendUnchecked(backwards, EPOCH));
    assertThatIllegalArgumentException().isThrownBy(() -> log.appendUnchecked(longer, EPOCH));
    assertThat(log.endOffset()).isZero();
  }

  private void write(long producerId, int sequence, int records) {
    log.appendUnchecked(
        TestBatch.of(records).transactional().producer(producerId, 0, sequence).bytes(), EPOCH);
  }

  private void end(ControlRecord.Type type, long producerId) {
    log.appendUnchecked(TestBatch.marker(type, producerId, 0).bytes(), EPOCH);
  }
}
