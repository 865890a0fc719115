package io.ottla.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RealKafka(nodes = 3)
@Timeout(180)
class ThreeNodesIT {
  private final KafkaServer kafka;
  private final Topics topics;

  ThreeNodesIT(KafkaServer kafka) {
    this.kafka = kafka;
    this.topics = new Topics(kafka.bootstrapServers());
  }

  @Test
  void records_go_to_and_come_from_the_leader_of_each_partition() throws Exception {
    String topic = topics.create(6, 1);
    String lines = lines(0, 3_000);

    CliRun.reading(lines.getBytes(UTF_8), "produce", "-b", anyServer(), "-t", topic, "-K", ":")
        .succeeds();

    for (int partition = 0; partition < 6; partition++) {
      assertThat(
              CliRun.of("consume", "-b", anyServer(), "-t", topic, "-e", "-p", "" + partition)
                  .out())
          .isNotEmpty();
    }
    assertThat(read(topic)).containsExactlyInAnyOrderElementsOf(values(0, 3_000));
  }

  @Test
  void writing_and_reading_go_on_when_a_leader_dies() throws Exception {
    String topic = topics.create(3, 3);
    String servers = kafka.bootstrapServers();
    PipedOutputStream input = new PipedOutputStream();
    PipedInputStream pipe = new PipedInputStream(input);
    try (LiveRun producer =
            LiveRun.reading(
                pipe, "produce", "-b", servers, "-t", topic, "-K", ":", "--timeout", "60s");
        LiveRun consumer = LiveRun.of("consume", "-b", servers, "-t", topic, "--timeout", "60s")) {
      try (input) {
        input.write(lines(0, 500).getBytes(UTF_8));
        input.flush();
        consumer.awaitLines(500);

        kafka.node(2).kill();
        input.write(lines(500, 1_000).getBytes(UTF_8));
      }

      assertThat(producer.end()).as(producer.err()).isZero();
      List<String> read = consumer.awaitLines(1_000).lines().toList();
      assertThat(read).containsExactlyInAnyOrderElementsOf(values(0, 1_000));
    } finally {
      kafka.node(2).start();
    }
  }

  private String anyServer() {
    return "localhost:" + kafka.node(2).port();
  }

  private List<String> read(String topic) {
    return CliRun.of("consume", "-b", anyServer(), "-t", topic, "-e")
        .succeeds()
        .outText()
        .lines()
        .toList();
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "key" + i % 40 + ":" + i + "\n")
        .collect(Collectors.joining());
  }

  private static List<String> values(int from, int to) {
    return IntStream.range(from, to).mapToObj(String::valueOf).toList();
  }
}
