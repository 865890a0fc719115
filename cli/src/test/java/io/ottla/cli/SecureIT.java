package io.ottla.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.cli.terminal.ExitCode;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.tls.TestCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real broker with TLS and SCRAM, from a file that Kafka's own tools take. */
@Timeout(180)
class SecureIT {
  private static final String PASSWORD = "correct-horse";

  @Test
  void topics_are_made_written_read_and_deleted(@TempDir Path directory) throws IOException {
    TestCertificates authority = TestCertificates.create();
    try (KafkaServer kafka =
        KafkaServer.builder()
            .listener(
                "SECURE",
                listener ->
                    listener
                        .tls(authority.server("localhost", "127.0.0.1"))
                        .scramSha512("alice", PASSWORD))
            .start()) {
      String servers = kafka.bootstrapServers("SECURE");
      Path trust = authority.writePem(directory.resolve("ca.pem"));
      String right = config(directory.resolve("right"), trust, PASSWORD);
      String wrong = config(directory.resolve("wrong"), trust, "hush");

      run(servers, right, "topics create -p 2 events").succeeds();
      assertThat(run(servers, right, "topics list").succeeds().outText())
          .containsPattern("events +2 +1");
      CliRun.reading("a\nb\n".getBytes(UTF_8), words(servers, right, "produce -t events -p 0"))
          .succeeds();
      assertThat(run(servers, right, "consume -t events -e").succeeds().outText())
          .isEqualTo("a\nb\n");
      assertThat(run(servers, right, "metadata --json").succeeds().outText())
          .contains("\"type\":\"cluster\"");
      assertThat(run(servers, wrong, "topics list").err()).doesNotContain("hush");
      run(servers, wrong, "topics list")
          .failsInOneLine(ExitCode.NOT_ADMITTED, servers, "SCRAM-SHA-512");
      CliRun.of("topics", "list", "-b", servers, "--timeout", "10s")
          .failsInOneLine(ExitCode.UNREACHABLE, servers, "TLS");
      run(servers, right, "topics delete --yes events").succeeds();
    }
  }

  private static String config(Path file, Path trust, String password) throws IOException {
    return Files.writeString(
            file,
            """
            security.protocol=SASL_SSL
            ssl.truststore.type=PEM
            ssl.truststore.location=%s
            sasl.mechanism=SCRAM-SHA-512
            sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \\
              username="alice" password="%s";
            """
                .formatted(trust, password))
        .toString();
  }

  private static CliRun run(String servers, String config, String command) {
    return CliRun.of(words(servers, config, command));
  }

  private static String[] words(String servers, String config, String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.addAll(List.of("-b", servers, "--config", config));
    return words.toArray(String[]::new);
  }
}
