package io.ottla.testkit.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.TimestampType;
import io.ottla.testkit.internal.log.AppendResult.RecordError;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is refused leaves no trace, and what is wrong with it is said as Kafka says it. */
class BatchRulesTest extends LogTestBase {
  private static final int LENGTH = 8;
  private static final int MAGIC = 16;
  private static final int ATTRIBUTES = 21;
  private static final int LAST_OFFSET_DELTA = 23;
  private static final int COUNT = 57;

  @AfterEach
  void nothing_is_appended() {
    assertThat(log.endOffset()).isZero();
    assertThat(log.producerStates()).isEmpty();
  }

  @Test
  void a_flipped_bit_fails_the_checksum() {
    ByteBuffer batch = TestBatch.of(1).bytes();
    batch.put(batch.limit() - 1, (byte) (batch.get(batch.limit() - 1) ^ 1));

    assertRefused(append(batch), ErrorCode.CORRUPT_MESSAGE);
  }

  @Test
  void a_batch_shorter_than_its_header_is_corrupt() {
    ByteBuffer batch = ByteBuffer.allocate(40).putInt(LENGTH, 28).put(MAGIC, (byte) 2);

    assertRefused(append(batch), ErrorCode.CORRUPT_MESSAGE);
  }

  @Test
  void an_unknown_version_is_corrupt() {
    ByteBuffer batch = TestBatch.of(1).bytes().put(MAGIC, (byte) 3);

    assertRefused(append(batch), ErrorCode.CORRUPT_MESSAGE);
  }

  @Test
  void a_length_that_holds_no_message_is_corrupt() {
    ByteBuffer batch = TestBatch.of(1).bytes().putInt(LENGTH, 13);

    assertRefused(append(batch), ErrorCode.CORRUPT_MESSAGE);
  }

  @Test
  void no_whole_batch_is_an_invalid_record() {
    ByteBuffer batch = TestBatch.of(1).bytes();

    assertRefused(append(batch.limit(batch.limit() - 1)), ErrorCode.INVALID_RECORD);
    assertRefused(append(ByteBuffer.allocate(0)), ErrorCode.INVALID_RECORD);
  }

  @Test
  void two_batches_are_one_too_many() {
    ByteBuffer one = TestBatch.of(1).bytes();
    ByteBuffer two = ByteBuffer.allocate(2 * one.limit());
    two.put(one.duplicate()).put(one.duplicate()).flip();

    assertRefused(append(two), ErrorCode.INVALID_RECORD);
  }

  @Test
  void a_base_offset_other_than_zero_is_invalid() {
    assertRefused(append(TestBatch.of(1).bytes().putLong(0, 1)), ErrorCode.INVALID_RECORD);
  }

  @Test
  void size_is_asked_before_the_checksum() {
    ByteBuffer batch = TestBatch.of(1).bytes();
    settings.maxMessageBytes = batch.limit() - 1;
    batch.put(batch.limit() - 1, (byte) 99);

    assertRefused(append(batch), ErrorCode.MESSAGE_TOO_LARGE);
  }

  @Test
  void a_count_that_contradicts_the_offsets_is_invalid() {
    assertRefused(append(repaired(TestBatch.of(3), COUNT, 2)), ErrorCode.INVALID_RECORD);
    assertRefused(
        append(repaired(TestBatch.of(3), LAST_OFFSET_DELTA, 3)), ErrorCode.INVALID_RECORD);
    assertRefused(append(repaired(TestBatch.of(3), COUNT, 0)), ErrorCode.INVALID_RECORD);
    assertRefused(
        append(repaired(TestBatch.of(3), LAST_OFFSET_DELTA, -1)), ErrorCode.INVALID_RECORD);
  }

  @Test
  void a_batch_without_records_is_invalid() {
    ByteBuffer batch = TestBatch.of(3).bytes();
    batch.putInt(COUNT, 0).putInt(LAST_OFFSET_DELTA, -1);

    assertRefused(append(TestBatch.repairCrc(batch)), ErrorCode.INVALID_RECORD);
  }

  @Test
  void a_header_that_promises_more_records_than_there_are_is_invalid() {
    ByteBuffer batch = TestBatch.of(3).bytes();
    batch.putInt(COUNT, 4).putInt(LAST_OFFSET_DELTA, 3);

    assertRefused(append(TestBatch.repairCrc(batch)), ErrorCode.INVALID_RECORD);
  }

  @Test
  void records_whose_offsets_do_not_count_up_are_invalid() {
    ByteBuffer batch = TestBatch.of(2).bytes();
    batch.put(BatchHeader.BYTES + 3, (byte) 4); // the first record's offset delta, as a varint

    assertRefused(append(TestBatch.repairCrc(batch)), ErrorCode.INVALID_RECORD);
  }

  @Test
  void records_behind_the_promised_ones_are_invalid() {
    ByteBuffer batch = TestBatch.of(3).bytes();
    batch.putInt(COUNT, 2).putInt(LAST_OFFSET_DELTA, 1);

    assertRefused(append(TestBatch.repairCrc(batch)), ErrorCode.INVALID_RECORD);
  }

  @Test
  void an_unknown_compression_is_a_server_error() {
    ByteBuffer batch = TestBatch.of(1).bytes().putShort(ATTRIBUTES, (short) 5);

    assertRefused(append(TestBatch.repairCrc(batch)), ErrorCode.UNKNOWN_SERVER_ERROR);
  }

  @Test
  void what_cannot_be_decompressed_is_a_server_error() {
    ByteBuffer batch = TestBatch.of(1).bytes().putShort(ATTRIBUTES, (short) 1);

    assertRefused(append(TestBatch.repairCrc(batch)), ErrorCode.UNKNOWN_SERVER_ERROR);
  }

  @Test
  void a_time_before_1970_cannot_be_written_again() {
    settings.compression = Codec.GZIP;
    ByteBuffer batch = TestBatch.of(1).bytes().putLong(27, -500);

    assertRefused(append(TestBatch.repairCrc(batch)), ErrorCode.UNKNOWN_SERVER_ERROR);
  }

  @Test
  void control_batches_are_not_for_clients() {
    assertRefused(append(TestBatch.of(1).control()), ErrorCode.INVALID_RECORD);
  }

  @Test
  void a_producer_id_needs_a_sequence_number() {
    assertRefused(append(TestBatch.of(1).producer(5, 0, -1)), ErrorCode.INVALID_RECORD);
  }

  @Test
  void a_compacted_topic_names_the_records_without_a_key() {
    settings.isCompacted = true;

    AppendResult result =
        append(TestBatch.empty().record(-1, null, "a").record(-1, "k", "b").record(-1, null, "c"));

    assertRefused(result, ErrorCode.INVALID_RECORD);
    assertThat(result.recordErrors()).extracting(RecordError::index).containsExactly(0, 2);
  }

  @Test
  void a_time_too_far_back_or_ahead_is_named() {
    long now = timers.nowMillis();
    settings.timestampBeforeMaxMillis = 1000;
    settings.timestampAfterMaxMillis = 500;

    AppendResult result =
        append(
            TestBatch.empty()
                .record(now - 1001)
                .record(now - 1000)
                .record(now + 500)
                .record(now + 501)
                .codec(Codec.GZIP));

    assertRefused(result, ErrorCode.INVALID_TIMESTAMP);
    assertThat(result.recordErrors()).extracting(RecordError::index).containsExactly(0, 3);
  }

  @Test
  void a_record_without_a_key_is_not_asked_for_its_time() {
    settings.isCompacted = true;

    AppendResult result =
        append(TestBatch.empty().record(timers.nowMillis() + 3_600_001, null, "a"));

    assertRefused(result, ErrorCode.INVALID_RECORD);
    assertThat(result.recordErrors()).hasSize(1);
  }

  @Test
  void a_bad_time_weighs_more_than_a_missing_key() {
    settings.isCompacted = true;
    TestBatch batch =
        TestBatch.empty().record(-1, null, "a").record(timers.nowMillis() + 3_600_001, "k", "b");

    AppendResult result = append(batch);

    assertRefused(result, ErrorCode.INVALID_TIMESTAMP);
    assertThat(result.recordErrors()).extracting(RecordError::index).containsExactly(0, 1);
  }

  @Test
  void the_brokers_time_is_the_brokers_to_give() {
    settings.timestampType = TimestampType.LOG_APPEND_TIME;

    AppendResult result = append(TestBatch.of(2).logAppendTime(timers.nowMillis()));

    assertRefused(result, ErrorCode.INVALID_TIMESTAMP);
    assertThat(result.recordErrors()).hasSize(2);
  }

  private static ByteBuffer repaired(TestBatch batch, int position, int value) {
    return TestBatch.repairCrc(batch.bytes().putInt(position, value));
  }

  private static void assertRefused(AppendResult result, ErrorCode error) {
    assertThat(result.error()).isEqualTo(error);
    assertThat(result.isAccepted()).isFalse();
    assertThat(result.reason()).isNotBlank();
    assertThat(result.baseOffset()).isEqualTo(-1);
  }
}
