package io.ottla.testkit.reference.program;

import static io.ottla.testkit.reference.program.Clients.get;
import static io.ottla.testkit.reference.program.Clients.inMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.testkit.reference.Program;
import io.ottla.testkit.reference.ReferenceCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What administrators do. */
public final class Administration implements Program {
  @Override
  public void run(ReferenceCluster cluster) throws Exception {
    Clients clients = new Clients(cluster);
    try (Admin admin = clients.admin()) {
      describesTheCluster(admin, cluster);
      topics(clients, admin, cluster);
      configs(clients, admin);
      records(clients, admin);
      groups(clients, admin);
    }
  }

  private static void describesTheCluster(Admin admin, ReferenceCluster cluster) throws Exception {
    DescribeClusterResult told = admin.describeCluster();
    assertThat(get(told.nodes())).hasSize(cluster.brokers());
    assertThat(get(told.nodes())).contains(get(told.controller()));
    assertThat(get(told.clusterId())).isNotEmpty();
  }

  private static void topics(Clients clients, Admin admin, ReferenceCluster cluster)
      throws Exception {
    String topic = clients.newTopic(2);
    NewTopic again = new NewTopic(topic, 2, (short) 1);
    assertThatThrownBy(() -> get(admin.createTopics(List.of(again)).all()))
        .hasCauseInstanceOf(TopicExistsException.class);

    TopicDescription told = inMap(get(admin.describeTopics(List.of(topic)).allTopicNames()), topic);
    assertThat(told.partitions()).hasSize(2);
    assertThat(told.partitions())
        .allMatch(partition -> partition.replicas().size() == cluster.brokers());
    assertThat(get(admin.listTopics().names())).contains(topic);

    get(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3))).all());
    Clients.await(() -> partitions(admin, topic) == 3, () -> topic + " has not grown");
    assertThatThrownBy(
            () -> get(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(1))).all()))
        .hasCauseInstanceOf(InvalidPartitionsException.class);

    get(admin.deleteTopics(List.of(topic)).all());
    Clients.await(() -> partitions(admin, topic) == 0, () -> topic + " is still there");
    assertThatThrownBy(() -> get(admin.deleteTopics(List.of(topic)).all()))
        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
  }

  private static int partitions(Admin admin, String topic) {
    try {
      return inMap(get(admin.describeTopics(List.of(topic)).allTopicNames()), topic)
          .partitions()
          .size();
    } catch (Exception gone) {
      return 0;
    }
  }

  private static void configs(Clients clients, Admin admin) throws Exception {
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, clients.newTopic(1));
    AlterConfigOp set =
        new AlterConfigOp(new ConfigEntry("retention.ms", "777"), AlterConfigOp.OpType.SET);
    get(admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all());

    Clients.await(
        () -> "777".equals(config(admin, topic).get("retention.ms").value()),
        () -> "the config is not changed");
    assertThat(config(admin, topic).get("retention.ms").source())
        .isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
    assertThat(config(admin, topic).get("cleanup.policy").isDefault()).isTrue();
    ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
    assertThat(config(admin, broker).get("message.max.bytes").value()).isEqualTo("1048588");
  }

  private static Config config(Admin admin, ConfigResource resource) {
    try {
      return inMap(get(admin.describeConfigs(List.of(resource)).all()), resource);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void records(Clients clients, Admin admin) throws Exception {
    TopicPartition partition = new TopicPartition(clients.newTopic(1), 0);
    try (Producer<String, String> producer = clients.producer(Map.of())) {
      Clients.sendTen(producer, partition);
      ProducerState state =
          get(admin.describeProducers(List.of(partition)).partitionResult(partition))
              .activeProducers()
              .get(0);
      assertThat(state.lastSequence()).isEqualTo(9);
      assertThat(state.lastTimestamp()).isEqualTo(1009);
    }

    assertThat(offset(admin, partition, OffsetSpec.earliest()).offset()).isZero();
    assertThat(offset(admin, partition, OffsetSpec.latest()).offset()).isEqualTo(10);
    assertThat(offset(admin, partition, OffsetSpec.forTimestamp(1003)).offset()).isEqualTo(3);
    assertThat(offset(admin, partition, OffsetSpec.maxTimestamp()).timestamp()).isEqualTo(1009);

    RecordsToDelete upTo4 = RecordsToDelete.beforeOffset(4);
    assertThat(
            get(inMap(admin.deleteRecords(Map.of(partition, upTo4)).lowWatermarks(), partition))
                .lowWatermark())
        .isEqualTo(4);
    assertThat(offset(admin, partition, OffsetSpec.earliest()).offset()).isEqualTo(4);
  }

  private static ListOffsetsResultInfo offset(
      Admin admin, TopicPartition partition, OffsetSpec which) throws Exception {
    return inMap(get(admin.listOffsets(Map.of(partition, which)).all()), partition);
  }

  @SuppressWarnings("removal") // What 3.9 has in the place of listGroups.
  private static void groups(Clients clients, Admin admin) throws Exception {
    TopicPartition partition = new TopicPartition(clients.newTopic(1), 0);
    String group = Clients.uniqueName("group");
    get(
        admin
            .alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(7, "seven")))
            .all());
    assertThat(
            inMap(
                    get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()),
                    partition)
                .offset())
        .isEqualTo(7);

    try (Consumer<String, String> member = clients.consumer(Map.of("group.id", group))) {
      member.subscribe(List.of(partition.topic()));
      Clients.pollUntil(List.of(member), () -> !member.assignment().isEmpty(), "joins");
      ConsumerGroupDescription told =
          inMap(get(admin.describeConsumerGroups(List.of(group)).all()), group);
      assertThat(told.members()).hasSize(1);
      assertThat(told.members().iterator().next().assignment().topicPartitions())
          .containsExactly(partition);
      assertThatThrownBy(() -> get(admin.deleteConsumerGroups(List.of(group)).all()))
          .hasCauseInstanceOf(GroupNotEmptyException.class);
    }

    List<String> listed = new ArrayList<>();
    for (Object seen : get(admin.listConsumerGroups().all())) {
      listed.add(seen.toString());
    }
    assertThat(listed).anyMatch(seen -> seen.contains(group));
    get(admin.deleteConsumerGroupOffsets(group, Set.of(partition)).all());
    get(admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(1))).all());
    get(admin.deleteConsumerGroups(List.of(group)).all());
    assertThatThrownBy(() -> get(admin.deleteConsumerGroups(List.of(group)).all()))
        .hasCauseInstanceOf(GroupIdNotFoundException.class);
  }
}
