package io.ottla.protocol.generator.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A present definition of versions 3 and up, and an older one of versions 0 to 5. */
final class MergeTest {
  private static final String A = "{ 'name': 'A', 'type': 'int32', 'versions': '0+' }";

  @Test
  void lower_versions_come_from_the_older_definition() {
    MessageDefinition merged = merge("3-8", A, "0-5", A);

    assertThat(merged.validVersions()).hasToString("0-8");
    assertThat(merged.fields()).hasSize(1);
    assertThat(merged.fields().get(0).versions()).hasToString("0+");
  }

  @Test
  void removed_field_comes_back_in_its_old_place_for_the_lower_versions_only() {
    String old = "{ 'name': 'Old', 'type': 'string', 'versions': '0-2' }";
    String b = "{ 'name': 'B', 'type': 'int8', 'versions': '0+' }";

    MessageDefinition merged = merge("3-8", A + "," + b, "0-5", A + "," + old + "," + b);

    assertThat(merged.fields()).extracting(FieldDefinition::name).containsExactly("A", "Old", "B");
    assertThat(merged.fields().get(1).versions()).hasToString("0-2");
  }

  @Test
  void removed_first_and_last_fields_come_back_too() {
    String first = "{ 'name': 'First', 'type': 'int8', 'versions': '0' }";
    String last = "{ 'name': 'Last', 'type': 'int8', 'versions': '1-2' }";

    MessageDefinition merged = merge("3-8", A, "0-5", first + "," + A + "," + last);

    assertThat(merged.fields())
        .extracting(FieldDefinition::name)
        .containsExactly("First", "A", "Last");
  }

  @Test
  void field_that_ended_after_the_older_definition_keeps_its_end() {
    String ended = "{ 'name': 'A', 'type': 'int32', 'versions': '0-6', 'ignorable': true }";

    FieldDefinition merged = merge("3-8", ended, "0-5", A).fields().get(0);

    assertThat(merged.versions()).hasToString("0-6");
    assertThat(merged.ignorable()).isTrue();
  }

  @Test
  void field_may_be_dropped_if_the_definition_that_lacks_it_says_so() {
    String late = "{ 'name': 'A', 'type': 'int32', 'versions': '2+' }";
    String lateIgnorable = late.replace("'2+'", "'2+', 'ignorable': true");
    String ended = late.replace("2+", "2-6");
    String endedIgnorable = lateIgnorable.replace("2+", "2-6");

    assertThat(merge("3-8", late, "0-5", lateIgnorable).fields().get(0).ignorable()).isTrue();
    assertThat(merge("3-8", lateIgnorable, "0-5", late).fields().get(0).ignorable()).isFalse();
    assertThat(merge("3-8", ended, "0-5", lateIgnorable).fields().get(0).ignorable()).isFalse();
    assertThat(merge("3-8", endedIgnorable, "0-5", late).fields().get(0).ignorable()).isTrue();
  }

  @Test
  void field_that_the_present_definition_starts_late_starts_as_the_older_one_says() {
    String cut = "{ 'name': 'A', 'type': 'string', 'versions': '3+', 'nullableVersions': '3+' }";
    String whole = "{ 'name': 'A', 'type': 'string', 'versions': '1+', 'nullableVersions': '2+' }";

    FieldDefinition merged = merge("3-8", cut, "0-5", whole).fields().get(0);

    assertThat(merged.versions()).hasToString("1+");
    assertThat(merged.nullableVersions()).hasToString("2+");
  }

  @Test
  void fields_inside_structs_are_merged_too() {
    String present =
        "{ 'name': 'Parts', 'type': '[]Part', 'versions': '0+', 'fields': [" + A + "]}";
    String legacy =
        """
        { 'name': 'Parts', 'type': '[]Part', 'versions': '0+', 'fields': [
          %s, { 'name': 'Gone', 'type': 'bool', 'versions': '0-1' }]}
        """
            .formatted(A);

    MessageDefinition merged = merge("3-8", present, "0-5", legacy);

    assertThat(merged.fields().get(0).fields())
        .extracting(FieldDefinition::name)
        .containsExactly("A", "Gone");
  }

  @Test
  void new_tagged_field_may_appear_in_a_version_that_both_have() {
    String tagged =
        "{ 'name': 'T', 'type': 'int8', 'versions': '4+', 'taggedVersions': '4+', 'tag': 0 }";

    MessageDefinition merged = merge("3-8", A + "," + tagged, "0-5", A);

    assertThat(merged.fields().get(1).versions()).hasToString("4+");
  }

  @Test
  void older_definition_without_lower_versions_changes_nothing() {
    MessageDefinition present = message("0-8", A);

    assertThat(
            Merge.of(
                present, message("0-5", A + ", { 'name': 'X', 'type': 'int8', 'versions': '0' }")))
        .isSameAs(present);
  }

  @Test
  void api_that_only_the_older_edition_has_stays_out() {
    Definitions present = new Definitions(List.of(message("3-8", A)));
    Definitions legacy = new Definitions(List.of(parse(text("Old", "0-5", A))));

    assertThat(present.mergedWith(legacy).all())
        .extracting(MessageDefinition::name)
        .containsExactly("Sample");
  }

  @Test
  void unstable_version_is_taken_from_the_request_and_its_response() {
    String request =
        """
        { 'apiKey': 1, 'type': 'request', 'name': 'ARequest', 'validVersions': '0-3',
          'flexibleVersions': 'none', 'latestVersionUnstable': true, 'fields': [] }
        """;
    String response =
        """
        { 'apiKey': 1, 'type': 'response', 'name': 'AResponse', 'validVersions': '0-3',
          'flexibleVersions': 'none', 'fields': [] }
        """;

    Definitions stable =
        new Definitions(List.of(parse(request), parse(response))).withoutUnstable();

    assertThat(stable.all())
        .extracting(message -> message.validVersions().toString())
        .containsExactly("0-2", "0-2");
  }

  @Test
  void older_definition_whose_only_version_was_unstable_is_not_merged() {
    String legacy =
        """
        { 'apiKey': 1, 'type': 'request', 'name': 'Sample', 'validVersions': '0',
          'flexibleVersions': '0+', 'latestVersionUnstable': true, 'fields': [
            { 'name': 'A', 'type': 'string', 'versions': '0+' }]}
        """;
    Definitions present = new Definitions(List.of(message("1-2", A)));

    Definitions merged =
        present.mergedWith(new Definitions(List.of(parse(legacy))).withoutUnstable());

    assertThat(merged.all()).containsExactlyElementsOf(present.all());
  }

  static Stream<Arguments> contradiction_names_both_sides() {
    String b = "{ 'name': 'B', 'type': 'int32', 'versions': '0+' }";
    return Stream.of(
        arguments(A, A.replace("int32", "int64"), "A", "type int32", "says int64"),
        arguments(
            A,
            A.replace("'versions'", "'default': '1', 'versions'"),
            "A",
            "default null",
            "says 1"),
        arguments(A, A.replace("0+", "0-3"), "A", "versions 0+", "says 0-3"),
        arguments(A.replace("0+", "0-4"), A, "A", "versions 0-4", "says 0+"),
        arguments(A, A.replace("0+", "0-1"), "A", "versions 0+", "says 0-1"),
        arguments(A.replace("0+", "7+"), A.replace("0+", "0-1"), "A", "versions 7+", "says 0-1"),
        arguments(A, b, "A", "versions 0+", "says none"),
        arguments(A, A + "," + b, "B", "versions none", "says 0+"),
        arguments(
            A.replace("int32', ", "string', 'nullableVersions': '4+', "),
            A.replace("int32', ", "string', 'nullableVersions': '5+', "),
            "A",
            "nullableVersions 4+",
            "says 5+"),
        arguments(
            "{'name':'A','type':'int8','versions':'3+','taggedVersions':'3+','tag':1}",
            "{'name':'A','type':'int8','versions':'3+','taggedVersions':'3+','tag':2}",
            "A",
            "tag 1",
            "says 2"));
  }

  @ParameterizedTest
  @MethodSource
  void contradiction_names_both_sides(
      String present, String legacy, String field, String ours, String theirs) {
    assertThatThrownBy(() -> merge("3-8", present, "0-5", legacy))
        .isInstanceOf(DefinitionException.class)
        .hasMessageStartingWith("Sample.json: " + field + ": ")
        .hasMessageContaining(ours)
        .hasMessageContaining(theirs);
  }

  @Test
  void fields_in_another_order_are_a_contradiction() {
    String b = "{ 'name': 'B', 'type': 'int32', 'versions': '0+' }";

    assertThatThrownBy(() -> merge("3-8", A + "," + b, "0-5", b + "," + A))
        .hasMessage(
            "Sample.json: A: present and older definition have their fields in different order");
  }

  @Test
  void hole_between_both_is_a_contradiction() {
    assertThatThrownBy(() -> merge("3-8", A, "0-1", A))
        .hasMessageContaining("says validVersions 3-8, the older one (versions 0-1)");
  }

  private static MessageDefinition merge(
      String versions, String fields, String legacyVersions, String legacyFields) {
    return Merge.of(message(versions, fields), message(legacyVersions, legacyFields));
  }

  private static MessageDefinition message(String versions, String fields) {
    return parse(text("Sample", versions, fields));
  }

  private static String text(String name, String versions, String fields) {
    return """
    { 'type': 'data', 'name': '%s', 'validVersions': '%s', 'flexibleVersions': '3+',
      'fields': [%s] }
    """
        .formatted(name, versions, fields);
  }

  private static MessageDefinition parse(String text) {
    return DefinitionParser.parse("Sample.json", text.replace('\'', '"'));
  }
}
