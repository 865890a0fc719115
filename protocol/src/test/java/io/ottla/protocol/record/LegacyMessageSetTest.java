package io.ottla.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.ottla.protocol.ProtocolException;
import io.ottla.protocol.record.LegacyConverter.Timestamps;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reference does not show: refusals, and message sets that nobody should have written. */
final class LegacyMessageSetTest {
  @RegisterExtension final PoisonedPool pool = new PoisonedPool();

  static Stream<Arguments> versionsAndCodecs() {
    return ReferenceMessageSetTest.versionsAndCodecs();
  }

  @ParameterizedTest
  @MethodSource("versionsAndCodecs")
  void a_set_cut_off_anywhere_ends_where_its_last_whole_entry_does(byte magic, Codec codec) {
    byte[] whole = set(magic, codec);
    int batches = PlainBatch.read(ByteBuffer.wrap(whole), pool).size();

    for (int length = 0; length < whole.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);

      assertThat(PlainBatch.read(cut, pool)).hasSizeLessThan(batches);
      assertThat(RecordBatches.of(cut).incompleteBytes()).isBetween(0, length);
    }
  }

  @ParameterizedTest
  @MethodSource("versionsAndCodecs")
  void one_changed_byte_ends_in_records_or_a_typed_error(byte magic, Codec codec) {
    byte[] whole = set(magic, codec);

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

  @ParameterizedTest
  @ValueSource(bytes = {0, 1})
  void the_crc_notices_every_changed_byte_that_it_covers(byte magic) {
    byte[] whole = message(magic, 0, 0, bytes("key"), bytes("value"));

    for (int at = LegacyMessage.CRC; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x40;

      assertThatExceptionOfType(CorruptBatchException.class)
          .as("byte %d", at)
          .isThrownBy(() -> PlainBatch.read(ByteBuffer.wrap(damaged), pool));
    }
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 1})
  void compressing_twice_is_a_typed_error(byte magic) {
    byte[] inner = wrapper(magic, 0, message(magic, 0, 0, null, bytes("v")));

    assertCorrupt(wrapper(magic, 0, inner), "a second time");
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 1})
  void what_a_wrapper_must_not_hold_is_a_typed_error(byte magic) {
    byte other = (byte) (1 - magic);
    byte[] good = message(magic, 0, 0, null, bytes("v"));

    assertCorrupt(wrapper(magic, 0, new byte[0]), "holds no message");
    assertCorrupt(wrapper(magic, 0, message(other, 0, 0, null, bytes("vvvvvvvvvv"))), "of version");
    assertCorrupt(wrapper(magic, 0, join(good, new byte[] {1, 2, 3})), "cut off");
    assertCorrupt(wrapper(magic, 0, changed(good, b -> b.putInt(8, 10_000))), "with length");
    assertCorrupt(wrapper(magic, 0, changed(good, b -> b.putInt(8, -5))), "with length");
    assertCorrupt(wrapper(magic, 0, changed(good, b -> b.putInt(12, 77))), "CRC");
    assertCorrupt(wrapper(magic, 0, join(good, good)), "follows");
    assertCorrupt(message(magic, 0, Codec.GZIP.id(), null, null), "has no value");
    assertCorrupt(message(magic, 0, Codec.GZIP.id(), null, bytes("no gzip")), "gzip");
    assertCorrupt(message(magic, 0, Codec.ZSTD.id(), null, bytes("v")), "zstd");
    assertCorrupt(message(magic, 0, 7, null, bytes("v")), "number 7");
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 1})
  void fields_that_do_not_fill_the_message_are_a_typed_error(byte magic) {
    byte[] good = message(magic, 3, 0, bytes("key"), bytes("value"));
    int keyAt = LegacyMessage.leastSize(magic) - 8;

    for (int lie : new int[] {-2, Integer.MIN_VALUE, Integer.MAX_VALUE, 9, 4, 2, -1}) {
      assertThatExceptionOfType(CorruptBatchException.class)
          .as("a key of %d bytes", lie)
          .isThrownBy(() -> readUnchecked(changed(good, b -> b.putInt(keyAt, lie))));
    }
    for (int lie : new int[] {-2, Integer.MAX_VALUE, 6, 4, 0, -1}) {
      assertThatExceptionOfType(CorruptBatchException.class)
          .as("a value of %d bytes", lie)
          .isThrownBy(() -> readUnchecked(changed(good, b -> b.putInt(keyAt + 7, lie))));
    }
    for (int lie : new int[] {-1, 0, Integer.MIN_VALUE, LegacyMessage.leastSize(magic) - 13}) {
      assertThatExceptionOfType(CorruptBatchException.class)
          .as("a message of %d bytes", lie)
          .isThrownBy(() -> readUnchecked(changed(good, b -> b.putInt(8, lie))));
    }
  }

  @Test
  void offsets_inside_version_1_count_from_the_last() {
    byte[] inner =
        join(message((byte) 1, 4, 0, null, bytes("a")), message((byte) 1, 9, 0, null, bytes("b")));

    RecordBatch batch = first(wrapper((byte) 1, 109, inner));

    assertThat(PlainBatch.records(batch))
        .extracting(PlainRecord::offset)
        .containsExactly(104L, 109L);
    assertThat(batch.baseOffset()).isEqualTo(104);
    assertThat(batch.lastOffset()).isEqualTo(109);
    assertThat(batch.nextOffset()).isEqualTo(110);
    assertThat(batch.count()).isEqualTo(-1);
  }

  @Test
  void a_bomb_is_stopped_at_the_limit() {
    byte[] bomb = wrapper((byte) 1, 0, message((byte) 1, 0, 0, null, new byte[5 << 20]));

    RecordBatch batch = RecordBatches.of(ByteBuffer.wrap(bomb), pool, 1 << 20).iterator().next();

    assertThatExceptionOfType(BatchTooLargeException.class).isThrownBy(batch::cursor);
    assertThat(pool.acquiredBytes()).isLessThan(40 << 20);
  }

  @Test
  void what_a_legacy_set_has_no_place_for_is_refused() {
    refused(
        writer -> writer.append(1, null, bytes("v"), List.of(new Header("h", null))), "headers");
    refused(writer -> writer.transactional().append(-1, (byte[]) null, null), "transactions");
    refused(writer -> writer.control().append(-1, (byte[]) null, null), "transactions");
  }

  @Test
  void a_timestamp_in_version_0_is_refused_or_dropped() {
    SealedBatch sealed = sealed(writer -> writer.append(1234, null, bytes("v")));
    RecordBatch batch = RecordBatches.of(sealed.number()).iterator().next();
    LegacyConverter converter = new LegacyConverter(pool);

    assertThatExceptionOfType(UnsupportedRecordException.class)
        .isThrownBy(() -> converter.convert(batch, (byte) 0, Compression.none(), Timestamps.REFUSE))
        .withMessageContaining("timestamp");
    ByteBuffer dropped = converter.convert(batch, (byte) 0, Compression.none(), Timestamps.DROP);

    assertThat(PlainBatch.read(dropped, pool).get(0).records())
        .containsExactly(new PlainRecord(0, -1, null, ByteBuffer.wrap(bytes("v")), List.of()));
    sealed.release();
  }

  @Test
  void zstd_and_other_versions_are_refused() {
    SealedBatch sealed = sealed(writer -> writer.append(-1, null, bytes("v")));
    RecordBatch batch = RecordBatches.of(sealed.number()).iterator().next();
    LegacyConverter converter = new LegacyConverter(pool);

    assertThatExceptionOfType(UnsupportedRecordException.class)
        .isThrownBy(() -> converter.convert(batch, (byte) 1, Compression.zstd(), Timestamps.REFUSE))
        .withMessageContaining("zstd");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> converter.convert(batch, (byte) 2, Compression.none(), Timestamps.REFUSE));
    sealed.release();
  }

  private void refused(Consumer<BatchWriter> records, String what) {
    SealedBatch sealed = sealed(records);
    RecordBatch batch = RecordBatches.of(sealed.number()).iterator().next();

    assertThatExceptionOfType(UnsupportedRecordException.class)
        .isThrownBy(
            () ->
                new LegacyConverter(pool)
                    .convert(batch, (byte) 1, Compression.none(), Timestamps.DROP))
        .withMessageContaining(what);
    sealed.release();
  }

  private SealedBatch sealed(Consumer<BatchWriter> records) {
    BatchWriter writer = new BatchWriter(pool, 64, 100_000);
    records.accept(writer);
    return writer.seal(Compression.none());
  }

  private byte[] set(byte magic, Codec codec) {
    SealedBatch sealed =
        sealed(
            writer -> {
              writer.append(magic == 0 ? -1 : 1000, bytes("key"), new byte[120]);
              writer.append(magic == 0 ? -1 : 900, null, new byte[0]);
              writer.append(magic == 0 ? -1 : 2000, new byte[0], null);
            });
    RecordBatch batch = RecordBatches.of(sealed.number()).iterator().next();
    ByteBuffer set =
        new LegacyConverter(pool).convert(batch, magic, Compression.of(codec), Timestamps.REFUSE);
    sealed.release();
    byte[] bytes = new byte[set.remaining()];
    set.get(bytes);
    return bytes;
  }

  /** A message whose CRC is right, whatever else may not be. */
  private byte[] message(
      byte magic, long offset, int attributes, byte @Nullable [] key, byte @Nullable [] value) {
    try (GrowingBuffer target = new GrowingBuffer(pool, 100, Integer.MAX_VALUE, 0)) {
      LegacyMessage.write(
          target, magic, offset, attributes, 77, PlainRecord.wrap(key), PlainRecord.wrap(value));
      byte[] bytes = new byte[target.size()];
      target.room(0).get(0, bytes);
      return bytes;
    }
  }

  private byte[] wrapper(byte magic, long offset, byte[] inner) {
    ByteBuffer source = ByteBuffer.allocateDirect(inner.length).put(inner).flip();
    try (GrowingBuffer target = new GrowingBuffer(pool, 100, Integer.MAX_VALUE, 0)) {
      GzipCompressor.INSTANCE.compress(source, -1, target);
      byte[] value = new byte[target.size()];
      target.room(0).get(0, value);
      return message(magic, offset, Codec.GZIP.id(), null, value);
    }
  }

  private static byte[] changed(byte[] message, Consumer<ByteBuffer> change) {
    byte[] changed = message.clone();
    ByteBuffer buffer = ByteBuffer.wrap(changed);
    int crcBefore = buffer.getInt(LegacyMessage.CRC);
    change.accept(buffer);
    if (buffer.getInt(LegacyMessage.CRC) == crcBefore) {
      CRC32 crc = new CRC32();
      crc.update(changed, BatchLayout.MAGIC, changed.length - BatchLayout.MAGIC);
      buffer.putInt(LegacyMessage.CRC, (int) crc.getValue());
    }
    return changed;
  }

  private void assertCorrupt(byte[] set, String why) {
    assertThatExceptionOfType(CorruptBatchException.class)
        .isThrownBy(() -> readUnchecked(set))
        .withMessageContaining(why);
  }

  private void readUnchecked(byte[] set) {
    for (RecordBatch batch : RecordBatches.of(ByteBuffer.wrap(set), pool, 1 << 20)) {
      PlainBatch.of(batch);
    }
  }

  private RecordBatch first(byte[] set) {
    return RecordBatches.of(ByteBuffer.wrap(set), pool, 1 << 20).iterator().next();
  }

  private static byte[] join(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
