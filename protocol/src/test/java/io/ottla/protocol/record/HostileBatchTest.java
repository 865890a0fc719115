package io.ottla.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import io.ottla.protocol.ProtocolException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Bytes of version 2 that nobody should have written: records, a typed error, or incomplete. */
final class HostileBatchTest {
  private static final int MAX_BATCH_BYTES = 1 << 20;

  @RegisterExtension final PoisonedPool pool = new PoisonedPool();

  @ParameterizedTest
  @EnumSource(Codec.class)
  void a_batch_cut_off_anywhere_is_incomplete(Codec codec) {
    byte[] whole = batch(codec);

    for (int length = 0; length < whole.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);

      assertThat(PlainBatch.read(cut, pool)).isEmpty();
      assertThat(RecordBatches.of(cut).incompleteBytes()).isEqualTo(length);
    }
  }

  @Test
  void what_comes_before_an_incomplete_batch_is_read() {
    byte[] whole = batch(Codec.NONE);
    ByteBuffer two = ByteBuffer.allocate(2 * whole.length).put(whole).put(whole);

    for (int length = whole.length; length < 2 * whole.length; length++) {
      assertThat(PlainBatch.read(two.slice(0, length), pool)).hasSize(1);
      assertThat(RecordBatches.of(two.slice(0, length)).incompleteBytes())
          .isEqualTo(length - whole.length);
    }
    assertThat(PlainBatch.read(two.flip(), pool)).hasSize(2);
  }

  /** With the CRC unchecked, every single-bit and whole-byte change of every byte. */
  @ParameterizedTest
  @EnumSource(Codec.class)
  void one_changed_byte_ends_in_records_or_a_typed_error(Codec codec) {
    byte[] whole = batch(codec);

    for (int at = 0; at < whole.length; at++) {
      for (int change : new int[] {0x01, 0x80, 0xFF, 0x10}) {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) change;

        Throwable thrown = catchThrowable(() -> readUnchecked(damaged));

        assertThat(thrown)
            .as("byte %d changed by %x", at, change)
            .satisfiesAnyOf(
                t -> assertThat(t).isNull(),
                t -> assertThat(t).isInstanceOf(ProtocolException.class));
      }
    }
    pool.assertAllReleased();
  }

  @Test
  void the_crc_notices_every_changed_byte_that_it_covers() {
    byte[] whole = batch(Codec.NONE);

    for (int at = BatchLayout.CRC; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x40;

      assertThatExceptionOfType(CorruptBatchException.class)
          .as("byte %d", at)
          .isThrownBy(() -> PlainBatch.read(ByteBuffer.wrap(damaged), pool));
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void noise_behind_a_good_header_ends_in_a_typed_error(Codec codec) {
    byte[] whole = batch(codec);
    Seeds.run(
        200,
        seed -> {
          byte[] noise = whole.clone();
          Random random = new Random(seed);
          for (int i = BatchLayout.RECORDS; i < noise.length; i++) {
            noise[i] = (byte) random.nextInt();
          }

          assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> readUnchecked(noise));
        });
  }

  @ParameterizedTest
  @CsvSource({
    "LENGTH, -1", "LENGTH, -2147483648", "LENGTH, 0", "LENGTH, 48", "COUNT, -1",
    "COUNT, -2147483648", "COUNT, 2147483647", "COUNT, 4", "COUNT, 2", "LAST_OFFSET_DELTA, -1",
    "LAST_OFFSET_DELTA, 1"
  })
  void a_header_that_lies_is_a_typed_error(String field, int value) {
    int at =
        switch (field) {
          case "LENGTH" -> BatchLayout.LENGTH;
          case "COUNT" -> BatchLayout.COUNT;
          default -> BatchLayout.LAST_OFFSET_DELTA;
        };
    ByteBuffer lying = ByteBuffer.wrap(batch(Codec.NONE)).putInt(at, value);

    assertThatExceptionOfType(CorruptBatchException.class)
        .isThrownBy(() -> readUnchecked(lying.array()));
  }

  @Test
  void a_count_that_is_too_large_for_the_records_is_told_even_if_the_offsets_allow_it() {
    ByteBuffer lying =
        ByteBuffer.wrap(batch(Codec.NONE))
            .putInt(BatchLayout.COUNT, Integer.MAX_VALUE)
            .putInt(BatchLayout.LAST_OFFSET_DELTA, Integer.MAX_VALUE);

    assertThatExceptionOfType(CorruptBatchException.class)
        .isThrownBy(() -> readUnchecked(lying.array()))
        .withMessageContaining("record 4");
  }

  @Test
  void unknown_versions_and_codecs_are_told_by_number() {
    for (int magic : new int[] {3, 127, -1, -128}) {
      ByteBuffer unknown = ByteBuffer.wrap(batch(Codec.NONE)).put(BatchLayout.MAGIC, (byte) magic);
      assertThatExceptionOfType(CorruptBatchException.class)
          .isThrownBy(() -> readUnchecked(unknown.array()))
          .withMessageContaining("version " + magic);
    }
    for (int codec = 5; codec < 8; codec++) {
      ByteBuffer unknown =
          ByteBuffer.wrap(batch(Codec.NONE)).putShort(BatchLayout.ATTRIBUTES, (short) codec);
      assertThatExceptionOfType(CorruptBatchException.class)
          .isThrownBy(() -> readUnchecked(unknown.array()))
          .withMessageContaining("number " + codec);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "the record's length is overlong, 8e80808080 00 00 00 01 01 00",
    "the record's length has 33 bits, ffffffff1f 00 00 00 01 01 00",
    "the record's length is negative, 01 00 00 00 01 01 00",
    "the record's length exceeds the batch, 1e 00 00 00 01 01 00",
    "the record's length falls short of it, 0a 00 00 00 01 01 00",
    "the record's length exceeds the record, 0e 00 00 00 01 01 00 00",
    "the timestamp's delta has 65 bits, 20 00 ffffffffffffffffff02 00 01 01 00",
    "the timestamp's delta is overlong, 22 00 8080808080808080808000 00 01 01 00",
    "the offset's delta is negative, 0c 00 00 01 01 01 00",
    "the offset's delta exceeds the last, 0c 00 00 02 01 01 00",
    "the key's length is below null, 0c 00 00 00 03 01 00",
    "the key's length exceeds the record, 0c 00 00 00 0a 01 00",
    "the key's length is huge, 14 00 00 00 feffffff0f 01 00",
    "the value's length is below null, 0c 00 00 00 01 03 00",
    "the value's length exceeds the record, 0c 00 00 00 01 04 00",
    "the headers' count is negative, 0c 00 00 00 01 01 01",
    "the headers' count exceeds the record, 0c 00 00 00 01 01 02",
    "the headers' count is huge, 14 00 00 00 01 01 feffffff0f",
    "a header's key is null, 10 00 00 00 01 01 02 01 01",
    "a header's key exceeds the record, 10 00 00 00 01 01 02 04 01",
    "a header's value exceeds the record, 10 00 00 00 01 01 02 00 02",
    "a header's value is below null, 10 00 00 00 01 01 02 00 03",
    "bytes follow the headers, 10 00 00 00 01 01 00 01 01",
    "nothing is there, ''",
    "only a continuing varint is there, 80"
  })
  void a_record_that_lies_is_a_typed_error(String lie, String hex) {
    byte[] record = HexFormat.of().parseHex(hex.replace(" ", ""));

    assertThatExceptionOfType(CorruptBatchException.class)
        .as(lie)
        .isThrownBy(() -> readUnchecked(oneRecord(record, Codec.NONE)));
  }

  @Test
  void the_smallest_record_and_the_widest_deltas_are_no_lies() throws Exception {
    readUnchecked(oneRecord(HexFormat.of().parseHex("0c000000010100"), Codec.NONE));
    readUnchecked(
        oneRecord(HexFormat.of().parseHex("1e00ffffffffffffffffff01000101" + "00"), Codec.NONE));
  }

  @Test
  void offsets_that_do_not_grow_are_a_typed_error() {
    byte[] twice = HexFormat.of().parseHex("0c000000010100" + "0c000000010100");
    ByteBuffer batch =
        ByteBuffer.wrap(oneRecord(twice, Codec.NONE))
            .putInt(BatchLayout.COUNT, 2)
            .putInt(BatchLayout.LAST_OFFSET_DELTA, 5);

    assertThatExceptionOfType(CorruptBatchException.class)
        .isThrownBy(() -> readUnchecked(batch.array()))
        .withMessageContaining("record 2")
        .withMessageContaining("offset delta 0");
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "SNAPPY", "LZ4", "ZSTD"})
  void a_bomb_is_stopped_at_the_limit(Codec codec) {
    BatchWriter writer = new BatchWriter(pool, 64, 64 << 20);
    writer.append(0, null, new byte[20 << 20]);
    SealedBatch bomb = writer.seal(Compression.of(codec));
    ByteBuffer bytes = bomb.number();
    long before = pool.acquiredBytes();

    assertThatExceptionOfType(BatchTooLargeException.class)
        .isThrownBy(
            () -> RecordBatches.of(bytes, pool, MAX_BATCH_BYTES).iterator().next().cursor());

    assertThat(pool.acquiredBytes() - before).isLessThan(6L * MAX_BATCH_BYTES);
    bomb.release();
  }

  /** Claims of two gigabytes in every length field that a codec has. */
  @ParameterizedTest
  @CsvSource({
    "SNAPPY, ffffffff07 0000",
    "SNAPPY, 82534e4150505900 00000001 00000001 7fffffff 00",
    "SNAPPY, 82534e4150505900 00000001 00000001 00000006 ffffffff0700",
    "LZ4, 04224d18 68 40 0000008000000000 00 ffffff7f",
    "ZSTD, 28b52ffd a0 ffffff7f 000000",
    "GZIP, 1f8b0800000000000003 0300 00000000 ffffff7f"
  })
  void a_claim_is_not_believed(Codec codec, String hex) {
    byte[] batch = oneRecord(HexFormat.of().parseHex(hex.replace(" ", "")), codec);
    assertThat(catchThrowable(() -> readUnchecked(batch))).isNotNull(); // loads the codec
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long pooledBefore = pool.acquiredBytes();
    long before = threads.getCurrentThreadAllocatedBytes();

    Throwable thrown = catchThrowable(() -> readUnchecked(batch));

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(200_000);
    assertThat(pool.acquiredBytes() - pooledBefore).isLessThan(200_000);
    assertThat(thrown).isInstanceOf(CorruptBatchException.class);
  }

  @Test
  void counts_and_lengths_that_lie_allocate_nothing_to_speak_of() {
    byte[] headers = HexFormat.of().parseHex("14000000" + "0101feffffff0f");
    byte[] batch = oneRecord(headers, Codec.NONE);
    assertThat(catchThrowable(() -> readUnchecked(batch))).isNotNull(); // loads the classes
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    Throwable thrown = catchThrowable(() -> readUnchecked(batch));

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
    assertThat(thrown).isInstanceOf(CorruptBatchException.class);
  }

  /** Reads everything that can be read, without the check of the CRC. */
  private List<PlainRecord> readUnchecked(byte[] bytes) {
    List<PlainRecord> records = new ArrayList<>();
    for (RecordBatch batch : RecordBatches.of(ByteBuffer.wrap(bytes), pool, MAX_BATCH_BYTES)) {
      records.addAll(PlainBatch.of(batch).records());
    }
    return records;
  }

  /** Three records, with all that a record can have. */
  private byte[] batch(Codec codec) {
    BatchWriter writer = new BatchWriter(pool, 64, 1 << 20);
    append(writer, 1000, new byte[] {1, 2, 3}, new byte[130]);
    append(writer, 2000, null, new byte[0]);
    append(writer, 900, new byte[0], null);
    SealedBatch sealed = writer.seal(Compression.of(codec));
    byte[] bytes = new byte[sealed.sizeInBytes()];
    sealed.number(5, (short) 6, 7).get(bytes);
    sealed.release();
    return bytes;
  }

  private static void append(
      BatchWriter writer, long timestampMs, byte @Nullable [] key, byte @Nullable [] value) {
    writer.append(
        timestampMs, key, value, List.of(new Header("h", null), new Header("", new byte[] {9})));
  }

  /** A batch that says it has one record, with these bytes in its place. */
  private byte[] oneRecord(byte[] records, Codec codec) {
    BatchWriter writer = new BatchWriter(pool, 64, 1000);
    writer.append(0, (byte[]) null, null);
    SealedBatch sealed = writer.seal(Compression.none());
    ByteBuffer header = sealed.number();
    ByteBuffer batch = ByteBuffer.allocate(BatchLayout.RECORDS + records.length);
    batch.put(header.limit(BatchLayout.RECORDS)).put(records);
    batch.putInt(BatchLayout.LENGTH, batch.capacity() - BatchLayout.LENGTH_OVERHEAD);
    batch.putShort(BatchLayout.ATTRIBUTES, (short) codec.id());
    sealed.release();
    return batch.array();
  }
}
