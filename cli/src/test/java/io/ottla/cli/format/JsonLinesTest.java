package io.ottla.cli.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ottla.protocol.record.Header;
import java.util.Base64;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLinesTest {
  private final JsonLines format = new JsonLines();
  private final OutgoingRecord record = new OutgoingRecord();

  @Test
  void a_line_has_everything_that_a_record_can_have() throws BadLineException {
    read(
        """
        {"type":"record","topic":"orders","partition":3,"offset":42,"timestamp":1767225600000,\
        "key":"k","value":"v","headers":[{"key":"a","value":"1"},{"key":"a","value":null},\
        {"value":{"base64":"/w=="},"key":"b"}]}\
        """);

    assertThat(record.partition()).isEqualTo(3);
    assertThat(record.timestampMs()).isEqualTo(1767225600000L);
    assertThat(text(record.key())).isEqualTo("k");
    assertThat(text(record.value())).isEqualTo("v");
    assertThat(record.headers())
        .containsExactly(
            new Header("a", new byte[] {'1'}),
            new Header("a", null),
            new Header("b", new byte[] {-1}));
  }

  @Test
  void what_a_line_leaves_out_is_left_to_others() throws BadLineException {
    read("{\"value\":\"v\"}");

    assertThat(record.partition()).isEqualTo(-1);
    assertThat(record.timestampMs()).isEqualTo(-1);
    assertThat(record.key()).isNull();
    assertThat(record.hasKey()).isFalse();
    assertThat(record.headers()).isEmpty();
  }

  @Test
  void null_is_no_key_and_a_tombstone() throws BadLineException {
    read("{\"key\":null,\"value\":null,\"partition\":null,\"timestamp\":null,\"headers\":null}");

    assertThat(record.key()).isNull();
    assertThat(record.hasKey()).isTrue();
    assertThat(record.value()).isNull();
  }

  @Test
  void an_empty_text_is_no_tombstone() throws BadLineException {
    read("{\"key\":\"\",\"value\":\"\"}");

    assertThat(text(record.key())).isEmpty();
    assertThat(text(record.value())).isEmpty();
  }

  @Test
  void headers_may_be_an_object() throws BadLineException {
    read("{\"value\":\"v\",\"headers\":{\"trace\":\"7\",\"none\":null}}");

    assertThat(record.headers())
        .containsExactly(new Header("trace", new byte[] {'7'}), new Header("none", null));
  }

  @Test
  void any_bytes_come_through_base64() throws BadLineException {
    long seed = System.nanoTime();
    byte[] bytes = new byte[1000];
    new Random(seed).nextBytes(bytes);

    read("{\"value\":{\"base64\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}}");

    assertThat(Objects.requireNonNull(record.value()).toBytes())
        .as("seed %d", seed)
        .isEqualTo(bytes);
  }

  @Test
  void any_text_comes_through_escaped_or_not() throws BadLineException {
    read("{\"value\":\"\\u0000\\n\\\"é\\ud83d\\ude00😀\"}");

    assertThat(text(record.value())).isEqualTo("\u0000\n\"é😀😀");
  }

  @Test
  void a_record_remembers_nothing_of_the_one_before() throws BadLineException {
    read(
        "{\"key\":\"k\",\"value\":\"v\",\"partition\":1,\"timestamp\":2,\"headers\":{\"a\":\"b\"}}");
    read("{\"value\":null}");

    assertThat(record.key()).isNull();
    assertThat(record.value()).isNull();
    assertThat(record.partition()).isEqualTo(-1);
    assertThat(record.timestampMs()).isEqualTo(-1);
    assertThat(record.headers()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\r", "\t \r"})
  void a_blank_line_is_no_record(String line) throws BadLineException {
    byte[] bytes = line.getBytes(UTF_8);

    assertThat(format.read(bytes, 0, bytes.length, record.clear())).isFalse();
  }

  @Test
  void a_line_lies_anywhere_in_its_block() throws BadLineException {
    byte[] block = "}\n{\"value\":\"v\"}\r\n{".getBytes(UTF_8);

    assertThat(format.read(block, 2, block.length - 4, record.clear())).isTrue();
    assertThat(text(record.value())).isEqualTo("v");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hello|is not JSON: Unrecognized token 'hello' (column 1)",
        "{|is not JSON: Unexpected end-of-input",
        "{\"value\":\"v\"|is not JSON: Unexpected end-of-input",
        "{\"value\":\"v|is not JSON: Unexpected end-of-input",
        "\"v\"|is not a JSON object",
        "[]|is not a JSON object",
        "{}|has no \"value\"; that of a tombstone is null",
        "{\"key\":\"k\"}|has no \"value\"",
        "{\"valeu\":\"v\"}|has \"valeu\", which no record has; did you mean 'value'?",
        "{\"value\":\"v\",\"value\":\"w\"}|Duplicate field 'value'",
        "{\"value\":\"v\"} {}|has something behind its JSON object",
        "{\"value\":7}|has a value that is neither a text nor null nor {\"base64\": \"...\"}",
        "{\"value\":{\"a\":1}}|has a value that is neither",
        "{\"value\":{}}|has a value that is neither",
        "{\"value\":{\"base64\":1}}|has a value that is neither",
        "{\"value\":{\"base64\":\"\",\"b\":1}}|has a value that is neither",
        "{\"value\":[\"v\"]}|has a value that is neither",
        "{\"value\":{\"base64\":\"*\"}}|has a value whose base64 is none",
        "{\"value\":\"\\ud83d\"}|half of a surrogate pair",
        "{\"key\":true,\"value\":\"v\"}|has a key that is neither",
        "{\"partition\":-1,\"value\":\"v\"}|has a \"partition\" that is not a partition's number",
        "{\"partition\":2147483648,\"value\":\"v\"}|has a \"partition\" that is not",
        "{\"partition\":\"1\",\"value\":\"v\"}|has a \"partition\" that is not",
        "{\"timestamp\":1.5,\"value\":\"v\"}|has a \"timestamp\" that is not milliseconds",
        "{\"timestamp\":9223372036854775808,\"value\":\"v\"}|has a \"timestamp\" that is not",
        "{\"timestamp\":\"now\",\"value\":\"v\"}|has a \"timestamp\" that is not milliseconds",
        "{\"headers\":7,\"value\":\"v\"}|has \"headers\" that are not",
        "{\"headers\":[7],\"value\":\"v\"}|has a header that is not an object",
        "{\"headers\":[{\"value\":\"v\"}],\"value\":\"v\"}|has a header without a \"key\"",
        "{\"headers\":[{\"key\":\"k\",\"x\":1}],\"value\":\"v\"}|has a header with more than",
        "{\"headers\":[{\"key\":\"\\udc00\"}],\"value\":\"v\"}|has a header with half of a"
            + " surrogate",
        "{\"type\":\"topic\",\"value\":\"v\"}|has the type topic, and is no record",
      })
  void what_is_no_record_is_told(String line, String why) {
    assertThatExceptionOfType(BadLineException.class)
        .isThrownBy(() -> read(line))
        .satisfies(bad -> assertThat(bad.why()).contains(why).doesNotContain("Source"));
  }

  @Test
  void bytes_that_are_no_utf8_are_told() {
    byte[] line = {'{', '"', 'v', 'a', 'l', 'u', 'e', '"', ':', '"', (byte) 0xff, '"', '}'};

    assertThatExceptionOfType(BadLineException.class)
        .isThrownBy(() -> format.read(line, 0, line.length, record.clear()))
        .satisfies(bad -> assertThat(bad.why()).startsWith("is not JSON: Invalid UTF-8"));
  }

  private void read(String line) throws BadLineException {
    byte[] bytes = line.getBytes(UTF_8);
    assertThat(format.read(bytes, 0, bytes.length, record.clear())).isTrue();
  }

  private static @Nullable String text(@Nullable Span span) {
    return span == null ? null : new String(span.toBytes(), UTF_8);
  }
}
