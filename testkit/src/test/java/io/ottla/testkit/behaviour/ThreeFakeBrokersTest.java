package io.ottla.testkit.behaviour;

import io.ottla.testkit.fake.FakeCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** What takes more than one broker, on fake ones, new ones for each test. */
final class ThreeFakeBrokersTest implements TestCluster.Owner {
  private final FakeCluster fake = FakeCluster.builder().brokers(3).start();

  @Override
  public TestCluster cluster() {
    return new FakeTestCluster(fake);
  }

  @AfterEach
  void end() {
    fake.close();
  }

  @Nested
  final class Leadership extends LeadershipBehaviour {}

  @Nested
  final class Coordinator extends CoordinatorBehaviour {}
}
