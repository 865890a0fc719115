package io.ottla.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Hostile bytes. */
final class WireReaderTest {
  static Stream<Arguments> length_that_does_not_fit_is_malformed() {
    return Stream.of(
        hostile("ffff 00", WireReader::readString, "length -1 for a string that is never null"),
        hostile("8000 00", WireReader::readString, "length -32768 for a string"),
        hostile("fffe 00", WireReader::readNullableString, "length -2 for a string"),
        hostile("7fff 00", WireReader::readString, "a string of 32767 bytes at byte 2"),
        hostile("00", WireReader::readCompactString, "length -1 for a string that is never null"),
        hostile("05 00", WireReader::readCompactString, "a string of 4 bytes at byte 1"),
        hostile(
            "ffffffff0f 00",
            WireReader::readCompactNullableString,
            "a length of 4294967294 at byte 5"),
        hostile("ffffffff", WireReader::readBytes, "length -1 for bytes that is never null"),
        hostile("80000000", WireReader::readNullableBytes, "length -2147483648 for bytes"),
        hostile("7fffffff 00", WireReader::readBytes, "2147483647 bytes at byte 4"),
        hostile("00", WireReader::readCompactBytes, "length -1 for bytes that is never null"),
        hostile("ffffffff07 00", WireReader::readCompactNullableBytes, "2147483646 bytes"),
        hostile("8180808008 00", WireReader::readCompactNullableBytes, "a length of 2147483648"),
        hostile("fffffffe", WireReader::readRecords, "length -2 for records"),
        hostile("7fffffff 00", WireReader::readRecords, "2147483647 bytes of records"),
        hostile("05 00", WireReader::readCompactRecords, "4 bytes of records"),
        hostile("fffffffe", in -> in.readArrayLength(1), "length -2 for an array"),
        hostile("00000002 00", in -> in.readArrayLength(1), "an array of 2 elements"),
        hostile("7fffffff 00", in -> in.readArrayLength(16), "an array of 2147483647 elements"),
        hostile("03 00", in -> in.readCompactArrayLength(1), "an array of 2 elements"),
        hostile("ffffffff0f", in -> in.readCompactArrayLength(1), "a length of 4294967294"),
        hostile("05 00", WireReader::beginTaggedField, "a tagged field of 5 bytes"),
        hostile("ffffffff0f", WireReader::beginTaggedField, "a tagged field of 4294967295 bytes"),
        hostile("02 0000 00", WireReader::readTaggedFieldCount, "2 tagged fields"),
        hostile("ffffffff0f", WireReader::readTaggedFieldCount, "4294967295 tagged fields"),
        hostile("01 05 03 00", WireReader::readUnknownTaggedFields, "a tagged field of 3 bytes"));
  }

  private static Arguments hostile(String hex, Consumer<WireReader> read, String message) {
    return arguments(hex, read, message);
  }

  @ParameterizedTest
  @MethodSource
  void length_that_does_not_fit_is_malformed(
      String hex, Consumer<WireReader> read, String message) {
    assertThatThrownBy(() -> read.accept(reader(hex)))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageStartingWith(message)
        .hasMessageEndingWith("bytes are left");
  }

  @Test
  void array_is_accepted_if_its_least_elements_fit_exactly() {
    assertThat(reader("00000002 00000000").readArrayLength(2)).isEqualTo(2);
    assertThat(reader("03 00000000").readCompactArrayLength(2)).isEqualTo(2);
    assertThatThrownBy(() -> reader("00000002 000000").readArrayLength(2))
        .isInstanceOf(MalformedMessageException.class);
  }

  @Test
  void tagged_field_must_end_where_its_size_says() {
    WireReader in = reader("02 0000 00");
    int end = in.beginTaggedField();

    assertThatThrownBy(() -> in.endTaggedField(end))
        .hasMessageStartingWith("a tagged field that ends 2 bytes after its content");
    in.readInt16();
    in.endTaggedField(end);
    in.readInt8();
    assertThatThrownBy(() -> in.endTaggedField(end))
        .hasMessageStartingWith("a tagged field that ends 1 bytes before its content");
  }

  @Test
  void boolean_is_true_for_any_value_but_zero() {
    assertThat(reader("02").readBoolean()).isTrue();
    assertThat(reader("ff").readBoolean()).isTrue();
    assertThat(reader("00").readBoolean()).isFalse();
  }

  @Test
  void zero_uuid_is_one_object() {
    assertThat(reader("00".repeat(16)).readUuid()).isSameAs(WireReader.ZERO_UUID);
  }

  @Test
  void records_are_a_view_and_bytes_are_a_copy() {
    byte[] source = HexFormat.of().parseHex("00000001" + "07" + "00000001" + "07");
    WireReader in = WireReader.of(ByteBuffer.wrap(source));

    ByteBuffer records = Objects.requireNonNull(in.readRecords());
    byte[] bytes = in.readBytes();
    source[4] = 8;
    source[9] = 8;

    assertThat(records.get(0)).isEqualTo((byte) 8);
    assertThat(bytes).containsExactly(7);
  }

  @Test
  void position_in_the_error_counts_from_the_start_of_the_buffer() {
    WireReader in = reader("0000000000");
    in.readInt32();

    assertThatThrownBy(in::readInt16)
        .hasMessage("an int16 at byte 4 does not fit: 1 bytes are left");
    assertThat(in.nullNotAllowed("Topics")).hasMessageStartingWith("null for Topics");
  }

  @Test
  void malformed_utf8_is_read_with_replacement_characters() {
    assertThat(reader("0002 c328").readString()).isEqualTo("\ufffd(");
  }

  private static WireReader reader(String hex) {
    return WireReader.of(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
  }
}
