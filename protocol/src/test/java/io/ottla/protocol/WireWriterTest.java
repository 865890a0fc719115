package io.ottla.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The buffer behind the writer, values that have no form, and records by reference. */
final class WireWriterTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 64, 10_000})
  void writer_grows_from_any_size(int initial) {
    WireWriter out = WireWriter.ofSize(initial);
    for (int i = 0; i < 1_000; i++) {
      out.writeInt32(i);
    }

    ByteBuffer bytes = out.toByteBuffer();
    assertThat(bytes.remaining()).isEqualTo(4_000);
    for (int i = 0; i < 1_000; i++) {
      assertThat(bytes.getInt()).isEqualTo(i);
    }
  }

  @Test
  void writer_of_the_exact_size_does_not_grow() {
    WireWriter out = WireWriter.ofSize(6);
    out.writeString("four");

    assertThat(out.toByteBuffer().capacity()).isEqualTo(6);
  }

  @Test
  void what_was_written_can_be_asked_for_twice() {
    WireWriter out = WireWriter.ofSize(1);
    out.writeInt8((byte) 1);

    assertThat(hex(out.toByteBuffer())).isEqualTo("01");
    out.writeInt8((byte) 2);
    assertThat(hex(out.toByteBuffer())).isEqualTo("0102");
  }

  @Test
  void value_that_its_type_cannot_hold_is_refused() {
    WireWriter out = WireWriter.ofSize(0);

    assertThatThrownBy(() -> out.writeUint16(-1)).hasMessage("-1 is not a uint16 (0 to 65535)");
    assertThatThrownBy(() -> out.writeUint16(65536)).hasMessageContaining("65536 is not a uint16");
    assertThatThrownBy(() -> out.writeUint32(-1)).hasMessageContaining("-1 is not a uint32");
    assertThatThrownBy(() -> out.writeUint32(1L << 32)).hasMessageContaining("is not a uint32");
    assertThatThrownBy(() -> out.writeString("é".repeat(16_384)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a string of 32768 bytes");
    assertThat(out.toByteBuffer().remaining()).isZero();
  }

  @Test
  void longest_string_of_a_short_length_fits() {
    WireWriter out = WireWriter.ofSize(0);
    out.writeString("x".repeat(Short.MAX_VALUE));

    assertThat(WireReader.of(out.toByteBuffer()).readString()).hasSize(Short.MAX_VALUE);
  }

  @Test
  void records_are_gathered_by_reference_in_their_place() {
    ByteBuffer first = ByteBuffer.wrap(new byte[] {1, 2});
    ByteBuffer second = ByteBuffer.wrap(new byte[] {0, 3, 0}, 1, 1);
    WireWriter out = WireWriter.gathering();
    out.writeInt8((byte) 9);
    out.writeRecords(first);
    out.writeInt8((byte) 8);
    out.writeCompactRecords(second);

    List<ByteBuffer> segments = out.segments();
    assertThat(segments)
        .extracting(WireWriterTest::hex)
        .containsExactly("0900000002", "0102", "0802", "03");
    assertThat(segments.get(1).array()).isSameAs(first.array());
    assertThat(second.position()).isEqualTo(1);
    assertThatThrownBy(out::toByteBuffer).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void gathered_segments_are_what_a_copying_writer_writes() {
    WireWriter gathering = WireWriter.gathering();
    WireWriter copying = WireWriter.ofSize(0);
    for (WireWriter out : List.of(gathering, copying)) {
      for (int i = 0; i < 300; i++) {
        out.writeInt64(i);
        out.writeCompactRecords(ByteBuffer.allocate(i % 3).put(0, new byte[i % 3]));
      }
      out.writeCompactRecords(null);
      out.writeString("end");
    }

    StringBuilder all = new StringBuilder();
    gathering.segments().forEach(segment -> all.append(hex(segment)));
    assertThat(all.toString()).isEqualTo(hex(copying.toByteBuffer()));
  }

  @Test
  void gathering_writer_without_records_has_one_segment() {
    WireWriter out = WireWriter.gathering();
    out.writeRecords(null);
    out.writeRecords(ByteBuffer.allocate(0));

    assertThat(out.segments()).extracting(WireWriterTest::hex).containsExactly("ffffffff00000000");
    assertThat(hex(out.toByteBuffer())).isEqualTo("ffffffff00000000");
  }

  @Test
  void unknown_tagged_fields_are_written_by_ascending_tags() {
    List<RawTaggedField> fields =
        List.of(
            new RawTaggedField(7, new byte[] {1}),
            new RawTaggedField(-1, new byte[0]),
            new RawTaggedField(2, new byte[] {3}));
    WireWriter out = WireWriter.ofSize(0);
    out.writeUnknownTaggedFields(fields);

    assertThat(hex(out.toByteBuffer())).isEqualTo("03" + "020103" + "070101" + "ffffffff0f00");
    assertThat(out.toByteBuffer().remaining()).isEqualTo(UnknownTaggedFields.size(fields, 0));
    assertThat(
            UnknownTaggedFields.same(
                fields, WireReader.of(out.toByteBuffer()).readUnknownTaggedFields()))
        .isTrue();
    assertThat(UnknownTaggedFields.same(fields, fields.subList(1, 3))).isFalse();
    assertThat(UnknownTaggedFields.same(null, List.of())).isTrue();
  }

  private static String hex(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
