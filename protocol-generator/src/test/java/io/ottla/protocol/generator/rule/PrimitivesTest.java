package io.ottla.protocol.generator.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.ottla.protocol.generator.Compiled;
import io.ottla.protocol.generator.Probe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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

/** Every type's bytes: version 0 is plain, version 1 flexible. */
final class PrimitivesTest {
  private static final List<String> TYPES =
      List.of(
          "bool",
          "int8",
          "int16",
          "uint16",
          "int32",
          "uint32",
          "int64",
          "float64",
          "uuid",
          "string",
          "bytes",
          "records",
          "[]int16",
          "[]string",
          "[]bool",
          "[]uuid",
          "[]Part");
  private static final List<String> NULLABLE =
      List.of("string", "bytes", "records", "[]int16", "[]string", "Part");

  private static @Nullable Compiled compiled;

  @BeforeAll
  static void compileOneMessagePerType() throws IOException {
    List<String> definitions = new ArrayList<>();
    TYPES.forEach(type -> definitions.add(definition("", type, "")));
    NULLABLE.forEach(
        type -> definitions.add(definition("Nullable", type, "'nullableVersions': '0+',")));
    definitions.add(definition("", "Part", ""));
    compiled = Compiled.of(definitions.toArray(String[]::new));
  }

  private static String definition(String prefix, String type, String properties) {
    return """
    { 'type': 'data', 'name': '%s', 'validVersions': '0-1', 'flexibleVersions': '1+', 'fields': [
        { 'name': 'Value', 'type': '%s', 'versions': '0+', %s 'about': 'It.' %s }]}
    """
        .formatted(
            className(prefix, type),
            type,
            properties,
            type.endsWith("Part")
                ? ", 'fields': [{ 'name': 'X', 'type': 'int8', 'versions': '0+' }]"
                : "")
        .replace('\'', '"');
  }

  private static String className(String prefix, String type) {
    return prefix + "Test" + type.replace("[]", "Array");
  }

  private static Probe create(String name) {
    return Objects.requireNonNull(compiled).create(name);
  }

  static Stream<Arguments> value_has_its_bytes_in_both_forms() {
    UUID uuid = new UUID(0x0102030405060708L, 0x090a0b0c0d0e0f10L);
    String id = "0102030405060708090a0b0c0d0e0f10";
    return Stream.of(
        arguments("bool", true, "01", "01 00"),
        arguments("int8", (byte) -2, "fe", "fe 00"),
        arguments("int16", (short) -2, "fffe", "fffe 00"),
        arguments("uint16", 65535, "ffff", "ffff 00"),
        arguments("int32", 0x01020304, "01020304", "01020304 00"),
        arguments("uint32", 4294967295L, "ffffffff", "ffffffff 00"),
        arguments("int64", Long.MIN_VALUE, "8000000000000000", "8000000000000000 00"),
        arguments("float64", 1.5, "3ff8000000000000", "3ff8000000000000 00"),
        arguments("uuid", uuid, id, id + "00"),
        arguments("string", "hé", "0003 68c3a9", "04 68c3a9 00"),
        arguments("bytes", new byte[] {1, 2}, "00000002 0102", "03 0102 00"),
        arguments("records", ByteBuffer.wrap(new byte[] {9, 8}), "00000002 0908", "03 0908 00"),
        arguments(
            "[]int16", List.of((short) 1, (short) 2), "00000002 0001 0002", "03 0001 0002 00"),
        arguments("[]string", List.of("a", ""), "00000002 0001 61 0000", "03 02 61 01 00"),
        arguments("[]bool", List.of(true, false), "00000002 01 00", "03 01 00 00"),
        arguments("[]uuid", List.of(uuid), "00000001" + id, "02" + id + "00"));
  }

  @ParameterizedTest
  @MethodSource
  void value_has_its_bytes_in_both_forms(String type, Object value, String plain, String flexible) {
    roundTrip(create(className("", type)), value, 0, plain);
    roundTrip(create(className("", type)), value, 1, flexible);
    if (NULLABLE.contains(type)) {
      roundTrip(create(className("Nullable", type)), value, 0, plain);
      roundTrip(create(className("Nullable", type)), value, 1, flexible);
    }
  }

  static Stream<Arguments> null_has_its_bytes_in_both_forms() {
    return Stream.of(
        arguments("string", "ffff", "00 00"),
        arguments("bytes", "ffffffff", "00 00"),
        arguments("records", "ffffffff", "00 00"),
        arguments("[]int16", "ffffffff", "00 00"),
        arguments("[]string", "ffffffff", "00 00"),
        arguments("Part", "ff", "ff 00"));
  }

  @ParameterizedTest
  @MethodSource
  void null_has_its_bytes_in_both_forms(String type, String plain, String flexible) {
    roundTrip(create(className("Nullable", type)), null, 0, plain);
    roundTrip(create(className("Nullable", type)), null, 1, flexible);
  }

  @ParameterizedTest
  @MethodSource("null_has_its_bytes_in_both_forms")
  void null_where_there_is_none_is_malformed(String type, String plain, String flexible) {
    Probe message = create(className("", type));
    if (!type.equals("Part")) {
      assertMalformed(() -> message.read(0, plain));
      assertMalformed(() -> message.read(1, flexible));
    }
  }

  @Test
  void struct_is_marked_only_where_it_can_be_null() {
    Probe plain = create("TestPart");
    Reflected.set(plain, "value", "x", (byte) 5);
    assertThat(plain.write(0)).isEqualTo("05");
    assertThat(plain.write(1)).isEqualTo("050000");

    Probe nullable = create("NullableTestPart");
    Reflected.set(nullable, "value", "x", (byte) 5);
    assertThat(nullable.write(0)).isEqualTo("0105");
    assertThat(nullable.write(1)).isEqualTo("01050000");
    for (String marker : List.of("00", "01", "7f")) {
      assertThat(nullable.read(1, marker + "05 00 00").message()).isEqualTo(nullable.message());
    }
    assertThat(nullable.read(1, "80 00").get("value")).isNull();
  }

  @Test
  void array_of_structs_holds_each_with_its_own_tagged_fields() {
    Probe message = create("TestArrayPart");
    Probe part = create("TestArrayPart$Part").set("x", (byte) 7);
    message.set("value", List.of(part.message(), part.message()));

    assertThat(message.write(0)).isEqualTo("000000020707");
    assertThat(message.write(1)).isEqualTo("030700070000");
    assertThat(message.read(1, "03 0700 0700 00").message()).isEqualTo(message.message());
  }

  @Test
  void array_that_claims_more_elements_than_bytes_are_left_is_malformed() {
    assertMalformed(() -> create("TestArrayint16").read(0, "00000003 0001 0002"));
    assertMalformed(() -> create("TestArrayint16").read(0, "7fffffff 0001 0002"));
    assertMalformed(() -> create("TestArrayPart").read(1, "ffffffff07 01"));
    assertMalformed(() -> create("TestArraystring").read(0, "7fffffff 0000 0000"));
  }

  @Test
  void setter_refuses_null_that_no_version_can_carry() {
    assertThatThrownBy(() -> create("Teststring").set("value", null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("Value");
  }

  private static void roundTrip(Probe message, @Nullable Object value, int version, String hex) {
    message.set("value", value);
    assertThat(message.write(version)).isEqualTo(hex.replace(" ", ""));
    Probe read = message.read(version, hex);
    assertThat(read.message()).isEqualTo(message.message()).hasSameHashCodeAs(message.message());
    assertThat(read.get("value")).isEqualTo(value);
  }

  private static void assertMalformed(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(
            e -> assertThat(e.getClass().getSimpleName()).isEqualTo("MalformedMessageException"));
  }
}
