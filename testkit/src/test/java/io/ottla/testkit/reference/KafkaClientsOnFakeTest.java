package io.ottla.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.fake.FakeCluster;
import org.junit.jupiter.api.AfterEach;

/** On three fake brokers. */
final class KafkaClientsOnFakeTest extends KafkaClientsSuite {
  private final FakeCluster fake =
      FakeCluster.builder().brokers(3).config("group.min.session.timeout.ms", "400").start();

  @Override
  ReferenceCluster cluster() {
    return new ReferenceCluster() {
      @Override
      public String bootstrapServers() {
        return fake.bootstrapServers();
      }

      @Override
      public int brokers() {
        return fake.brokers().size();
      }

      @Override
      public void moveLeader(String topic, int partition, int toBroker) {
        fake.partition(topic, partition).moveLeader(toBroker);
      }

      @Override
      public int minSessionTimeoutMs() {
        return 400;
      }
    };
  }

  @AfterEach
  void end() {
    assertThat(fake.refusals()).isEmpty();
    fake.close();
  }
}
