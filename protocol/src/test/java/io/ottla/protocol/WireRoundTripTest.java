package io.ottla.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link WireWriter} wrote {@link WireReader} reads, whole, and in no part. */
final class WireRoundTripTest {
  /** One value: how it is written, how it is read, and the size that {@link WireSize} says. */
  record Case(
      Consumer<WireWriter> write,
      Function<WireReader, @Nullable Object> read,
      @Nullable Object value,
      int size) {}

  private static Named<Case> of(
      String name,
      Consumer<WireWriter> write,
      Function<WireReader, @Nullable Object> read,
      @Nullable Object value,
      int size) {
    return Named.of(name, new Case(write, read, value, size));
  }

  static Stream<Named<Case>> cases() {
    UUID uuid = new UUID(1, 2);
    byte[] bytes = {1, 2, 3};
    ByteBuffer records = ByteBuffer.wrap(bytes);
    String text = "grüße";
    String longText = "x".repeat(300);
    return Stream.of(
        of("int8", o -> o.writeInt8((byte) -1), WireReader::readInt8, (byte) -1, 1),
        of("true", o -> o.writeBoolean(true), WireReader::readBoolean, true, 1),
        of("false", o -> o.writeBoolean(false), WireReader::readBoolean, false, 1),
        of("int16", o -> o.writeInt16((short) -2), WireReader::readInt16, (short) -2, 2),
        of("uint16", o -> o.writeUint16(65535), WireReader::readUint16, 65535, 2),
        of("int32", o -> o.writeInt32(-3), WireReader::readInt32, -3, 4),
        of("uint32", o -> o.writeUint32(4294967295L), WireReader::readUint32, 4294967295L, 4),
        of("int64", o -> o.writeInt64(-4), WireReader::readInt64, -4L, 8),
        of("float64", o -> o.writeFloat64(-0.0), WireReader::readFloat64, -0.0, 8),
        of("uuid", o -> o.writeUuid(uuid), WireReader::readUuid, uuid, 16),
        of(
            "zero",
            o -> o.writeUuid(new UUID(0, 0)),
            WireReader::readUuid,
            WireReader.ZERO_UUID,
            16),
        of(
            "string",
            o -> o.writeString(text),
            WireReader::readString,
            text,
            WireSize.ofString(text)),
        of("empty string", o -> o.writeString(""), WireReader::readString, "", 2),
        of(
            "nullable string",
            o -> o.writeNullableString(text),
            WireReader::readNullableString,
            text,
            WireSize.ofString(text)),
        of(
            "null string",
            o -> o.writeNullableString(null),
            WireReader::readNullableString,
            null,
            WireSize.ofString(null)),
        of(
            "compact string",
            o -> o.writeCompactString(longText),
            WireReader::readCompactString,
            longText,
            WireSize.ofCompactString(longText)),
        of(
            "compact nullable string",
            o -> o.writeCompactNullableString(text),
            WireReader::readCompactNullableString,
            text,
            WireSize.ofCompactString(text)),
        of(
            "compact null string",
            o -> o.writeCompactNullableString(null),
            WireReader::readCompactNullableString,
            null,
            WireSize.ofCompactString(null)),
        of(
            "bytes",
            o -> o.writeBytes(bytes),
            WireReader::readBytes,
            bytes,
            WireSize.ofBytes(bytes)),
        of(
            "nullable bytes",
            o -> o.writeNullableBytes(bytes),
            WireReader::readNullableBytes,
            bytes,
            WireSize.ofBytes(bytes)),
        of(
            "null bytes",
            o -> o.writeNullableBytes(null),
            WireReader::readNullableBytes,
            null,
            WireSize.ofBytes(null)),
        of(
            "compact bytes",
            o -> o.writeCompactBytes(new byte[127]),
            WireReader::readCompactBytes,
            new byte[127],
            WireSize.ofCompactBytes(new byte[127])),
        of(
            "compact nullable bytes",
            o -> o.writeCompactNullableBytes(bytes),
            WireReader::readCompactNullableBytes,
            bytes,
            WireSize.ofCompactBytes(bytes)),
        of(
            "compact null bytes",
            o -> o.writeCompactNullableBytes(null),
            WireReader::readCompactNullableBytes,
            null,
            WireSize.ofCompactBytes(null)),
        of(
            "records",
            o -> o.writeRecords(records),
            WireReader::readRecords,
            records,
            WireSize.ofRecords(records)),
        of(
            "null records",
            o -> o.writeRecords(null),
            WireReader::readRecords,
            null,
            WireSize.ofRecords(null)),
        of(
            "compact records",
            o -> o.writeCompactRecords(records),
            WireReader::readCompactRecords,
            records,
            WireSize.ofCompactRecords(records)),
        of(
            "compact null records",
            o -> o.writeCompactRecords(null),
            WireReader::readCompactRecords,
            null,
            WireSize.ofCompactRecords(null)),
        of("null array", o -> o.writeArrayLength(-1), in -> in.readArrayLength(1), -1, 4),
        of("empty array", o -> o.writeArrayLength(0), in -> in.readArrayLength(1), 0, 4),
        of(
            "compact null array",
            o -> o.writeCompactArrayLength(-1),
            in -> in.readCompactArrayLength(1),
            -1,
            WireSize.ofCompactLength(-1)),
        of(
            "tagged fields",
            o -> o.writeUnknownTaggedFields(List.of(new RawTaggedField(300, bytes))),
            WireReader::readUnknownTaggedFields,
            List.of(new RawTaggedField(300, bytes)),
            UnknownTaggedFields.size(List.of(new RawTaggedField(300, bytes)), 0)),
        of(
            "no tagged fields",
            o -> o.writeUnknownTaggedFields(null),
            WireReader::readUnknownTaggedFields,
            null,
            UnknownTaggedFields.size(null, 0)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void value_returns_and_leaves_its_neighbours_alone(Case sample) {
    WireWriter out = WireWriter.ofSize(0);
    out.writeInt32(0x11223344);
    sample.write.accept(out);
    out.writeInt32(0x55667788);
    ByteBuffer bytes = out.toByteBuffer();

    assertThat(bytes.remaining()).isEqualTo(8 + sample.size);
    for (ByteBuffer form : forms(bytes)) {
      WireReader in = WireReader.of(form);
      int before = form.position();
      assertThat(in.readInt32()).isEqualTo(0x11223344);
      assertThat(sample.read.apply(in)).isEqualTo(sample.value);
      assertThat(in.readInt32()).isEqualTo(0x55667788);
      assertThat(in.remaining()).isZero();
      assertThat(form.position()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void value_cut_at_any_byte_is_malformed(Case sample) {
    WireWriter out = WireWriter.ofSize(0);
    sample.write.accept(out);
    ByteBuffer bytes = out.toByteBuffer();

    for (int length = 0; length < sample.size; length++) {
      for (ByteBuffer form : forms(bytes.duplicate().limit(length))) {
        assertThatThrownBy(() -> sample.read.apply(WireReader.of(form)))
            .as("%d of %d bytes", length, sample.size)
            .isInstanceOf(MalformedMessageException.class);
      }
    }
  }

  /** The same bytes on the heap, in the middle of an array, read-only, outside the heap. */
  private static List<ByteBuffer> forms(ByteBuffer bytes) {
    ByteBuffer inside = ByteBuffer.allocate(bytes.remaining() + 7);
    inside.position(3).put(bytes.duplicate()).flip().position(3);
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.remaining()).put(bytes.duplicate()).flip();
    return List.of(
        bytes,
        inside,
        inside.slice(),
        bytes.asReadOnlyBuffer(),
        direct,
        bytes.duplicate().order(java.nio.ByteOrder.LITTLE_ENDIAN));
  }
}
