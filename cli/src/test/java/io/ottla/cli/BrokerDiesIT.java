package io.ottla.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.cli.terminal.ExitCode;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RealKafka(shared = false)
@Timeout(120)
class BrokerDiesIT {
  @Test
  void what_was_not_delivered_is_counted_and_reading_ends(KafkaServer kafka) throws Exception {
    String servers = kafka.bootstrapServers();
    String topic = new Topics(servers).create(1);
    PipedOutputStream input = new PipedOutputStream();
    PipedInputStream pipe = new PipedInputStream(input);
    try (LiveRun producer =
            LiveRun.reading(pipe, "produce", "-q", "-b", servers, "-t", topic, "--timeout", "3s");
        LiveRun consumer = LiveRun.of("consume", "-b", servers, "-t", topic, "--timeout", "3s")) {
      try (input) {
        input.write("delivered\n".getBytes(UTF_8));
        input.flush();
        consumer.awaitLines(1);

        kafka.node(1).kill();
        input.write("lost\nlost too\n".getBytes(UTF_8));
      }

      assertThat(producer.end()).isEqualTo(ExitCode.FAILED.number());
      assertThat(producer.err())
          .startsWith("ottla: 2 of 3 records were not delivered")
          .contains(topic + "-0 ");
      assertThat(producer.err().lines()).hasSize(1);
      assertThat(consumer.end()).isEqualTo(ExitCode.UNREACHABLE.number());
      assertThat(consumer.err())
          .startsWith("ottla: ")
          .contains(String.valueOf(kafka.node(1).port()));
      assertThat(consumer.err().lines()).hasSize(1);
    }
  }
}
