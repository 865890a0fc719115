package io.ottla.testkit.behaviour;

import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;
import org.junit.jupiter.api.Nested;

/** What takes more than one broker, on real ones. */
@RealKafka(nodes = 3)
final class ThreeRealBrokersIT implements TestCluster.Owner {
  private final TestCluster cluster;

  ThreeRealBrokersIT(KafkaServer kafka) {
    cluster = new RealTestCluster(kafka);
  }

  @Override
  public TestCluster cluster() {
    return cluster;
  }

  @Nested
  final class Leadership extends LeadershipBehaviour {}

  @Nested
  final class Coordinator extends CoordinatorBehaviour {}
}
