package io.ottla.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KafkaServerIT {
  private static final int TIMEOUT_MS = 5_000;

  @Test
  void one_node_starts_and_answers_and_leaves_nothing_when_closed() throws Exception {
    Deadline stopwatch = Deadline.in(KafkaServer.builder().settings().startTimeout());
    KafkaServer kafka = KafkaServer.builder().start();
    System.out.println("one node of 4.3 ready after " + stopwatch.elapsedText());
    ProcessHandle process = ProcessHandle.of(kafka.node(1).pid()).orElseThrow();

    assertThat(kafka.bootstrapServers()).isEqualTo("localhost:" + kafka.node(1).port());
    assertThat(MetadataProbe.ask(kafka.node(1).port(), TIMEOUT_MS))
        .isEqualTo(new MetadataProbe.Answer(kafka.clusterId(), Set.of(1)));
    assertThat(kafka.node(1).logTail()).anyMatch(line -> line.contains("Kafka version: 4.3"));

    kafka.close();

    assertThat(process.isAlive()).isFalse();
    assertThat(kafka.node(1).isRunning()).isFalse();
    assertThat(kafka.dataDirectory()).doesNotExist();
    assertThatThrownBy(() -> kafka.node(1).start()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_node_killed_or_stopped_comes_back_on_its_data_and_port() throws IOException {
    try (KafkaServer kafka = KafkaServer.builder().start()) {
      KafkaNode node = kafka.node(1);
      int port = node.port();
      long firstPid = node.pid();

      node.kill();
      assertThat(node.isRunning()).isFalse();
      assertThat(MetadataProbe.accepts(port, TIMEOUT_MS)).isFalse();
      Deadline stopwatch = Deadline.in(kafka.startTimeout());
      node.start();
      System.out.println("ready again after kill -9 after " + stopwatch.elapsedText());

      assertThat(node.pid()).isNotEqualTo(firstPid);
      assertThat(node.port()).isEqualTo(port);
      assertThat(MetadataProbe.ask(port, TIMEOUT_MS).clusterId()).isEqualTo(kafka.clusterId());

      node.stop();
      assertThat(node.isRunning()).isFalse();
      assertThat(node.logTail())
          .as("an orderly stop")
          .anyMatch(line -> line.contains("Transition from SHUTTING_DOWN to SHUTDOWN"));
      node.restart();

      assertThat(MetadataProbe.ask(port, TIMEOUT_MS).clusterId()).isEqualTo(kafka.clusterId());
    }
  }

  @Test
  void a_given_directory_is_kept_and_continued_by_the_next_server(@TempDir Path parent)
      throws IOException {
    KafkaServerBuilder builder = KafkaServer.builder().dataDirectory(parent.resolve("data"));
    String clusterId;
    try (KafkaServer first = builder.start()) {
      clusterId = first.clusterId();
    }

    try (KafkaServer second = builder.start()) {
      assertThat(second.clusterId()).isEqualTo(clusterId);
      assertThat(MetadataProbe.ask(second.node(1).port(), TIMEOUT_MS).clusterId())
          .isEqualTo(clusterId);
      assertThat(second.dataDirectory().resolve("node-1/server.log")).isNotEmptyFile();
    }
    assertThat(parent.resolve("data")).isNotEmptyDirectory();
  }

  @Test
  void listeners_can_be_added_and_advertised_elsewhere() throws IOException {
    try (KafkaServer kafka =
        KafkaServer.builder()
            .listener("SECOND", "PLAINTEXT")
            .advertised(
                (node, listener, port) ->
                    InetSocketAddress.createUnresolved(
                        listener.toLowerCase(Locale.ROOT) + ".test", node))
            .start()) {
      assertThat(kafka.bootstrapServers()).isEqualTo("plaintext.test:1");
      assertThat(kafka.bootstrapServers("SECOND")).isEqualTo("second.test:1");
      assertThat(MetadataProbe.ask(kafka.node(1).port("SECOND"), TIMEOUT_MS).brokers())
          .containsExactly(1);
    }
  }

  @Test
  void a_port_lost_between_choice_and_bind_is_replaced() throws IOException {
    try (ServerSocket thief = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      AtomicInteger draws = new AtomicInteger();
      PortPool pool =
          new PortPool(
              () ->
                  draws.getAndIncrement() == 0
                      ? thief.getLocalPort()
                      : 20_000 + (int) (ProcessHandle.current().pid() % 1_000) * 10 + draws.get(),
              port -> true);

      try (KafkaServer kafka = KafkaServer.builder().pool(pool).start()) {
        assertThat(kafka.node(1).port()).isNotEqualTo(thief.getLocalPort());
        assertThat(draws).hasValueGreaterThan(3);
      }
    }
  }

  @Test
  void a_failed_start_says_why_and_leaves_nothing() {
    KafkaServerBuilder broken = KafkaServer.builder().property("num.io.threads", "-7");

    assertThatThrownBy(broken::start)
        .isInstanceOf(KafkaServerException.class)
        .hasMessageMatching(
            "(?s)Kafka 4\\.3 \\(1 node\\): node 1 ended with exit code 1 after \\d+\\.\\d s, before"
                + " it was ready\\n"
                + "ports: .* on 127\\.0\\.0\\.1; data: .*\\n"
                + "last lines of its log \\(\\d+\\):\\n"
                + ".*num\\.io\\.threads.*")
        .satisfies(
            e ->
                assertThat(
                        Path.of(
                            String.valueOf(e.getMessage())
                                .replaceAll("(?s).*; data: (\\S*) .*", "$1")))
                    .doesNotExist());
  }

  @Test
  void a_server_that_is_not_ready_in_time_is_given_up() {
    KafkaServerBuilder hasty = KafkaServer.builder().startTimeout(Duration.ofMillis(1));

    assertThatThrownBy(hasty::start)
        .isInstanceOf(KafkaServerException.class)
        .hasMessageContaining("node 1 was not ready after 0.");
  }

  @Test
  void the_older_line_starts_and_answers() throws IOException {
    Deadline stopwatch = Deadline.in(KafkaServer.builder().settings().startTimeout());
    try (KafkaServer kafka = KafkaServer.builder().version(KafkaVersion.V3_9).start()) {
      System.out.println("one node of 3.9 ready after " + stopwatch.elapsedText());
      assertThat(MetadataProbe.ask(kafka.node(1).port(), TIMEOUT_MS))
          .isEqualTo(new MetadataProbe.Answer(kafka.clusterId(), Set.of(1)));
      assertThat(kafka.node(1).logTail()).anyMatch(line -> line.contains("Kafka version: 3.9"));
    }
  }
}
