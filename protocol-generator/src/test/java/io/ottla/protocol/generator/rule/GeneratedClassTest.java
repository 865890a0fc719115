package io.ottla.protocol.generator.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.generator.Compiled;
import io.ottla.protocol.generator.Probe;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a generated class offers besides its bytes. */
final class GeneratedClassTest {
  @Test
  void defaults_are_those_of_the_definition() throws IOException {
    Probe message =
        Compiled.of(
                data(
                    """
                    { "name": "Bool", "type": "bool", "versions": "0+", "default": "true" },
                    { "name": "Int8", "type": "int8", "versions": "0+", "default": "-128" },
                    { "name": "Int16", "type": "int16", "versions": "0+", "default": 16 },
                    { "name": "Uint16", "type": "uint16", "versions": "0+", "default": "65535" },
                    { "name": "Int32", "type": "int32", "versions": "0+", "default": "0x7fffffff" },
                    { "name": "Least", "type": "int32", "versions": "0+", "default": "-2147483648" },
                    { "name": "Uint32", "type": "uint32", "versions": "0+", "default": "4294967295" },
                    { "name": "Int64", "type": "int64", "versions": "0+",
                      "default": "-9223372036854775808" },
                    { "name": "Float64", "type": "float64", "versions": "0+", "default": "1.5e3" },
                    { "name": "Text", "type": "string", "versions": "0+", "default": "a\\"\\\\\\n€" },
                    { "name": "NullText", "type": "string", "versions": "0+",
                      "nullableVersions": "0+", "default": "null" },
                    { "name": "NullBytes", "type": "bytes", "versions": "0+",
                      "nullableVersions": "0+", "default": "null" },
                    { "name": "NullList", "type": "[]int8", "versions": "0+",
                      "nullableVersions": "0+", "default": "null" },
                    { "name": "NullPart", "type": "Part", "versions": "0+",
                      "nullableVersions": "0+", "default": "null", "fields": [
                        { "name": "X", "type": "int8", "versions": "0+" }]},
                    { "name": "Records", "type": "records", "versions": "0+" }
                    """))
            .create("Sample");

    assertThat(message.get("bool")).isEqualTo(true);
    assertThat(message.get("int8")).isEqualTo((byte) -128);
    assertThat(message.get("int16")).isEqualTo((short) 16);
    assertThat(message.get("uint16")).isEqualTo(65535);
    assertThat(message.get("int32")).isEqualTo(Integer.MAX_VALUE);
    assertThat(message.get("least")).isEqualTo(Integer.MIN_VALUE);
    assertThat(message.get("uint32")).isEqualTo(4294967295L);
    assertThat(message.get("int64")).isEqualTo(Long.MIN_VALUE);
    assertThat(message.get("float64")).isEqualTo(1500.0);
    assertThat(message.get("text")).isEqualTo("a\"\\\n€");
    for (String field : List.of("nullText", "nullBytes", "nullList", "nullPart", "records")) {
      assertThat(message.get(field)).as(field).isNull();
    }
  }

  @Test
  void default_of_a_list_is_its_own_and_mutable() throws IOException {
    Compiled compiled = Compiled.of(data("{ 'name': 'L', 'type': '[]int8', 'versions': '0+' }"));
    Probe message = compiled.create("Sample");

    @SuppressWarnings("unchecked")
    List<Byte> list = (List<Byte>) java.util.Objects.requireNonNull(message.get("l"));
    list.add((byte) 1);

    assertThat(message.write(0)).isEqualTo("0000000101");
    assertThat(compiled.create("Sample").get("l")).isEqualTo(List.of());
  }

  @Test
  void every_field_counts_for_equality() throws IOException {
    Compiled compiled =
        Compiled.of(
            data(
                """
                { 'name': 'Number', 'type': 'int64', 'versions': '0+' },
                { 'name': 'Ratio', 'type': 'float64', 'versions': '0+' },
                { 'name': 'Flag', 'type': 'bool', 'versions': '0+' },
                { 'name': 'Text', 'type': 'string', 'versions': '0+' },
                { 'name': 'Bytes', 'type': 'bytes', 'versions': '0+' },
                { 'name': 'Records', 'type': 'records', 'versions': '0+', 'nullableVersions': '0+' },
                { 'name': 'List', 'type': '[]string', 'versions': '0+', 'nullableVersions': '0+' }
                """));
    List<Object> values =
        List.of(
            5L,
            Double.NaN,
            true,
            "t",
            new byte[] {1},
            ByteBuffer.wrap(new byte[] {1}),
            List.of("a"));
    List<String> fields = List.of("number", "ratio", "flag", "text", "bytes", "records", "list");
    Probe untouched = compiled.create("Sample");
    for (int i = 0; i < fields.size(); i++) {
      Probe one = compiled.create("Sample").set(fields.get(i), values.get(i));
      Probe same = compiled.create("Sample").set(fields.get(i), values.get(i));

      assertThat(one.message()).as(fields.get(i)).isNotEqualTo(untouched.message());
      assertThat(one.message()).isEqualTo(same.message()).hasSameHashCodeAs(same.message());
      assertThat(one.message().hashCode()).isNotEqualTo(untouched.message().hashCode());
    }
    assertThat(untouched.message()).isNotEqualTo("Sample").isNotEqualTo(null);
  }

  @Test
  void text_is_one_line_without_bytes_and_secrets() throws IOException {
    Compiled compiled =
        Compiled.of(
            Set.of("Sample.Password", "Sample.Part.Key"),
            data(
                """
                { 'name': 'User', 'type': 'string', 'versions': '0+' },
                { 'name': 'Password', 'type': 'string', 'versions': '0+' },
                { 'name': 'Token', 'type': 'bytes', 'versions': '0+', 'nullableVersions': '0+' },
                { 'name': 'Hash', 'type': 'bytes', 'versions': '0+' },
                { 'name': 'Records', 'type': 'records', 'versions': '0+', 'nullableVersions': '0+' },
                { 'name': 'Parts', 'type': '[]Part', 'versions': '0+', 'fields': [
                  { 'name': 'Key', 'type': 'string', 'versions': '0+' }]}
                """));
    Probe part = compiled.create("Sample$Part").set("key", "hunter2");
    Probe message =
        compiled
            .create("Sample")
            .set("user", "me")
            .set("password", "hunter2")
            .set("hash", new byte[3])
            .set("records", ByteBuffer.allocate(9))
            .set("parts", List.of(part.message()));

    assertThat(message)
        .hasToString(
            "Sample(user=me, password=***, token=0 bytes, hash=3 bytes, records=9 bytes,"
                + " parts=[Part(key=***)])");
    assertThat(message.set("token", null).set("records", null))
        .hasToString(
            "Sample(user=me, password=***, token=null, hash=3 bytes, records=null,"
                + " parts=[Part(key=***)])");
  }

  @Test
  void element_is_found_by_its_whole_key() throws IOException {
    Compiled compiled =
        Compiled.of(
            data(
                """
                { 'name': 'Topics', 'type': '[]Topic', 'versions': '0+', 'nullableVersions': '0+',
                  'fields': [
                    { 'name': 'Name', 'type': 'string', 'versions': '0+', 'mapKey': true },
                    { 'name': 'Index', 'type': 'int32', 'versions': '0+', 'mapKey': true },
                    { 'name': 'Offset', 'type': 'int64', 'versions': '0+' }]}
                """));
    Object first =
        compiled
            .create("Sample$Topic")
            .set("name", "a")
            .set("index", 0)
            .set("offset", 1L)
            .message();
    Object second =
        compiled
            .create("Sample$Topic")
            .set("name", "a")
            .set("index", 1)
            .set("offset", 2L)
            .message();
    Probe message = compiled.create("Sample").set("topics", List.of(first, second));

    assertThat(message.call("findTopics", "a", 1)).isSameAs(second);
    assertThat(message.call("findTopics", "a", 0)).isSameAs(first);
    assertThat(message.call("findTopics", "b", 0)).isNull();
    assertThat(message.set("topics", null).call("findTopics", "a", 0)).isNull();
  }

  @Test
  void common_struct_is_one_class_for_all_its_fields() throws IOException {
    Compiled compiled =
        Compiled.of(
            """
            { "type": "data", "name": "Sample", "validVersions": "0-1", "flexibleVersions": "none",
              "fields": [
                { "name": "One", "type": "Pair", "versions": "0+" },
                { "name": "Many", "type": "[]Pair", "versions": "1+" },
                { "name": "Outer", "type": "Outer", "versions": "0+" }],
              "commonStructs": [
                { "name": "Outer", "versions": "0+", "fields": [
                  { "name": "Inner", "type": "Pair", "versions": "0+" }]},
                { "name": "Pair", "versions": "0+", "fields": [
                  { "name": "A", "type": "int8", "versions": "0+" },
                  { "name": "B", "type": "int8", "versions": "1+" }]},
                { "name": "Unused", "versions": "0+", "fields": [] }]}
            """);
    Object pair = compiled.create("Sample$Pair").set("a", (byte) 1).set("b", (byte) 2).message();
    Probe message = compiled.create("Sample").set("one", pair).set("many", List.of(pair, pair));

    assertThat(message.write(1)).isEqualTo("0102" + "00000002" + "01020102" + "0000");
    assertThat(message.read(1, message.write(1)).message()).isEqualTo(message.message());
    assertThat(compiled.type("Sample").getClasses())
        .extracting(Class::getSimpleName)
        .containsExactlyInAnyOrder("Pair", "Outer");
  }

  @Test
  void names_that_java_or_messages_own_get_a_tail() throws IOException {
    Compiled compiled =
        Compiled.of(
            data(
                """
                { 'name': 'Class', 'type': 'int8', 'versions': '0+' },
                { 'name': 'HashCode', 'type': 'int8', 'versions': '0+' },
                { 'name': 'lowestVersion', 'type': 'int8', 'versions': '0+' },
                { 'name': 'In', 'type': '[]string', 'versions': '0+' },
                { 'name': 'Version', 'type': '[]string', 'versions': '0+' },
                { 'name': 'Size', 'type': 'int32', 'versions': '0+' },
                { 'name': 'Element', 'type': '[]Part', 'versions': '0+', 'fields': [
                  { 'name': 'ApiKey', 'type': 'int8', 'versions': '0+', 'mapKey': true },
                  { 'name': 'Element', 'type': 'int8', 'versions': '0+', 'mapKey': true }]}
                """));
    Probe message = compiled.create("Sample").set("class_", (byte) 1).set("hashCode_", (byte) 2);
    message.set("lowestVersion_", (byte) 3).set("in", List.of("a")).set("size_", 4);

    assertThat(message.write(0))
        .isEqualTo("010203" + "00000001" + "000161" + "00000000" + "00000004" + "00000000");
    assertThat(compiled.create("Sample$Part").set("apiKey", (byte) 1).get("apiKey"))
        .isEqualTo((byte) 1);
  }

  @Test
  void entity_type_is_told_in_the_documentation() {
    String source =
        SourceOf.data(
            """
            { 'name': 'Topic', 'type': 'string', 'versions': '0+', 'entityType': 'topicName',
              'about': 'A <b>topic</b> & {@code more} */ of it' }
            """);

    assertThat(source)
        .contains(
            "A &lt;b&gt;topic&lt;/b&gt; &amp; {&#64;code more} *&#47; of it. Names: topicName.");
  }

  @Test
  void condition_is_written_only_where_versions_differ() {
    String source =
        SourceOf.data("{ 'name': 'A', 'type': 'int32', 'versions': '0+', 'ignorable': true }");

    assertThat(source).doesNotContain("if (version").doesNotContain("version >=");
  }

  @Test
  void request_and_response_know_their_api() throws IOException {
    Compiled compiled =
        Compiled.of(
            api("request", "FooBarRequest", 5, "2+"),
            api("response", "FooBarResponse", 5, "2+"),
            api("request", "ApiVersionsRequest", 18, "1+"),
            api("response", "ApiVersionsResponse", 18, "1+"),
            api("request", "OldRequest", 2, "none"),
            api("response", "OldResponse", 2, "none"));
    Class<?> keys = compiled.type("ApiKey");
    Object key = java.util.Objects.requireNonNull(compiled.create("FooBarRequest").call("apiKey"));

    assertThat(key).hasToString("FOO_BAR");
    assertThat(compiled.create("FooBarResponse").call("apiKey")).isSameAs(key);
    assertThat(compiled.create("FooBarRequest").call("newResponse"))
        .isInstanceOf(compiled.type("FooBarResponse"));
    assertThat(ask(keys, key, "id")).isEqualTo((short) 5);
    assertThat(ask(keys, key, "lowestVersion")).isEqualTo((short) 0);
    assertThat(ask(keys, key, "highestVersion")).isEqualTo((short) 3);
    assertThat(ask(keys, key, "newRequest")).isInstanceOf(compiled.type("FooBarRequest"));
    assertThat(ask(keys, key, "newResponse")).isInstanceOf(compiled.type("FooBarResponse"));
    assertThat(ask(keys, key, "isFlexible", 1)).isEqualTo(false);
    assertThat(ask(keys, key, "isFlexible", 2)).isEqualTo(true);
    assertThat(ask(keys, key, "requestHeaderVersion", 1)).isEqualTo((short) 1);
    assertThat(ask(keys, key, "requestHeaderVersion", 2)).isEqualTo((short) 2);
    assertThat(ask(keys, key, "responseHeaderVersion", 1)).isEqualTo((short) 0);
    assertThat(ask(keys, key, "responseHeaderVersion", 2)).isEqualTo((short) 1);
    assertThat(ask(keys, null, "find", 5)).isSameAs(key);
    assertThat(ask(keys, null, "find", 6)).isNull();
    assertThat(ask(keys, null, "find", -1)).isNull();
    assertThat(ask(keys, null, "find", 19)).isNull();
    Object versions = ask(keys, null, "find", 18);
    assertThat(ask(keys, versions, "requestHeaderVersion", 3)).isEqualTo((short) 2);
    assertThat(ask(keys, versions, "responseHeaderVersion", 3)).isEqualTo((short) 0);
    assertThat(ask(keys, ask(keys, null, "find", 2), "isFlexible", 3)).isEqualTo(false);
  }

  @Test
  void only_the_class_and_its_structs_can_be_seen() throws IOException {
    Class<?> type =
        Compiled.of(data("{ 'name': 'A', 'type': 'int8', 'versions': '0+' }")).type("Sample");

    assertThat(Modifier.isFinal(type.getModifiers())).isTrue();
    assertThat(type.getFields())
        .extracting(java.lang.reflect.Field::getName)
        .containsExactlyInAnyOrder("LOWEST_VERSION", "HIGHEST_VERSION");
  }

  private static @org.jspecify.annotations.Nullable Object ask(
      Class<?> type,
      @org.jspecify.annotations.Nullable Object target,
      String method,
      Object... arguments) {
    return io.ottla.protocol.generator.Reflect.call(type, target, method, arguments);
  }

  private static String api(String type, String name, int key, String flexible) {
    return """
    { "apiKey": %d, "type": "%s", "name": "%s", "validVersions": "0-3",
      "flexibleVersions": "%s", "fields": [
        { "name": "A", "type": "string", "versions": "0+" }]}
    """
        .formatted(key, type, name, flexible);
  }

  private static String data(String fields) {
    return SourceOf.definition(fields);
  }
}
