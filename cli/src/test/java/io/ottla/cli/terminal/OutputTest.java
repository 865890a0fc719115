package io.ottla.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutputTest {
  @Test
  void bytes_come_out_as_they_went_in_however_they_are_written() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    Output out = new Output(target);

    for (int i = 0; i < 200; i++) {
      byte[] bytes =
          new byte[random.nextInt(3) == 0 ? random.nextInt(200_000) : random.nextInt(50)];
      random.nextBytes(bytes);
      expected.writeBytes(bytes);
      switch (random.nextInt(3)) {
        case 0 -> out.write(bytes, 0, bytes.length);
        case 1 -> {
          ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length + 5);
          direct.position(5);
          direct.put(bytes).position(5);
          out.write(direct);
          assertThat(direct.position()).isEqualTo(5);
        }
        default -> {
          for (byte b : bytes) {
            out.write(b);
          }
        }
      }
    }
    out.flush();

    assertThat(target.toByteArray()).as("seed %d", seed).isEqualTo(expected.toByteArray());
  }

  @Test
  void a_reader_that_went_away_is_told_from_a_full_disk() {
    assertThatThrownBy(() -> failing("Broken pipe").flush())
        .isInstanceOf(ClosedOutputException.class);
    assertThatThrownBy(() -> failing("No space left on device").flush())
        .isInstanceOfSatisfying(
            CommandFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FILE))
        .hasMessage("cannot write to standard output: No space left on device");
  }

  private static Output failing(String reason) {
    Output out =
        new Output(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException(reason);
              }
            });
    out.line("data");
    return out;
  }
}
