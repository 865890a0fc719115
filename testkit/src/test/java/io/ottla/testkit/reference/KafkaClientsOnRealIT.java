package io.ottla.testkit.reference;

import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;

/** On three real brokers, which proves the programs right. */
@Tag("long")
@RealKafka(nodes = 3)
final class KafkaClientsOnRealIT extends KafkaClientsSuite {
  private final KafkaServer kafka;

  KafkaClientsOnRealIT(KafkaServer kafka) {
    this.kafka = kafka;
  }

  @Override
  ReferenceCluster cluster() {
    return new ReferenceCluster() {
      @Override
      public String bootstrapServers() {
        return kafka.bootstrapServers();
      }

      @Override
      public int brokers() {
        return kafka.nodes().size();
      }

      @Override
      public void moveLeader(String topic, int partition, int toBroker) {
        Thread thread = Thread.currentThread();
        ClassLoader ofProgram = thread.getContextClassLoader();
        thread.setContextClassLoader(Admin.class.getClassLoader());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
          move(admin, new TopicPartition(topic, partition), toBroker);
        } catch (Exception e) {
          throw new IllegalStateException("moving " + topic + "-" + partition, e);
        } finally {
          thread.setContextClassLoader(ofProgram);
        }
      }

      @Override
      public List<String> expectedWarnings() {
        return List.of(
            "coordinator is loading",
            "This is not the correct coordinator",
            "UNKNOWN_TOPIC_OR_PARTITION");
      }

      @Override
      public int minSessionTimeoutMs() {
        return 6_000;
      }
    };
  }

  /** Puts the broker first among the replicas, and has the first elected. */
  private static void move(Admin admin, TopicPartition partition, int toBroker) throws Exception {
    TopicDescription topic =
        admin
            .describeTopics(List.of(partition.topic()))
            .topicNameValues()
            .values()
            .iterator()
            .next()
            .get();
    List<Integer> replicas =
        new ArrayList<>(
            topic.partitions().get(partition.partition()).replicas().stream()
                .map(Node::id)
                .toList());
    replicas.remove((Integer) toBroker);
    replicas.add(0, toBroker);
    admin
        .alterPartitionReassignments(
            Map.of(partition, Optional.of(new NewPartitionReassignment(replicas))))
        .all()
        .get();
    admin.electLeaders(ElectionType.PREFERRED, Set.of(partition)).partitions().get();
  }
}
