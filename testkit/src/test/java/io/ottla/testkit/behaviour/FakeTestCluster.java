package io.ottla.testkit.behaviour;

import io.ottla.testkit.fake.FakeBroker;
import io.ottla.testkit.fake.FakeCluster;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** A fake Kafka. */
final class FakeTestCluster implements TestCluster {
  private final FakeCluster fake;

  FakeTestCluster(FakeCluster fake) {
    this.fake = fake;
  }

  @Override
  public List<Integer> brokerIds() {
    return fake.brokers().stream().map(FakeBroker::id).toList();
  }

  @Override
  public InetSocketAddress address(int brokerId) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), fake.broker(brokerId).port());
  }

  @Override
  public void restart(int brokerId) {
    fake.broker(brokerId).restart();
  }

  @Override
  public void stop(int brokerId) {
    fake.broker(brokerId).stop();
  }

  @Override
  public void kill(int brokerId) {
    fake.broker(brokerId).kill();
  }

  @Override
  public void start(int brokerId) {
    fake.broker(brokerId).start();
  }

  @Override
  public void moveLeader(String topic, int partition, int toBroker) {
    fake.partition(topic, partition).moveLeader(toBroker);
  }

  @Override
  public boolean has(Difference difference) {
    return true;
  }
}
