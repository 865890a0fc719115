package io.ottla.protocol.generator.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.ottla.protocol.generator.definition.FieldType.Array;
import io.ottla.protocol.generator.definition.FieldType.Primitive;
import io.ottla.protocol.generator.definition.FieldType.Struct;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DefinitionParserTest {
  @Test
  void every_property_arrives() {
    MessageDefinition message =
        DefinitionParser.parse(
            "Sample.json",
            """
            // A comment before,
            { "apiKey": 7, "type": "request", "listeners": ["broker", "controller"],
              "name": "SampleRequest", // one behind
              "validVersions": "1-4", "flexibleVersions": "3+", "latestVersionUnstable": true,
              "fields": [
                { "name": "Topics", "type": "[]Topic", "versions": "2+", "nullableVersions": "3+",
                  "taggedVersions": "4+", "tag": "5", "flexibleVersions": "none", "default": -1,
                  "ignorable": "true", "mapKey": false, "zeroCopy": true,
                  "entityType": "topicName", "about": "All of them." }],
              "commonStructs": [
                { "name": "Topic", "versions": "0+", "fields": [
                  { "name": "Name", "type": "string", "versions": "0+", "mapKey": true }]}]
            }
            """);

    assertThat(message.kind()).isEqualTo(MessageDefinition.Kind.REQUEST);
    assertThat(message.apiKey()).isEqualTo(7);
    assertThat(message.listeners()).containsExactly("broker", "controller");
    assertThat(message.validVersions()).hasToString("1-4");
    assertThat(message.flexibleVersions()).hasToString("3+");
    assertThat(message.latestVersionUnstable()).isTrue();
    FieldDefinition field = message.fields().get(0);
    assertThat(field.type()).isEqualTo(new Array(new Struct("Topic")));
    assertThat(field.nullableVersions()).hasToString("3+");
    assertThat(field.taggedVersions()).hasToString("4+");
    assertThat(field.tag()).isEqualTo(5);
    assertThat(field.flexibleVersions()).isEqualTo(Versions.NONE);
    assertThat(field.defaultValue()).isEqualTo("-1");
    assertThat(field.ignorable()).isTrue();
    assertThat(field.entityType()).isEqualTo("topicName");
    assertThat(field.about()).isEqualTo("All of them.");
    FieldDefinition name = message.commonStructs().get(0).fields().get(0);
    assertThat(name.type()).isEqualTo(Primitive.STRING);
    assertThat(name.mapKey()).isTrue();
  }

  @Test
  void message_that_kafka_has_given_up_needs_nothing_more() {
    MessageDefinition message =
        DefinitionParser.parse(
            "Gone.json",
            """
            { "apiKey": 5, "type": "request", "name": "Gone", "validVersions": "none" }
            """);

    assertThat(message.validVersions().isEmpty()).isTrue();
    assertThat(message.fields()).isEmpty();
  }

  static Stream<Arguments> what_is_wrong_is_named() {
    return Stream.of(
        arguments("{", "Bad.json: not JSON with comments"),
        arguments("[]", "Bad.json: expected an object, found START_ARRAY"),
        arguments(message("\"colour\": 1"), "Bad.json: property \"colour\" is not known"),
        arguments("{\"name\": \"A\"}", "Bad.json: \"type\" is missing"),
        arguments("{\"type\": \"letter\"}", "Bad.json: type 'letter' of a message is not known"),
        arguments("{\"type\": 3}", "Bad.json: expected a string for \"type\""),
        arguments("{\"type\": \"data\"}", "Bad.json: \"validVersions\" is missing"),
        arguments(
            "{\"type\": \"data\", \"validVersions\": \"0\"}", "Bad.json: \"name\" is missing"),
        arguments(
            "{\"type\": \"data\", \"name\": \"A\", \"validVersions\": \"0\"}",
            "Bad.json: \"flexibleVersions\" is missing"),
        arguments(
            "{\"type\": \"request\", \"validVersions\": \"0\"}",
            "Bad.json: a request or response needs \"apiKey\""),
        arguments(message("\"apiKey\": \"x\""), "Bad.json: \"apiKey\" is not an integer: x"),
        arguments(message("\"apiKey\": []"), "Bad.json: \"apiKey\" is not a single value"),
        arguments(message("\"listeners\": 3"), "Bad.json: expected an array for \"listeners\""),
        arguments(
            message("\"latestVersionUnstable\": \"maybe\""),
            "Bad.json: \"latestVersionUnstable\" is neither true nor false"),
        arguments(message("\"name\": \"a b\""), "Bad.json: name 'a b' is not a letter"),
        arguments(field("\"name\": \"F\""), "Bad.json: F: \"type\" is missing"),
        arguments(
            field("\"name\": \"F\", \"type\": \"int32\""), "Bad.json: F: \"versions\" is missing"),
        arguments(
            field("\"type\": \"int32\", \"versions\": \"0+\""), "Bad.json: \"name\" is missing"),
        arguments(
            field("\"name\": \"F\", \"type\": \"int31\""),
            "Bad.json: F: 'int31' is neither a primitive type nor a struct"),
        arguments(
            field("\"name\": \"F\", \"type\": \"[][]int32\""),
            "Bad.json: F: an array of []int32 has no form on the wire"),
        arguments(
            field("\"name\": \"F\", \"type\": \"[]bytes\""),
            "Bad.json: F: an array of bytes has no form on the wire"),
        arguments(
            field("\"name\": \"F\", \"versions\": \"0..3\""),
            "Bad.json: F: '0..3' is not a version range"),
        arguments(
            field("\"name\": \"F\", \"fields\": [{\"name\": \"G\", \"size\": 3}]"),
            "Bad.json: F.G: property \"size\" is not known"),
        arguments(
            message("\"commonStructs\": [{\"name\": \"S\", \"fields\": []}]"),
            "Bad.json: S: \"versions\" is missing"));
  }

  private static String message(String properties) {
    return "{\"type\": \"data\", " + properties + "}";
  }

  private static String field(String properties) {
    return message("\"fields\": [{" + properties + "}]");
  }

  @ParameterizedTest
  @MethodSource
  void what_is_wrong_is_named(String text, String expected) {
    assertThatThrownBy(() -> DefinitionParser.parse("Bad.json", text))
        .isInstanceOf(DefinitionException.class)
        .hasMessageStartingWith(expected);
  }
}
