package io.ottla.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ThreeNodesIT {
  private static final int TIMEOUT_MS = 5_000;

  @Test
  void each_answers_and_returns_after_a_kill_and_after_a_lost_majority() throws IOException {
    Deadline stopwatch = Deadline.in(KafkaServer.builder().settings().startTimeout());
    try (KafkaServer kafka = KafkaServer.builder().nodes(3).start()) {
      System.out.println("three nodes ready after " + stopwatch.elapsedText());
      assertThat(kafka.bootstrapServers()).matches("localhost:\\d+,localhost:\\d+,localhost:\\d+");
      for (KafkaNode node : kafka.nodes()) {
        assertThat(MetadataProbe.ask(node.port(), TIMEOUT_MS))
            .isEqualTo(new MetadataProbe.Answer(kafka.clusterId(), Set.of(1, 2, 3)));
      }

      kafka.node(2).kill();
      Deadline again = Deadline.in(kafka.startTimeout());
      kafka.node(2).start();
      System.out.println("node 2 ready again after kill -9 after " + again.elapsedText());
      assertThat(MetadataProbe.ask(kafka.node(2).port(), TIMEOUT_MS).brokers()).contains(2);

      kafka.nodes().forEach(KafkaNode::kill);
      kafka.node(3).start();
      assertThat(kafka.node(3).isRunning()).isTrue();
      kafka.node(1).start();
      assertThat(MetadataProbe.ask(kafka.node(1).port(), TIMEOUT_MS).clusterId())
          .isEqualTo(kafka.clusterId());
    }
  }
}
