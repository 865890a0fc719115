package io.ottla.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.record.Header;
import io.ottla.serde.Serializers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScratchTest {
  private final Scratch scratch = new Scratch();

  private byte[] part() {
    return Arrays.copyOfRange(scratch.array(), scratch.start(), scratch.start() + scratch.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "Grüße",
        "日本語",
        "\uD83D\uDE00 and more",
        "lone \uD83D end",
        "\uDE00",
        "at the end \uD83D",
        "a\u007F\u0080\u07FF\u0800\uFFFF",
      })
  void texts_are_utf8_as_javas_own(String text) {
    scratch.begin("orders", List.of());
    scratch.writeUtf8(text);

    assertThat(part()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void parts_lie_one_behind_the_other_however_long_they_grow() throws IOException {
    String large = "xy".repeat(100_000);
    scratch.begin("orders", List.of());
    Serializers.int64().serialize(0x0102030405060708L, scratch);
    int keyLength = scratch.length();

    scratch.beginPart();
    scratch.write(1);
    scratch.writeShort(-2);
    scratch.writeInt(3);
    scratch.write(ByteBuffer.wrap(new byte[] {0, 4, 5, 0}, 1, 2));
    scratch.write(new byte[] {9, 6, 9}, 1, 1);
    scratch.stream().write(new byte[] {7, 8});
    scratch.writeUtf8(large);

    byte[] head = Arrays.copyOf(part(), 12);
    assertThat(head).containsExactly(1, -1, -2, 0, 0, 0, 3, 4, 5, 6, 7, 8);
    assertThat(scratch.length()).isEqualTo(12 + large.length());
    assertThat(Arrays.copyOf(scratch.array(), keyLength)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void null_takes_back_what_was_written_of_this_part_only() {
    scratch.begin("orders", List.of());
    scratch.writeUtf8("key");
    scratch.beginPart();
    scratch.writeUtf8("value");
    scratch.writeNull();

    assertThat(scratch.isNull()).isTrue();
    assertThat(scratch.start()).isEqualTo(3);
    scratch.writeUtf8("");
    scratch.write(1);
    assertThat(scratch.isNull()).isFalse();
    assertThat(part()).containsExactly(1);
  }

  @Test
  void headers_can_be_added_and_are_not_the_records_own_list() {
    Header first = new Header("first", null);
    List<Header> given = List.of(first);
    scratch.begin("orders", given);
    assertThat(scratch.headers()).isSameAs(given);

    scratch.addHeader("second", new byte[] {1});

    assertThat(scratch.topic()).isEqualTo("orders");
    assertThat(scratch.finalHeaders()).containsExactly(first, new Header("second", new byte[] {1}));
    assertThatThrownBy(() -> scratch.headers().add(first))
        .isInstanceOf(UnsupportedOperationException.class);
    scratch.begin("lines", List.of());
    assertThat(scratch.headers()).isEmpty();
  }

  @Test
  void one_that_is_taken_is_nobody_elses_and_a_large_array_is_not_kept() {
    Scratches scratches = new Scratches();
    Scratch one = scratches.take();
    Scratch other = scratches.take();
    assertThat(other).isNotSameAs(one);
    one.begin("orders", List.of());
    one.writeUtf8("x".repeat(1 << 20));

    scratches.give(one);

    assertThat(scratches.take()).isSameAs(one);
    assertThat(one.array()).hasSizeLessThan(1 << 16);
  }
}
