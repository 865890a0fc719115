package io.ottla.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.cli.terminal.ExitCode;
import java.io.InputStream;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DemoIT {
  private final Set<Long> before = processes();

  @Test
  void all_orders_come_back_and_nothing_stays_behind() {
    CliRun run = CliRun.of("demo", "-n", "20000", "-z", "lz4").succeeds();

    assertThat(run.outText())
        .containsPattern("records +20,000 +20,000\n")
        .containsPattern("lost +0\n")
        .containsPattern("doubled +0\n")
        .containsPattern("out of order +0\n")
        .containsPattern("checksum +([0-9a-f]{16}) +\\1\n");
    assertThat(run.err()).contains("every record came back once").doesNotContain("\u001b");
    assertThat(processes()).isSubsetOf(before);
  }

  @Test
  void lines_of_standard_input_are_streamed_in_place_of_orders() {
    byte[] lines =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "line " + i + "\n")
            .collect(Collectors.joining())
            .getBytes(UTF_8);

    CliRun run = CliRun.reading(lines, "demo", "-").succeeds();

    assertThat(run.outText()).containsPattern("records +5,000 +5,000\n");
  }

  @Test
  void an_interrupted_demo_leaves_nothing_behind() throws Exception {
    try (LiveRun run = LiveRun.reading(InputStream.nullInputStream(), "demo", "-n", "1000000000")) {
      run.awaitWords(5);

      assertThat(run.interrupt()).isEqualTo(ExitCode.INTERRUPTED.number());
      assertThat(processes()).isSubsetOf(before);
    }
  }

  /** Those of other tests' servers too, which may run before and after. */
  private static Set<Long> processes() {
    return ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }
}
