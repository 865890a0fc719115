package io.ottla.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.sun.management.ThreadMXBean;
import io.ottla.protocol.record.BatchWriter.Append;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class BatchWriterTest {
  private static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);
  private static final byte[] VALUE = "a value".getBytes(StandardCharsets.UTF_8);

  @RegisterExtension final PoisonedPool pool = new PoisonedPool();

  @Test
  void arrays_slices_and_buffers_make_the_same_bytes() {
    byte[] around = "..keya value..".getBytes(StandardCharsets.UTF_8);
    List<Header> headers = List.of(new Header("h", KEY));

    BatchWriter arrays = writer(1000);
    arrays.append(5, KEY, VALUE, headers);
    BatchWriter slices = writer(1000);
    slices.append(5, around, 2, 3, around, 5, 7, headers);
    BatchWriter buffers = writer(1000);
    ByteBuffer key = ByteBuffer.wrap(around, 2, 3);
    ByteBuffer value = ByteBuffer.allocateDirect(20).position(4).put(VALUE).flip().position(4);
    buffers.append(5, key, value, headers);

    byte[] expected = sealed(arrays);
    assertThat(sealed(slices)).isEqualTo(expected);
    assertThat(sealed(buffers)).isEqualTo(expected);
    assertThat(key.position()).isEqualTo(2);
    assertThat(value.position()).isEqualTo(4);
  }

  @Test
  void a_batch_is_filled_to_its_last_byte() {
    BatchWriter probe = writer(100_000);
    probe.append(0, KEY, VALUE);
    int oneRecord = probe.sizeInBytes();
    probe.append(0, KEY, VALUE);
    int twoRecords = probe.sizeInBytes();
    probe.release();

    BatchWriter writer = writer(twoRecords);
    assertThat(writer.append(0, KEY, VALUE)).isEqualTo(Append.APPENDED);
    assertThat(writer.sizeInBytes()).isEqualTo(oneRecord);
    assertThat(writer.append(0, KEY, VALUE)).isEqualTo(Append.APPENDED);
    assertThat(writer.append(0, (byte[]) null, null)).isEqualTo(Append.BATCH_FULL);
    assertThat(writer.count()).isEqualTo(2);
    assertThat(writer.sizeInBytes()).isEqualTo(twoRecords);
    writer.release();
  }

  @Test
  void a_record_that_no_batch_can_take_is_told_from_one_that_the_next_can_take() {
    BatchWriter writer = writer(200);
    writer.append(0, KEY, new byte[100]);
    int before = writer.sizeInBytes();

    assertThat(writer.append(0, KEY, new byte[125])).isEqualTo(Append.BATCH_FULL);
    assertThat(writer.append(0, KEY, new byte[130])).isEqualTo(Append.RECORD_TOO_LARGE);
    assertThat(writer.append(0, null, KEY, List.of(new Header("h", new byte[200]))))
        .isEqualTo(Append.RECORD_TOO_LARGE);

    assertThat(writer.sizeInBytes()).isEqualTo(before);
    writer.release();
    BatchWriter next = writer(200);
    assertThat(next.append(0, KEY, new byte[125])).isEqualTo(Append.APPENDED);
    next.release();
  }

  @Test
  void an_append_that_throws_leaves_the_batch_as_it_was() {
    BatchWriter untouched = writer(1000);
    untouched.append(7, KEY, VALUE);
    BatchWriter writer = writer(1000);
    writer.append(7, KEY, VALUE);

    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> writer.append(3, KEY, 2, 3, VALUE, 0, 7, List.of()));
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> writer.append(3, KEY, 0, -3, VALUE, 0, 7, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> writer.append(-2, KEY, VALUE));

    assertThat(sealed(writer)).isEqualTo(sealed(untouched));
  }

  @Test
  void time_may_jump_over_the_whole_range() {
    BatchWriter writer = writer(1000);
    long[] times = {5, Long.MAX_VALUE, -1, 0, 1L << 40};
    for (long time : times) {
      writer.append(time, KEY, VALUE);
    }
    SealedBatch sealed = writer.seal(Compression.none());
    RecordBatch batch = RecordBatches.of(sealed.number()).iterator().next();

    assertThat(PlainBatch.records(batch))
        .extracting(PlainRecord::timestamp)
        .containsExactly(5L, Long.MAX_VALUE, -1L, 0L, 1L << 40);
    assertThat(batch.maxTimestamp()).isEqualTo(Long.MAX_VALUE);
    sealed.release();
  }

  @Test
  void header_keys_are_utf_8_with_question_marks_for_what_is_no_text() {
    List<String> keys =
        List.of("", "plain", "\u00e9\u07ff", "\u0800\uffff", "\ud83d\ude00", "a\ud83d", "\ude00b");
    BatchWriter writer = writer(1000);
    writer.append(0, null, KEY, keys.stream().map(key -> new Header(key, null)).toList());
    SealedBatch sealed = writer.seal(Compression.none());
    RecordBatch batch = RecordBatches.of(sealed.number()).iterator().next();

    assertThat(PlainBatch.records(batch).get(0).headers())
        .extracting(Header::key)
        .containsExactlyElementsOf(
            keys.stream()
                .map(
                    key -> new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .toList());
    sealed.release();
  }

  @Test
  void what_lay_in_a_pooled_buffer_before_is_not_seen() {
    for (Codec codec : Codec.values()) {
      PlainBatch batch = new RandomBatches(codec.id()).next(codec);

      ByteBuffer overZeros = batch.write(Compression.of(codec), new PoisonedPool((byte) 0));
      ByteBuffer overOnes = batch.write(Compression.of(codec), new PoisonedPool((byte) 0xFF));

      assertThat(overOnes).isEqualTo(overZeros);
    }
  }

  @Test
  void a_batch_grows_with_what_is_appended() {
    BatchWriter writer = writer(1 << 20);
    assertThat(writer.heldBytes()).isEqualTo(64);

    for (int i = 0; i < 1000; i++) {
      writer.append(i, KEY, new byte[i]);
      assertThat(writer.heldBytes())
          .isBetween(writer.sizeInBytes(), Math.max(64, 2 * writer.sizeInBytes()));
    }

    writer.release();
    assertThat(writer.heldBytes()).isZero();
  }

  @Test
  void appending_allocates_nothing() {
    BatchWriter writer = new BatchWriter(pool, 16 << 20, 16 << 20);
    List<Header> headers =
        List.of(new Header("trace-id", KEY), new Header("gr\u00fc\u00dfe", null));
    ByteBuffer value = ByteBuffer.allocateDirect(100);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    appendAll(writer, headers, value, 1000);

    long before = threads.getCurrentThreadAllocatedBytes();
    appendAll(writer, headers, value, 10_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(writer.count()).isEqualTo(33_000);
    assertThat(allocated).isLessThan(1000);
    writer.release();
  }

  private static void appendAll(
      BatchWriter writer, List<Header> headers, ByteBuffer value, int times) {
    for (int i = 0; i < times; i++) {
      writer.append(i, KEY, VALUE);
      writer.append(i, KEY, VALUE, headers);
      writer.append(i, null, value, headers);
    }
  }

  @Test
  void a_batch_that_is_sealed_or_released_takes_nothing() {
    BatchWriter sealed = writer(1000);
    sealed.append(0, KEY, VALUE);
    SealedBatch batch = sealed.seal(Compression.none());
    BatchWriter released = writer(1000);
    released.release();

    for (BatchWriter writer : List.of(sealed, released)) {
      assertThatIllegalStateException().isThrownBy(() -> writer.append(0, KEY, VALUE));
      assertThatIllegalStateException().isThrownBy(() -> writer.seal(Compression.none()));
      assertThatIllegalStateException().isThrownBy(writer::transactional);
      assertThatIllegalStateException().isThrownBy(() -> writer.skipOffsets(1));
      writer.release();
    }
    assertThat(batch.count()).isEqualTo(1);
    batch.release();
    batch.release();
    assertThatIllegalStateException().isThrownBy(batch::number);
    assertThatIllegalStateException().isThrownBy(() -> batch.place(1, 1));
  }

  @Test
  void misuse_is_refused() {
    BatchWriter writer = writer(1000);

    assertThatIllegalStateException().isThrownBy(() -> writer.seal(Compression.none()));
    assertThatIllegalArgumentException().isThrownBy(() -> writer.skipOffsets(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> new BatchWriter(pool, 10, 61));
    writer.append(0, KEY, VALUE);
    assertThatIllegalStateException().isThrownBy(() -> writer.deleteHorizon(5));

    writer.release();
  }

  private BatchWriter writer(int maxBytes) {
    return new BatchWriter(pool, 64, maxBytes);
  }

  private static byte[] sealed(BatchWriter writer) {
    SealedBatch sealed = writer.seal(Compression.none());
    ByteBuffer bytes = sealed.number(1, (short) 2, 3);
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    sealed.release();
    return copy;
  }
}
