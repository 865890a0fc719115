package io.ottla.cli.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.cli.terminal.CommandFailedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class InputBlocksTest {
  @Test
  void files_come_one_after_another_and_their_ends_are_marked(@TempDir Path directory)
      throws IOException, InterruptedException {
    String first = Files.writeString(directory.resolve("first"), "a\nb").toString();
    String second = Files.writeString(directory.resolve("second"), "").toString();

    List<String> seen =
        read(List.of(first, "-", second), new ByteArrayInputStream("c".getBytes(UTF_8)));

    assertThat(seen).containsExactly("a\nb", "end", "c", "end", "end");
  }

  @Test
  void more_than_all_blocks_hold_comes_through() throws InterruptedException {
    byte[] bytes = new byte[3 * 4 * Block.BYTES + 17];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31 / 7);
    }
    ByteArrayOutputStream read = new ByteArrayOutputStream();

    try (InputBlocks blocks = InputBlocks.open(List.of(), new ByteArrayInputStream(bytes))) {
      Block block;
      while ((block = blocks.take()) != null) {
        read.write(block.bytes(), 0, block.length());
        blocks.giveBack(block);
      }
      assertThat(blocks.take()).as("still the end").isNull();
    }

    assertThat(read.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void a_read_that_fails_is_told_to_who_takes() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Input/output error");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };

    assertThatThrownBy(() -> read(List.of(), broken))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage("cannot read standard input: Input/output error");
  }

  @Test
  void waiting_for_input_can_be_interrupted() throws IOException {
    try (PipedOutputStream silent = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(silent);
        InputBlocks blocks = InputBlocks.open(List.of("-"), in)) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(blocks::take).isInstanceOf(InterruptedException.class);
    }
  }

  private static List<String> read(List<String> names, InputStream in) throws InterruptedException {
    List<String> seen = new ArrayList<>();
    try (InputBlocks blocks = InputBlocks.open(names, in)) {
      Block block;
      while ((block = blocks.take()) != null) {
        if (block.length() > 0) {
          seen.add(new String(block.bytes(), 0, block.length(), UTF_8));
        }
        if (block.isLastOfFile()) {
          seen.add("end");
        }
        blocks.giveBack(block);
      }
    }
    return seen;
  }
}
