package io.ottla.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What Kafka's clients log while it is open: slf4j-simple writes to System.err, which goes on being
 * written.
 */
final class ClientLog implements AutoCloseable {
  private static final Pattern TROUBLE = Pattern.compile(" (WARN|ERROR) org\\.apache\\.kafka\\.");

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

  private ClientLog() {
    OutputStream both =
        new OutputStream() {
          @Override
          public void write(int next) {
            write(new byte[] {(byte) next}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            before.write(bytes, offset, length);
            synchronized (seen) {
              seen.write(bytes, offset, length);
            }
          }
        };
    System.setErr(new PrintStream(both, true, StandardCharsets.UTF_8));
  }

  static ClientLog watch() {
    return new ClientLog();
  }

  /** Fails if there was a warning or an error that contains none of these texts. */
  void assertQuiet(List<String> ofProgram, List<String> ofCluster) {
    String text;
    synchronized (seen) {
      text = seen.toString(StandardCharsets.UTF_8);
    }
    List<String> trouble =
        text.lines()
            .filter(line -> TROUBLE.matcher(line).find())
            .filter(line -> ofProgram.stream().noneMatch(line::contains))
            .filter(line -> ofCluster.stream().noneMatch(line::contains))
            .toList();
    assertThat(trouble).as("warnings of kafka-clients").isEmpty();
  }

  @Override
  public void close() {
    System.setErr(before);
  }
}
