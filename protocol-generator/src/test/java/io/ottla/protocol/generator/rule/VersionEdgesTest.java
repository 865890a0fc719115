package io.ottla.protocol.generator.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.ottla.protocol.generator.Compiled;
import io.ottla.protocol.generator.Probe;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Fields that begin, end, or change their form between the versions of one message. */
final class VersionEdgesTest {
  private static final String SAMPLE =
      """
      { "type": "data", "name": "Sample", "validVersions": "1-6", "flexibleVersions": "4+",
        "fields": [
          { "name": "Always", "type": "int8", "versions": "0+" },
          { "name": "Starts", "type": "int8", "versions": "3+", "default": "7" },
          { "name": "Ends", "type": "int8", "versions": "0-2", "default": "-1" },
          { "name": "Middle", "type": "int8", "versions": "2-5", "ignorable": true },
          { "name": "Once", "type": "string", "versions": "3", "ignorable": true },
          { "name": "Text", "type": "string", "versions": "0+", "nullableVersions": "3-5" },
          { "name": "Old", "type": "string", "versions": "0+", "flexibleVersions": "none" },
          { "name": "Numbers", "type": "[]int8", "versions": "2+", "nullableVersions": "5+" },
          { "name": "Part", "type": "Part", "versions": "5+", "nullableVersions": "6+", "fields": [
            { "name": "X", "type": "int8", "versions": "0+" },
            { "name": "Late", "type": "int8", "versions": "6+", "ignorable": true }]},
          { "name": "Never", "type": "int8", "versions": "0" }
        ]}
      """;

  private static @Nullable Compiled compiled;

  @BeforeAll
  static void compile() throws IOException {
    compiled = Compiled.of(SAMPLE);
  }

  private static Probe sample() {
    return Objects.requireNonNull(compiled).create("Sample");
  }

  @ParameterizedTest
  @MethodSource
  void each_version_has_its_own_bytes(int version, String hex) {
    Probe message = sample().set("always", (byte) 1).set("text", "t").set("old", "o");

    assertThat(message.write(version)).isEqualTo(hex.replace(" ", ""));
    assertThat(message.read(version, hex).message()).isEqualTo(message.message());
  }

  static Stream<Arguments> each_version_has_its_own_bytes() {
    String old = " 0001 6f ";
    return Stream.of(
        arguments(1, "01 ff 0001 74" + old),
        arguments(2, "01 ff 00 0001 74" + old + "00000000"),
        arguments(3, "01 07 00 0000 0001 74" + old + "00000000"),
        arguments(4, "01 07 00 02 74" + old + "01 00"),
        arguments(5, "01 07 00 02 74" + old + "01 00 00 00"),
        arguments(6, "01 07 02 74" + old + "01 01 00 00 00 00"));
  }

  @Test
  void reading_gives_fields_that_the_version_lacks_their_defaults() {
    Probe message = sample().set("starts", (byte) 9).set("middle", (byte) 9).set("numbers", null);

    message.readInto(1, "01 05 0000 0000");

    assertThat(message.get("starts")).isEqualTo((byte) 7);
    assertThat(message.get("middle")).isEqualTo((byte) 0);
    assertThat(message.get("numbers")).isEqualTo(List.of());
    assertThat(message.get("ends")).isEqualTo((byte) 5);
  }

  @Test
  void field_that_no_version_has_is_left_out() {
    assertThat(Objects.requireNonNull(compiled).type("Sample").getMethods())
        .extracting(java.lang.reflect.Method::getName)
        .contains("once")
        .doesNotContain("never");
  }

  @ParameterizedTest
  @MethodSource
  void set_field_that_the_version_lacks_is_refused_unless_ignorable(
      String field, @Nullable Object value, int version, boolean refused) {
    Probe message = sample().set(field, value);

    if (refused) {
      String name = Character.toUpperCase(field.charAt(0)) + field.substring(1);
      assertUnsupported(() -> message.write(version), "cannot carry " + name + ", which is set");
      assertUnsupported(() -> message.size(version), "cannot carry " + name + ", which is set");
    } else {
      assertThat(message.write(version)).isNotEmpty();
    }
  }

  static Stream<Arguments> set_field_that_the_version_lacks_is_refused_unless_ignorable() {
    return Stream.of(
        arguments("starts", (byte) 9, 2, true),
        arguments("starts", (byte) 7, 2, false),
        arguments("starts", (byte) 9, 3, false),
        arguments("ends", (byte) 9, 3, true),
        arguments("ends", (byte) 9, 2, false),
        arguments("middle", (byte) 9, 1, false),
        arguments("middle", (byte) 9, 6, false),
        arguments("once", "x", 2, false),
        arguments("numbers", List.of((byte) 1), 1, true),
        arguments("numbers", List.of(), 1, false));
  }

  @Test
  void set_struct_that_the_version_lacks_is_refused() {
    Probe message = sample();
    Reflected.set(message, "part", "x", (byte) 1);

    assertUnsupported(() -> message.write(4), "cannot carry Part");
    assertThat(message.write(5)).endsWith("010000");
  }

  @ParameterizedTest
  @MethodSource
  void null_is_refused_in_versions_that_have_none(String field, int version, boolean refused) {
    Probe message = sample().set(field, null);

    if (refused) {
      assertUnsupported(() -> message.write(version), "cannot carry null for ");
      assertUnsupported(() -> message.size(version), "cannot carry null for ");
    } else {
      assertThat(message.read(version, message.write(version)).get(field)).isNull();
    }
  }

  static Stream<Arguments> null_is_refused_in_versions_that_have_none() {
    return Stream.of(
        arguments("text", 2, true),
        arguments("text", 3, false),
        arguments("text", 5, false),
        arguments("text", 6, true),
        arguments("numbers", 4, true),
        arguments("numbers", 5, false),
        arguments("part", 5, true),
        arguments("part", 6, false));
  }

  @ParameterizedTest
  @MethodSource
  void null_that_is_read_in_versions_that_have_none_is_malformed(int version, String hex) {
    assertThatThrownBy(() -> sample().read(version, hex))
        .satisfies(
            e -> assertThat(e.getClass().getSimpleName()).isEqualTo("MalformedMessageException"));
  }

  static Stream<Arguments> null_that_is_read_in_versions_that_have_none_is_malformed() {
    return Stream.of(
        arguments(2, "01 ff 00 ffff 0000 00000000"),
        arguments(2, "01 ff 00 0000 ffff 00000000"),
        arguments(2, "01 ff 00 0000 0000 ffffffff"),
        arguments(4, "01 07 00 01 0000 00 00"),
        arguments(6, "01 07 00 0000 01 01 00 00 00 00"));
  }

  @ParameterizedTest
  @MethodSource
  void version_that_does_not_exist_is_refused(int version) {
    Stream.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
            () -> sample().size(version),
            () -> sample().write(version),
            () -> sample().read(version, "00"))
        .forEach(
            call ->
                assertThatThrownBy(call)
                    .hasMessage("Sample has versions 1 to 6, not " + version)
                    .satisfies(
                        e ->
                            assertThat(e.getClass().getSimpleName())
                                .isEqualTo("UnsupportedMessageVersionException")));
  }

  static Stream<Integer> version_that_does_not_exist_is_refused() {
    return Stream.of(-1, 0, 7, Integer.MAX_VALUE);
  }

  @Test
  void struct_exists_from_the_version_of_its_field_on() {
    Probe part = Objects.requireNonNull(compiled).create("Sample$Part");

    assertThat(part.call("lowestVersion")).isEqualTo(5);
    assertThat(part.call("highestVersion")).isEqualTo(6);
    assertThatThrownBy(() -> part.write(4)).hasMessage("Sample.Part has versions 5 to 6, not 4");
  }

  @Test
  void every_truncation_is_malformed() {
    String whole = sample().set("text", "text").set("numbers", List.of((byte) 1)).write(5);
    for (int length = 0; length < whole.length(); length += 2) {
      String cut = whole.substring(0, length);
      assertThatThrownBy(() -> sample().read(5, cut))
          .as(cut)
          .satisfies(
              e -> assertThat(e.getClass().getSimpleName()).isEqualTo("MalformedMessageException"));
    }
  }

  private static void assertUnsupported(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .hasMessageContaining(message)
        .satisfies(
            e -> assertThat(e.getClass().getSimpleName()).isEqualTo("UnsupportedFieldException"));
  }
}
