package io.ottla.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.Broker;
import io.ottla.Ottla;
import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataRequest.MetadataRequestTopic;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RealKafka
class SingleBrokerIT {
  @Test
  @Timeout(60)
  void prints_the_three_orders_that_it_wrote(KafkaServer kafka) {
    int port = kafka.nodes().get(0).port();
    createTopic("localhost", port, "single-broker-example");
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    SingleBroker.run(
        "localhost", port, "single-broker-example", new PrintStream(printed, true, UTF_8));

    assertThat(printed.toString(UTF_8)).isEqualTo("0 o-1 12.50\n1 o-2 7.00\n2 o-3 99.95\n");
  }

  /** Creates a topic of one partition, and asks the broker for it until it has heard of it. */
  private static void createTopic(String host, int port, String name) {
    try (Broker broker = Ottla.broker(host, port)) {
      CreatableTopic topic =
          new CreatableTopic().name(name).numPartitions(1).replicationFactor((short) 1);
      broker
          .request(new CreateTopicsRequest().topics(List.of(topic)).timeoutMs(10_000))
          .orTimeout(20, TimeUnit.SECONDS)
          .join();
      MetadataRequest question =
          new MetadataRequest().topics(List.of(new MetadataRequestTopic().name(name)));
      while (broker.request(question).join().topics().get(0).partitions().isEmpty()) {
        Thread.onSpinWait();
      }
    }
  }
}
