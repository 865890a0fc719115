package io.ottla.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RecordCursorTest {
  @RegisterExtension final PoisonedPool pool = new PoisonedPool();

  @ParameterizedTest
  @EnumSource(Codec.class)
  void copies_and_views_show_the_same_bytes(Codec codec) {
    try (RecordCursor record = first(batch(codec)).cursor()) {
      assertThat(record.next()).isTrue();
      byte[] target = new byte[8];
      record.copyKey(target, 1);
      record.copyValue(target, 4);

      assertThat(target).containsExactly(0, 1, 2, 3, 4, 5, 6, 0);
      assertThat(record.key()).containsExactly(1, 2, 3);
      assertThat(record.value()).containsExactly(4, 5, 6);
      assertThat(record.keyView()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      assertThat(record.valueView()).isEqualTo(ByteBuffer.wrap(new byte[] {4, 5, 6}));
      assertThat(record.keyLength()).isEqualTo(3);
      assertThat(record.valueLength()).isEqualTo(3);
      assertThat(record.headerCount()).isEqualTo(1);
    }
  }

  @Test
  void null_is_not_empty() {
    try (RecordCursor record = first(batch(Codec.NONE)).cursor()) {
      record.next();
      assertThat(record.next()).isTrue();
      assertThat(record.key()).isNull();
      assertThat(record.keyView()).isNull();
      assertThat(record.keyLength()).isEqualTo(-1);
      assertThat(record.value()).isEmpty();
      assertThat(record.valueLength()).isZero();

      assertThat(record.next()).isTrue();
      assertThat(record.key()).isEmpty();
      assertThat(record.value()).isNull();
      assertThat(record.valueLength()).isEqualTo(-1);
      assertThat(record.headers()).isEmpty();
    }
  }

  @Test
  void headers_can_be_read_again_and_do_not_move_the_cursor() {
    List<Header> expected = List.of(new Header("h", new byte[] {9}));
    try (RecordCursor record = first(batch(Codec.NONE)).cursor()) {
      record.next();

      assertThat(record.headers()).isEqualTo(expected);
      assertThat(record.headers()).isEqualTo(expected);
      assertThat(record.next()).isTrue();
      assertThat(record.offset()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void a_closed_cursor_has_no_records_and_closes_once(Codec codec) {
    RecordCursor record = first(batch(codec)).cursor();
    record.next();

    record.close();
    record.close();

    assertThat(record.next()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void any_kind_of_buffer_can_be_read(Codec codec) {
    ByteBuffer heap = batch(codec);
    List<PlainRecord> expected = PlainBatch.records(first(heap));
    ByteBuffer direct = ByteBuffer.allocateDirect(heap.limit() + 9).position(5);
    direct.put(heap.duplicate()).flip().position(5);

    assertThat(PlainBatch.records(first(direct))).isEqualTo(expected);
    assertThat(PlainBatch.records(first(heap.asReadOnlyBuffer()))).isEqualTo(expected);
    assertThat(PlainBatch.records(first(direct.asReadOnlyBuffer()))).isEqualTo(expected);
    assertThat(PlainBatch.records(first(heap.duplicate().order(ByteOrder.LITTLE_ENDIAN))))
        .isEqualTo(expected);
    assertThat(direct.position()).isEqualTo(5);
  }

  @Test
  void the_iterator_ends_as_iterators_do() {
    ByteBuffer one = batch(Codec.NONE);
    var batches = RecordBatches.of(one).iterator();
    assertThat(batches.hasNext()).isTrue();
    assertThat(batches.next().nextOffset()).isEqualTo(3);
    assertThat(batches.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(batches::next);
  }

  private RecordBatch first(ByteBuffer bytes) {
    return RecordBatches.of(bytes, pool, 1 << 20).iterator().next();
  }

  private ByteBuffer batch(Codec codec) {
    BatchWriter writer = new BatchWriter(pool, 64, 1000);
    byte[] key = {1, 2, 3};
    byte[] value = {4, 5, 6};
    writer.append(10, key, value, List.of(new Header("h", new byte[] {9})));
    writer.append(11, null, new byte[0]);
    writer.append(12, new byte[0], null);
    SealedBatch sealed = writer.seal(Compression.of(codec));
    ByteBuffer bytes = ByteBuffer.allocate(sealed.sizeInBytes()).put(sealed.number()).flip();
    sealed.release();
    return bytes;
  }
}
