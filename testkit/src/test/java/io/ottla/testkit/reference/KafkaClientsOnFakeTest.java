package io.ottla.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.testkit.fake.FakeCluster;
import org.junit.jupiter.api.AfterEach;

/** On three fake brokers. */
final class KafkaClientsOnFakeTest extends KafkaClientsSuite {
  private final FakeCluster fake = FakeCluster.builder().brokers(3).start();

  @Override
  ReferenceCluster cluster() {
    return new FakeReferenceCluster(fake);
  }

  @AfterEach
  void end() {
    assertThat(fake.refusals()).isEmpty();
    fake.close();
  }
}
