package io.ottla.cli.lines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.cli.terminal.CommandFailedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest {
  @ParameterizedTest(name = "blocks of {0} bytes")
  @ValueSource(ints = {1, 2, 3, 5, 100})
  void lines_are_the_same_wherever_blocks_are_cut(int blockBytes) throws InterruptedException {
    assertThat(split("one\n\nthree\r\nfour", blockBytes))
        .containsExactly("one", "", "three\r", "four");
  }

  @Test
  void the_last_line_needs_no_newline_but_has_no_empty_line_behind_one()
      throws InterruptedException {
    assertThat(split("a\nb", 10)).containsExactly("a", "b");
    assertThat(split("a\nb\n", 10)).containsExactly("a", "b");
    assertThat(split("\n", 10)).containsExactly("");
    assertThat(split("", 10)).isEmpty();
  }

  @Test
  void any_bytes_but_the_newline_survive() throws InterruptedException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      byte[] line = new byte[random.nextInt(3_000)];
      random.nextBytes(line);
      lines.add(new String(line, ISO_8859_1).replace('\n', ' '));
    }

    assertThat(split(String.join("\n", lines) + "\n", 1 + random.nextInt(5_000)))
        .as("seed %d", seed)
        .isEqualTo(lines);
  }

  @Test
  void a_line_that_does_not_end_is_refused_by_number() {
    assertThatThrownBy(() -> split("short\n" + "x".repeat(65), 7, 64))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("line 2 is longer than 64 bytes");
    assertThatThrownBy(() -> split("x".repeat(65) + "\n", 100, 64))
        .hasMessageContaining("line 1 is longer than 64 bytes");
  }

  @Test
  void a_line_may_be_as_long_as_the_limit() throws InterruptedException {
    assertThat(split("x".repeat(64) + "\n", 7, 64)).hasSize(1);
    assertThat(split("x".repeat(64), 100, 64)).hasSize(1);
  }

  private static List<String> split(String text, int blockBytes) throws InterruptedException {
    return split(text, blockBytes, 1 << 20);
  }

  private static List<String> split(String text, int blockBytes, int maxLineBytes)
      throws InterruptedException {
    LineSplitter splitter = new LineSplitter(maxLineBytes);
    List<String> lines = new ArrayList<>();
    LineSink<RuntimeException> sink =
        (bytes, offset, length) -> lines.add(new String(bytes, offset, length, ISO_8859_1));
    byte[] bytes = text.getBytes(ISO_8859_1);
    for (int at = 0; at < bytes.length; at += blockBytes) {
      byte[] block = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + blockBytes));
      splitter.feed(block, block.length, sink);
    }
    splitter.end(sink);
    assertThat(splitter.lines()).isEqualTo(lines.size());
    return lines;
  }
}
