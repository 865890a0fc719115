package io.ottla.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference is {@code String.getBytes}. */
final class Utf8Test {
  private static final long SEED = 20_261_120L;

  static Stream<String> length_and_bytes_are_those_of_the_jdk() {
    return Stream.of(
        "",
        "a",
        "\u007f",
        "\u0080",
        "\u07ff",
        "\u0800",
        "\uffff",
        "\ud7ff\ue000",
        "grüße",
        "😀",
        "a😀b",
        "\ud83d",
        "\ude00",
        "\ude00\ud83d",
        "\ud83d\ud83d\ude00",
        "x\ud83d",
        "\ud83dx\ude00",
        "\u0000");
  }

  @ParameterizedTest
  @MethodSource
  void length_and_bytes_are_those_of_the_jdk(String text) {
    compare(text);
  }

  @Test
  void random_texts_have_the_bytes_of_the_jdk() {
    Random random = new Random(SEED);
    char[] edges = {
      'a', '\u007f', '\u0080', '\u07ff', '\u0800', '\ud800', '\udbff', '\udc00', '\udfff'
    };
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int chars = random.nextInt(12);
      for (int c = 0; c < chars; c++) {
        text.append(
            random.nextBoolean()
                ? edges[random.nextInt(edges.length)]
                : (char) random.nextInt(0x10000));
      }
      compare(text.toString());
    }
  }

  private static void compare(String text) {
    byte[] expected = text.getBytes(UTF_8);
    assertThat(Utf8.length(text)).as(text).isEqualTo(expected.length);

    WireWriter out = WireWriter.ofSize(0);
    out.writeString(text);
    out.writeCompactString(text);
    ByteBuffer bytes = out.toByteBuffer();
    byte[] written = new byte[expected.length];
    assertThat(bytes.getShort()).isEqualTo((short) expected.length);
    bytes.get(written);
    assertThat(written).as(text).isEqualTo(expected);
    assertThat(bytes.get()).isEqualTo((byte) (expected.length + 1));
    bytes.get(written);
    assertThat(written).as(text).isEqualTo(expected);
    assertThat(bytes.hasRemaining()).isFalse();
  }
}
