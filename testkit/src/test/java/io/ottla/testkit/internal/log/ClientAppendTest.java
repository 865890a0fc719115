package io.ottla.testkit.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Header;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordCursor;
import io.ottla.protocol.record.TimestampType;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientAppendTest extends LogTestBase {
  @Test
  void a_batch_gets_the_next_offsets_and_the_leaders_epoch() {
    append(TestBatch.of(3));
    AppendResult second = append(TestBatch.of(2));

    assertThat(second.error()).isEqualTo(ErrorCode.NONE);
    assertThat(second.baseOffset()).isEqualTo(3);
    assertThat(second.lastOffset()).isEqualTo(4);
    assertThat(second.appendTimeMillis()).isEqualTo(-1);
    assertThat(second.logStartOffset()).isZero();
    assertThat(second.isDuplicate()).isFalse();
    assertThat(log.endOffset()).isEqualTo(5);
    assertThat(log.highWatermark()).isEqualTo(5);
    assertThat(stored()).extracting(RecordBatch::baseOffset).containsExactly(0L, 3L);
    assertThat(stored()).extracting(RecordBatch::leaderEpoch).containsOnly(EPOCH);
    lastStored().verifyCrc();
  }

  @Test
  void the_bytes_of_a_request_stay_as_they_were_sent() {
    settings.timestampType = TimestampType.LOG_APPEND_TIME;
    ByteBuffer sent = TestBatch.of(2).bytes();
    ByteBuffer before = ByteBuffer.allocate(sent.limit()).put(sent.duplicate()).flip();

    append(sent);
    AppendResult again = append(sent);

    assertThat(sent).isEqualTo(before);
    assertThat(again.baseOffset()).isEqualTo(2);
  }

  @Test
  void a_topic_with_log_append_time_gives_its_own() {
    settings.timestampType = TimestampType.LOG_APPEND_TIME;

    AppendResult result = append(TestBatch.empty().record(5).record(9));

    long now = timers.nowMillis();
    assertThat(result.appendTimeMillis()).isEqualTo(now);
    RecordBatch batch = lastStored();
    batch.verifyCrc();
    assertThat(batch.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
    assertThat(batch.maxTimestamp()).isEqualTo(now);
    try (RecordCursor record = batch.cursor()) {
      record.next();
      assertThat(record.timestamp()).isEqualTo(now);
    }
  }

  @Test
  void a_wrong_latest_time_in_the_header_is_put_right() {
    long now = timers.nowMillis();
    ByteBuffer batch = TestBatch.empty().record(now).record(now - 5).bytes();
    batch.putLong(35, now + 100);

    append(TestBatch.repairCrc(batch));

    assertThat(lastStored().maxTimestamp()).isEqualTo(now);
    lastStored().verifyCrc();
  }

  @Test
  void that_the_broker_gave_the_time_is_not_for_a_producer_to_say() {
    long now = timers.nowMillis();

    append(TestBatch.empty().record(now).logAppendTime(now));

    assertThat(lastStored().timestampType()).isEqualTo(TimestampType.CREATE_TIME);
    assertThat(lastStored().maxTimestamp()).isEqualTo(now);
    lastStored().verifyCrc();
  }

  @ParameterizedTest
  @EnumSource
  void a_batch_stays_compressed_as_it_came(Codec codec) {
    append(TestBatch.of(20).codec(codec));

    assertThat(lastStored().codec()).isEqualTo(codec);
    assertThat(lastStored().count()).isEqualTo(20);
  }

  @ParameterizedTest
  @EnumSource
  void a_topic_with_a_compression_of_its_own_compresses_again(Codec codec) {
    settings.compression = codec;
    Header header = new Header("h", new byte[] {1});
    TestBatch sent =
        TestBatch.empty()
            .record(timers.nowMillis(), "a", null, List.of(header))
            .record(timers.nowMillis() + 1, null, "b")
            .codec(Codec.LZ4)
            .producer(9, 2, 0);

    append(sent);

    RecordBatch batch = lastStored();
    batch.verifyCrc();
    assertThat(batch.codec()).isEqualTo(codec);
    assertThat(batch.producerId()).isEqualTo(9);
    assertThat(batch.producerEpoch()).isEqualTo((short) 2);
    assertThat(batch.baseSequence()).isZero();
    assertThat(batch.maxTimestamp()).isEqualTo(timers.nowMillis() + 1);
    try (RecordCursor record = batch.cursor()) {
      record.next();
      assertThat(record.headers()).containsExactly(header);
      assertThat(record.value()).isNull();
      record.next();
      assertThat(record.key()).isNull();
      assertThat(record.value()).asString().isEqualTo("b");
    }
  }

  @Test
  void what_compressing_again_makes_too_large_is_refused() {
    byte[] zeros = new byte[10_000];
    settings.compression = Codec.NONE;
    settings.maxMessageBytes = 5_000;

    AppendResult result =
        append(
            TestBatch.empty()
                .record(-1, "k", new String(zeros, java.nio.charset.StandardCharsets.US_ASCII))
                .codec(Codec.GZIP));

    assertThat(result.error()).isEqualTo(ErrorCode.MESSAGE_TOO_LARGE);
    assertThat(log.endOffset()).isZero();
  }

  @Test
  void a_batch_of_exactly_the_limit_is_taken() {
    ByteBuffer batch = TestBatch.of(3).bytes();
    settings.maxMessageBytes = batch.limit();

    assertThat(append(batch).error()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void records_without_a_time_are_never_too_old() {
    settings.timestampBeforeMaxMillis = 1000;

    assertThat(append(TestBatch.of(1)).error()).isEqualTo(ErrorCode.NONE);
    assertThat(lastStored().maxTimestamp()).isEqualTo(-1);
  }

  @Test
  void what_is_cut_off_behind_a_batch_is_not_kept() {
    ByteBuffer batch = TestBatch.of(1).bytes();
    ByteBuffer longer = ByteBuffer.allocate(batch.limit() + 30).put(batch.duplicate());
    longer.put(batch.duplicate().limit(30)).flip();

    assertThat(append(longer).error()).isEqualTo(ErrorCode.NONE);
    assertThat(log.endOffset()).isEqualTo(1);
    assertThat(lastStored().sizeInBytes()).isEqualTo(batch.limit());
  }
}
