package io.ottla.protocol.generator.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.ottla.protocol.generator.Compiled;
import io.ottla.protocol.generator.Probe;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tagged fields from version 1 on, one of them from 2 on, another one in a fixed place before. */
final class TaggedFieldsTest {
  private static final String TAG = "\"versions\": \"1+\", \"taggedVersions\": \"1+\", \"tag\": ";
  private static final String SAMPLE =
      """
      { "type": "data", "name": "Sample", "validVersions": "0-3", "flexibleVersions": "1+",
        "fields": [
          { "name": "Moved", "type": "int8", "versions": "0+", "taggedVersions": "3+", "tag": 9 },
          { "name": "Number", "type": "int64", "default": "-1", %1$s 2 },
          { "name": "Text", "type": "string", "default": "none", "ignorable": true, %1$s 0 },
          { "name": "Maybe", "type": "string", "nullableVersions": "2+", %1$s 3 },
          { "name": "Flag", "type": "bool", "default": "true", %1$s 4 },
          { "name": "Id", "type": "uuid", %1$s 5 },
          { "name": "Blob", "type": "bytes", %1$s 6 },
          { "name": "NoBlob", "type": "bytes", "nullableVersions": "1+", %1$s 11 },
          { "name": "List", "type": "[]int16", "nullableVersions": "1+", %1$s 7 },
          { "name": "Part", "type": "Part", %1$s 8, "fields": [
            { "name": "X", "type": "int8", "versions": "0+" }]},
          { "name": "Perhaps", "type": "Other", "nullableVersions": "1+", "default": "null", %1$s 10,
            "fields": [{ "name": "Y", "type": "int8", "versions": "0+" }]},
          { "name": "Parts", "type": "[]Item", %1$s 300, "fields": [
            { "name": "Z", "type": "int8", "versions": "0+" }]},
          { "name": "Late", "type": "int8", "versions": "2+", "taggedVersions": "2+", "tag": 1 }
        ]}
      """
          .formatted(TAG);

  private static @Nullable Compiled compiled;

  @BeforeAll
  static void compile() throws IOException {
    compiled = Compiled.of(SAMPLE);
  }

  private static Probe sample() {
    return Objects.requireNonNull(compiled).create("Sample");
  }

  @Test
  void fields_at_their_defaults_are_not_written() {
    assertThat(sample().write(0)).isEqualTo("00");
    assertThat(sample().write(1)).isEqualTo("0000");
    assertThat(sample().write(3)).isEqualTo("00");
  }

  static Stream<Arguments> set_field_is_written_behind_tag_and_size() {
    return Stream.of(
        arguments("number", 1L, "02 08 0000000000000001"),
        arguments("text", "a", "00 02 02 61"),
        arguments("text", "", "00 01 01"),
        arguments("maybe", "a", "03 02 02 61"),
        arguments("maybe", null, "03 01 00"),
        arguments("flag", false, "04 01 00"),
        arguments("id", new UUID(0, 1), "05 10 00000000000000000000000000000001"),
        arguments("blob", new byte[] {5}, "06 02 02 05"),
        arguments("noBlob", null, "0b 01 00"),
        arguments("noBlob", new byte[] {5}, "0b 02 02 05"),
        arguments("list", List.of((short) 1), "07 03 02 0001"),
        arguments("list", null, "07 01 00"),
        arguments("late", (byte) 1, "01 01 01"));
  }

  @ParameterizedTest
  @MethodSource
  void set_field_is_written_behind_tag_and_size(
      String field, @Nullable Object value, String content) {
    Probe message = sample().set(field, value);

    String hex = "00 01" + content;
    assertThat(message.write(2)).isEqualTo(hex.replace(" ", ""));
    assertThat(message.read(2, hex).message()).isEqualTo(message.message());
  }

  @Test
  void struct_is_written_when_anything_in_it_is_set() {
    Probe message = sample();
    Reflected.set(message, "part", "x", (byte) 4);
    message.set("perhaps", Objects.requireNonNull(compiled).create("Sample$Other").message());

    String hex = "00 02 08 02 0400 0a 03 01 00 00";
    assertThat(message.write(2)).isEqualTo(hex.replace(" ", ""));
    assertThat(message.read(2, hex).message()).isEqualTo(message.message());
    assertThat(message.read(2, "00 01 0a 01 ff").get("perhaps")).isNull();
  }

  @Test
  void array_of_structs_under_a_long_tag_is_written() {
    Object item =
        Objects.requireNonNull(compiled).create("Sample$Item").set("z", (byte) 1).message();
    Probe message = sample().set("parts", List.of(item));

    String hex = "00 01 ac02 03 02 01 00";
    assertThat(message.write(2)).isEqualTo(hex.replace(" ", ""));
    assertThat(message.read(2, hex).message()).isEqualTo(message.message());
  }

  @Test
  void field_that_became_tagged_has_a_fixed_place_before() {
    Probe message = sample().set("moved", (byte) 5);

    assertThat(message.write(0)).isEqualTo("05");
    assertThat(message.write(2)).isEqualTo("0500");
    assertThat(message.write(3)).isEqualTo("01090105");
    assertThat(message.read(3, "01 09 01 05").get("moved")).isEqualTo((byte) 5);
  }

  @Test
  void tags_ascend_with_unknown_ones_in_between() {
    Probe message = sample().set("text", "a").set("number", 1L);
    message.addUnknown(1000, "ff").addUnknown(1, "aa").addUnknown(12, "");

    String hex = "00 05 00 02 02 61 01 01 aa 02 08 0000000000000001 0c 00 e807 01 ff";
    assertThat(message.write(1)).isEqualTo(hex.replace(" ", ""));
    Probe read = message.read(1, hex);
    assertThat(read.write(1)).isEqualTo(hex.replace(" ", ""));
    assertThat(read.message()).isEqualTo(message.message());
    assertThat(read.toString())
        .endsWith("unknownTaggedFields=[tag 1: 1 bytes, tag 12: 0 bytes, tag 1000: 1 bytes])");
  }

  @Test
  void count_of_tagged_fields_takes_a_second_byte_when_known_and_unknown_are_128() {
    Probe message = sample().set("number", 1L);
    for (int tag = 1000; tag < 1127; tag++) {
      message.addUnknown(tag, "");
    }

    assertThat(message.write(1)).startsWith("00" + "8001" + "0208");
    assertThat(message.read(1, message.write(1)).message()).isEqualTo(message.message());
  }

  @Test
  void unknown_fields_tell_messages_apart() {
    assertThat(sample().addUnknown(50, "aa").message()).isNotEqualTo(sample().message());
    assertThat(sample().addUnknown(50, "aa").message())
        .isEqualTo(sample().addUnknown(50, "aa").message());
  }

  @Test
  void tag_that_the_version_does_not_know_yet_is_kept() {
    Probe read = sample().read(1, "00 01 01 01 05");

    assertThat(read.get("late")).isEqualTo((byte) 0);
    assertThat(read.write(1)).isEqualTo("000101" + "0105");
  }

  @Test
  void unknown_field_with_the_tag_of_a_set_one_is_refused() {
    Probe message = sample().set("number", 1L).addUnknown(2, "00");

    assertThatThrownBy(() -> message.write(1)).hasMessageContaining("tag 2 is set twice");
  }

  @Test
  void unknown_fields_are_refused_by_versions_without_tags() {
    assertThatThrownBy(() -> sample().addUnknown(50, "aa").write(0))
        .hasMessageContaining("Sample version 0 cannot carry unknownTaggedFields");
  }

  @Test
  void set_tagged_field_is_refused_by_older_versions_unless_ignorable() {
    assertThatThrownBy(() -> sample().set("number", 1L).write(0)).hasMessageContaining("Number");
    assertThatThrownBy(() -> sample().set("late", (byte) 1).write(1)).hasMessageContaining("Late");
    assertThat(sample().set("text", "a").write(0)).isEqualTo("00");
  }

  @Test
  void null_in_a_tagged_field_obeys_its_versions() {
    assertThatThrownBy(() -> sample().set("maybe", null).write(1))
        .hasMessageContaining("cannot carry null for Maybe");
    assertThatThrownBy(() -> sample().read(1, "00 01 03 01 00")).hasMessageContaining("never null");
  }

  static Stream<String> sizes_that_do_not_fit_are_malformed() {
    return Stream.of(
        "00 01 02 07 00000000000001",
        "00 01 02 09 0000000000000001 00",
        "00 01 02 ffffffff0f 00",
        "00 05",
        "00 ffffffff0f",
        "00 01 63 05 00",
        "00 01");
  }

  @ParameterizedTest
  @MethodSource
  void sizes_that_do_not_fit_are_malformed(String hex) {
    assertThatThrownBy(() -> sample().read(1, hex))
        .satisfies(
            e -> assertThat(e.getClass().getSimpleName()).isEqualTo("MalformedMessageException"));
  }

  @Test
  void reading_forgets_the_tagged_fields_from_before() {
    Probe message = sample().set("number", 5L).addUnknown(50, "aa");

    message.readInto(1, "00 00");

    assertThat(message.message()).isEqualTo(sample().message());
  }
}
