package io.ottla.testkit.behaviour;

import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;
import org.junit.jupiter.api.Nested;

/** What takes more than one broker, on real ones, whose followers are not long in learning. */
@RealKafka(nodes = 3, properties = "replica.fetch.wait.max.ms=20")
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
