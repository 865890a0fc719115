package io.ottla.testkit.reference;

import io.ottla.testkit.fake.FakeCluster;

/** A fake cluster to run programs against. */
final class FakeReferenceCluster implements ReferenceCluster {
  static final int MIN_SESSION_TIMEOUT_MS = 400;

  private final FakeCluster fake;

  FakeReferenceCluster(FakeCluster fake) {
    this.fake = fake;
  }

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
    return MIN_SESSION_TIMEOUT_MS;
  }
}
