package io.ottla.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a server whose JVM ends without closing it. */
@Timeout(120)
final class ParentDeathIT {
  private static final int PATIENCE_SECONDS = 30;

  private Process parent;
  private ProcessHandle node;
  private Path data;

  @BeforeEach
  void start_a_parent_with_a_server() throws IOException {
    String property = KafkaVersion.V4_3.classPathProperty();
    parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + property + "=" + System.getProperty(property),
                "-cp",
                System.getProperty("java.class.path"),
                ParentProgram.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader lines = parent.inputReader();
    node = ProcessHandle.of(Long.parseLong(value(lines, "node"))).orElseThrow();
    data = Path.of(value(lines, "data"));
    assertThat(node.isAlive()).isTrue();
  }

  @Test
  void the_node_ends_with_a_parent_that_is_killed() throws Exception {
    parent.toHandle().destroyForcibly();

    node.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(node.isAlive()).isFalse();
  }

  @Test
  void nothing_is_left_of_a_parent_that_is_asked_to_end() throws Exception {
    parent.toHandle().destroy();

    assertThat(parent.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(node.isAlive()).isFalse();
    assertThat(data).doesNotExist();
  }

  @AfterEach
  void end_both() throws IOException {
    parent.destroyForcibly().onExit().join();
    node.destroyForcibly();
    node.onExit().join();
    if (Files.exists(data)) {
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static String value(BufferedReader lines, String key) throws IOException {
    String line = lines.readLine();
    assertThat(line).startsWith(key + " ");
    return line.substring(key.length() + 1);
  }
}
