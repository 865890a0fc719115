package io.ottla.testkit.behaviour;

import io.ottla.testkit.KafkaNode;
import io.ottla.testkit.KafkaServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/** A real Kafka. */
final class RealTestCluster implements TestCluster {
  private final KafkaServer kafka;

  RealTestCluster(KafkaServer kafka) {
    this.kafka = kafka;
  }

  @Override
  public List<Integer> brokerIds() {
    return kafka.nodes().stream().map(KafkaNode::id).toList();
  }

  @Override
  public InetSocketAddress address(int brokerId) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), kafka.node(brokerId).port());
  }

  @Override
  public void restart(int brokerId) {
    kafka.node(brokerId).restart();
  }

  @Override
  public void stop(int brokerId) {
    kafka.node(brokerId).stop();
  }

  @Override
  public void start(int brokerId) {
    kafka.node(brokerId).start();
  }

  @Override
  public boolean has(Difference difference) {
    return false;
  }
}
