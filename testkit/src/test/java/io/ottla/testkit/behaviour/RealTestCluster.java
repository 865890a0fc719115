package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.AlterPartitionReassignmentsRequest;
import io.ottla.protocol.message.AlterPartitionReassignmentsRequest.ReassignablePartition;
import io.ottla.protocol.message.AlterPartitionReassignmentsRequest.ReassignableTopic;
import io.ottla.protocol.message.ElectLeadersRequest;
import io.ottla.protocol.message.MetadataResponse.MetadataResponsePartition;
import io.ottla.testkit.KafkaNode;
import io.ottla.testkit.KafkaServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A real Kafka. */
final class RealTestCluster implements TestCluster {
  private static final byte PREFERRED = 0;
  private static final int TIMEOUT_MS = 10_000;

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
  public void kill(int brokerId) {
    kafka.node(brokerId).kill();
  }

  @Override
  public void start(int brokerId) {
    kafka.node(brokerId).start();
  }

  /** Puts the broker first among the replicas, and has the first elected. */
  @Override
  public void moveLeader(String topic, int partition, int toBroker) {
    try (RawConnection broker = new RawConnection(address(brokerIds().get(0)))) {
      List<Integer> replicas = new ArrayList<>(describe(broker, topic, partition).replicaNodes());
      replicas.remove((Integer) toBroker);
      replicas.add(0, toBroker);
      assertThat(broker.ask(reassignment(topic, partition, replicas)).errorCode()).isZero();
      Behaviour.eventually(
          () -> {
            broker.ask(election(topic, partition));
            assertThat(describe(broker, topic, partition).leaderId()).isEqualTo(toBroker);
          });
    }
  }

  private static MetadataResponsePartition describe(
      RawConnection broker, String topic, int partition) {
    return Behaviour.describe(broker, topic).partitions().stream()
        .filter(told -> told.partitionIndex() == partition)
        .findFirst()
        .orElseThrow();
  }

  private static AlterPartitionReassignmentsRequest reassignment(
      String topic, int partition, List<Integer> replicas) {
    return new AlterPartitionReassignmentsRequest()
        .timeoutMs(TIMEOUT_MS)
        .topics(
            List.of(
                new ReassignableTopic()
                    .name(topic)
                    .partitions(
                        List.of(
                            new ReassignablePartition()
                                .partitionIndex(partition)
                                .replicas(replicas)))));
  }

  private static ElectLeadersRequest election(String topic, int partition) {
    return new ElectLeadersRequest()
        .electionType(PREFERRED)
        .timeoutMs(TIMEOUT_MS)
        .topicPartitions(
            List.of(
                new ElectLeadersRequest.TopicPartitions()
                    .topic(topic)
                    .partitions(List.of(partition))));
  }

  @Override
  public boolean has(Difference difference) {
    return false;
  }
}
