package io.ottla.protocol.generator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.ottla.protocol.generator.definition.DefinitionException;
import io.ottla.protocol.generator.definition.DefinitionParser;
import io.ottla.protocol.generator.definition.Versions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ModellerTest {
  private static final String X = "{ 'name': 'X', 'type': 'int8', 'versions': '0+' }";

  static Stream<Arguments> contradiction_is_named() {
    return Stream.of(
        arguments(field("'type': 'int8', 'nullableVersions': '0+'"), "F: int8 is never nullable"),
        arguments(field("'type': 'uuid', 'nullableVersions': '1'"), "F: uuid is never nullable"),
        arguments(
            field("'type': 'int8', 'fields': [" + X + "]"), "F: int8 has no fields of its own"),
        arguments(field("'type': 'Part'"), "F: struct Part is defined nowhere in the file"),
        arguments(
            field("'type': 'Sample', 'fields': [" + X + "]"),
            "F: struct has the name of its message"),
        arguments(X + "," + X, "X: field is defined twice"),
        arguments(
            field("'type': 'Part', 'fields': [" + X + "]")
                + ",{ 'name': 'G', 'type': '[]Part', 'versions': '0+', 'fields': ["
                + X
                + "]}",
            "G: struct Part is defined twice"),
        arguments(
            field("'type': 'Part', 'fields': [" + X + "," + X + "]"),
            "F.X: field is defined twice"),
        arguments(
            field("'type': 'int8', 'tag': 0"), "F: \"tag\" and \"taggedVersions\" need each other"),
        arguments(
            field("'type': 'int8', 'taggedVersions': '2+'"),
            "F: \"tag\" and \"taggedVersions\" need each other"),
        arguments(
            field("'type': 'int8', 'tag': -1, 'taggedVersions': '2+'"), "F: tag -1 is negative"),
        arguments(
            field("'type': 'int8', 'tag': 0, 'taggedVersions': '1+'"),
            "F: is tagged in versions 1+, but only 2-3 are flexible"),
        arguments(
            field("'type': 'int8', 'tag': 0, 'taggedVersions': '2'"),
            "F: is tagged in versions 2, but must be so to the end of its 0+"),
        arguments(
            field("'type': 'int8', 'mapKey': true, 'tag': 0, 'taggedVersions': '2+'"),
            "F: a map key cannot be tagged"),
        arguments(
            field("'type': '[]int8', 'mapKey': true"), "F: a map key cannot be of type []int8"),
        arguments(
            field("'type': 'records', 'mapKey': true"), "F: a map key cannot be of type records"),
        arguments(
            field("'type': 'int8', 'tag': 0, 'taggedVersions': '2+'")
                + ",{'name':'G','type':'int8','versions':'2+','taggedVersions':'2+','tag':0}",
            "G: tag 0 belongs to another field already"),
        arguments(
            field("'type': 'string', 'flexibleVersions': '1+'"),
            "F: is flexible in versions that its message is not"),
        arguments(
            field("'type': 'int32', 'entityType': 'topicName'"),
            "F: entity type topicName needs string, not int32"),
        arguments(
            field("'type': '[]int64', 'entityType': 'brokerId'"),
            "F: entity type brokerId needs int32, not []int64"),
        arguments(
            field("'type': 'string', 'entityType': 'colour'"),
            "F: entity type 'colour' is not known"),
        arguments(
            field("'type': 'string', 'default': 'null'"),
            "F: default is null, but not all of its versions are nullable"),
        arguments(
            field("'type': 'string', 'default': 'null', 'nullableVersions': '1+'"),
            "F: default is null, but not all of its versions are nullable"),
        arguments(
            field("'type': 'int8', 'default': 'null'"), "F: a int8 has no null for a default"),
        arguments(field("'type': 'int8', 'default': '128'"), "F: 128 does not fit into int8"),
        arguments(field("'type': 'uint16', 'default': '-1'"), "F: -1 does not fit into uint16"),
        arguments(
            field("'type': 'int32', 'default': '0x80000000'"),
            "F: 0x80000000 does not fit into int32"),
        arguments(field("'type': 'int64', 'default': 'many'"), "F: 'many' is not an integer"),
        arguments(field("'type': 'int64', 'default': '1.5'"), "F: '1.5' is not an integer"),
        arguments(field("'type': 'bool', 'default': '1'"), "F: '1' is neither true nor false"),
        arguments(field("'type': 'float64', 'default': 'x'"), "F: 'x' is not a number"),
        arguments(field("'type': 'float64', 'default': 'NaN'"), "F: 'NaN' is not a finite number"),
        arguments(
            field("'type': 'bytes', 'default': '00'"), "F: a bytes has no default of its own"),
        arguments(field("'type': 'uuid', 'default': '0'"), "F: a uuid has no default of its own"),
        arguments(field("'type': '[]int8', 'default': '1'"), "F: a []int8 has no default but null"),
        arguments(
            field(
                "'type': '[]Part', 'fields': [{ 'name': 'X', 'type': 'int8', 'versions': '1+' }]"),
            "F: elements can be empty, which would leave their number without a bound"));
  }

  private static String field(String properties) {
    return "{ 'name': 'F', 'versions': '0+', " + properties + " }";
  }

  @ParameterizedTest
  @MethodSource
  void contradiction_is_named(String fields, String expected) {
    assertThatThrownBy(() -> model("0-3", fields, ""))
        .isInstanceOf(DefinitionException.class)
        .hasMessage("Sample.json: " + expected);
  }

  static Stream<Arguments> contradiction_of_common_structs_is_named() {
    String struct = "{ 'name': 'S', 'versions': '0+', 'fields': [" + X + "] }";
    String use = "{ 'name': 'F', 'type': 'S', 'versions': '0+' }";
    return Stream.of(
        arguments(use, struct + "," + struct, "S: struct is defined twice"),
        arguments(
            use,
            struct.replace("0+', 'fields", "1+', 'fields"),
            "F: has versions 0-3, its struct S 1+"),
        arguments(
            use.replace(" }", ", 'fields': [" + X + "]}"),
            struct,
            "F: struct S is defined here and in commonStructs"),
        arguments(
            use,
            struct.replace(X, "{ 'name': 'Next', 'type': '[]S', 'versions': '0+' }"),
            "S.Next: struct S contains itself"));
  }

  @ParameterizedTest
  @MethodSource
  void contradiction_of_common_structs_is_named(String fields, String structs, String expected) {
    assertThatThrownBy(() -> model("0-3", fields, structs))
        .isInstanceOf(DefinitionException.class)
        .hasMessage("Sample.json: " + expected);
  }

  @Test
  void message_needs_a_closed_range_of_versions() {
    assertThatThrownBy(() -> model("0+", X, "")).hasMessageContaining("must be a closed range");
  }

  @Test
  void secret_that_no_field_has_is_an_error() {
    Secrets secrets = new Secrets(Set.of("Sample.X", "Sample.Gone"));
    MessageModel model =
        Modeller.model(DefinitionParser.parse("S.json", text("0", X, "")), secrets);

    assertThat(model.root().fields().get(0).secret()).isTrue();
    assertThatThrownBy(secrets::requireAllSeen)
        .hasMessageContaining("no such field: [Sample.Gone]");
  }

  @ParameterizedTest
  @CsvSource({
    // Plain: int8 + string(2) + array(4) + nullable struct(1); flexible: 1 + 1 + 1 + 1, and tags.
    "0, 0, 8",
    "1, 1, 5",
    "0, 1, 5",
  })
  void least_size_of_an_element_is_that_of_its_smallest_version(int from, int to, int least) {
    MessageModel model =
        Modeller.model(
            DefinitionParser.parse(
                "S.json",
                """
                { "type": "data", "name": "Sample", "validVersions": "0-1", "flexibleVersions": "1+",
                  "fields": [{ "name": "Parts", "type": "[]Part", "versions": "0+", "fields": [
                    { "name": "X", "type": "int8", "versions": "0+" },
                    { "name": "S", "type": "string", "versions": "0+" },
                    { "name": "L", "type": "[]int64", "versions": "0+" },
                    { "name": "T", "type": "int64", "versions": "1+", "taggedVersions": "1+", "tag": 0 },
                    { "name": "N", "type": "Other", "versions": "0+", "nullableVersions": "0+",
                      "fields": [{ "name": "Y", "type": "int64", "versions": "0+" }]}]}]}
                """),
            new Secrets(Set.of()));

    assertThat(model.root().fields().get(0).minElementBytes(Versions.of(from, to)))
        .isEqualTo(least);
  }

  @ParameterizedTest
  @CsvSource({
    "ListOffsets, LIST_OFFSETS",
    "SaslHandshake, SASL_HANDSHAKE",
    "OffsetForLeaderEpoch, OFFSET_FOR_LEADER_EPOCH",
    "Fetch, FETCH",
    "AddURLThing, ADD_URL_THING",
  })
  void constant_is_in_upper_case_with_underscores(String name, String constant) {
    assertThat(Names.constant(name)).isEqualTo(constant);
  }

  private static MessageModel model(String versions, String fields, String structs) {
    return Modeller.model(
        DefinitionParser.parse("Sample.json", text(versions, fields, structs)),
        new Secrets(Set.of()));
  }

  private static String text(String versions, String fields, String structs) {
    return """
    { 'type': 'data', 'name': 'Sample', 'validVersions': '%s', 'flexibleVersions': '2+',
      'fields': [%s], 'commonStructs': [%s] }
    """
        .formatted(versions, fields, structs)
        .replace('\'', '"');
  }
}
