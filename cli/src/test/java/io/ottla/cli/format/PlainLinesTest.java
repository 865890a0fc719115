package io.ottla.cli.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlainLinesTest {
  private static final KeyDelimiter COLON = KeyDelimiter.parse(":");

  @Test
  void a_line_is_a_value() {
    OutgoingRecord record = read(new PlainLines(null, false), "a:b");

    assertThat(text(record.key())).isNull();
    assertThat(text(record.value())).isEqualTo("a:b");
  }

  @Test
  void the_first_delimiter_ends_the_key() {
    OutgoingRecord record = read(new PlainLines(COLON, false), "a:b:c");

    assertThat(text(record.key())).isEqualTo("a");
    assertThat(text(record.value())).isEqualTo("b:c");
  }

  @Test
  void a_line_without_delimiter_says_nothing_of_a_key() {
    OutgoingRecord record = read(new PlainLines(COLON, false), "abc");

    assertThat(record.hasKey()).isFalse();
    assertThat(text(record.value())).isEqualTo("abc");
  }

  @Test
  void an_empty_key_is_a_key() {
    OutgoingRecord record = read(new PlainLines(COLON, false), ":v");

    assertThat(record.hasKey()).isTrue();
    assertThat(text(record.key())).isEmpty();
  }

  @Test
  void an_empty_value_is_a_tombstone_only_if_told_so() {
    assertThat(text(read(new PlainLines(COLON, false), "k:").value())).isEmpty();
    assertThat(text(read(new PlainLines(COLON, true), "k:").value())).isNull();
    assertThat(text(read(new PlainLines(null, true), "").value())).isNull();
    assertThat(text(read(new PlainLines(COLON, true), "k:v").value())).isEqualTo("v");
  }

  private static OutgoingRecord read(PlainLines format, String line) {
    OutgoingRecord record = new OutgoingRecord();
    byte[] block = ("x" + line + "x").getBytes(UTF_8);
    assertThat(format.read(block, 1, block.length - 2, record.clear())).isTrue();
    return record;
  }

  private static @Nullable String text(@Nullable Span span) {
    return span == null ? null : new String(span.toBytes(), UTF_8);
  }
}
