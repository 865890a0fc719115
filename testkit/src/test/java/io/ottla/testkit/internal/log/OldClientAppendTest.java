package io.ottla.testkit.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.LegacyConverter;
import io.ottla.protocol.record.LegacyConverter.Timestamps;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.protocol.record.RecordCursor;
import io.ottla.protocol.record.TimestampType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Message sets of clients before 0.11 become batches of today. */
class OldClientAppendTest extends LogTestBase {
  private final long now = timers.nowMillis();

  @ParameterizedTest
  @CsvSource({"0,NONE", "0,GZIP", "0,SNAPPY", "0,LZ4", "1,NONE", "1,GZIP", "1,SNAPPY", "1,LZ4"})
  void a_message_set_becomes_one_batch(byte magic, Codec codec) {
    appendRecords(2);

    AppendResult result = append(set(magic, codec));

    assertThat(result.error()).isEqualTo(ErrorCode.NONE);
    assertThat(result.baseOffset()).isEqualTo(2);
    assertThat(result.lastOffset()).isEqualTo(4);
    RecordBatch batch = lastStored();
    batch.verifyCrc();
    assertThat(batch.magic()).isEqualTo((byte) 2);
    assertThat(batch.codec()).isEqualTo(codec);
    assertThat(batch.count()).isEqualTo(3);
    assertThat(batch.leaderEpoch()).isEqualTo(EPOCH);
    assertThat(batch.producerId()).isEqualTo(-1);
    assertThat(values(batch)).containsExactly("a", "b", "c");
    assertThat(batch.maxTimestamp()).isEqualTo(magic == 0 ? -1 : now + 2);
  }

  @Test
  void a_topic_with_log_append_time_gives_it_to_old_messages_too() {
    settings.timestampType = TimestampType.LOG_APPEND_TIME;

    assertThat(append(set((byte) 0, Codec.NONE)).appendTimeMillis()).isEqualTo(now);

    assertThat(lastStored().timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
    assertThat(lastStored().maxTimestamp()).isEqualTo(now);
  }

  @Test
  void a_message_with_a_wrong_checksum_is_corrupt() {
    ByteBuffer set = set((byte) 1, Codec.NONE);
    set.put(set.limit() - 1, (byte) 'x');

    assertThat(append(set).error()).isEqualTo(ErrorCode.CORRUPT_MESSAGE);
    assertThat(log.endOffset()).isZero();
  }

  @Test
  void a_wrong_checksum_inside_a_compressed_set_is_found() throws IOException {
    ByteBuffer inner = set((byte) 1, Codec.NONE);
    inner.put(inner.limit() - 1, (byte) 'x');
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(inner.array(), inner.arrayOffset(), inner.limit());
    }
    int length = 22 + compressed.size();
    ByteBuffer outer = ByteBuffer.allocate(12 + length).putLong(2).putInt(length).putInt(0);
    outer.put((byte) 1).put((byte) Codec.GZIP.id()).putLong(now).putInt(-1);
    outer.putInt(compressed.size()).put(compressed.toByteArray()).flip();
    CRC32 crc = new CRC32();
    crc.update(outer.duplicate().position(16));
    outer.putInt(12, (int) crc.getValue());

    assertThat(append(outer).error()).isEqualTo(ErrorCode.CORRUPT_MESSAGE);
  }

  @Test
  void a_compressed_set_comes_alone() {
    ByteBuffer set = set((byte) 1, Codec.GZIP);
    ByteBuffer two = ByteBuffer.allocate(2 * set.limit());
    two.put(set.duplicate()).put(set.duplicate()).flip();

    assertThat(append(two).error()).isEqualTo(ErrorCode.INVALID_RECORD);
  }

  @Test
  void versions_do_not_mix() {
    ByteBuffer zero = set((byte) 0, Codec.NONE);
    ByteBuffer one = set((byte) 1, Codec.NONE);
    ByteBuffer both = ByteBuffer.allocate(zero.limit() + one.limit()).put(zero).put(one).flip();

    assertThat(append(both).error()).isEqualTo(ErrorCode.INVALID_RECORD);
  }

  @Test
  void a_compacted_topic_refuses_old_messages_without_a_key() {
    settings.isCompacted = true;
    ByteBuffer set = legacy(TestBatch.empty().record(-1, null, "a"), (byte) 0, Codec.NONE);

    assertThat(append(set).error()).isEqualTo(ErrorCode.INVALID_RECORD);
  }

  private ByteBuffer set(byte magic, Codec codec) {
    TestBatch batch =
        TestBatch.empty().record(now, "k", "a").record(now + 1, "k", "b").record(now + 2, "k", "c");
    return legacy(batch, magic, codec);
  }

  private static ByteBuffer legacy(TestBatch batch, byte magic, Codec codec) {
    RecordBatch view = RecordBatches.of(batch.bytes()).iterator().next();
    return new LegacyConverter(BufferPool.direct(0))
        .convert(view, magic, Compression.of(codec), Timestamps.DROP);
  }

  private static List<String> values(RecordBatch batch) {
    List<String> values = new ArrayList<>();
    try (RecordCursor record = batch.cursor()) {
      while (record.next()) {
        byte[] value = record.value();
        values.add(value == null ? "" : new String(value, StandardCharsets.UTF_8));
      }
    }
    return values;
  }
}
