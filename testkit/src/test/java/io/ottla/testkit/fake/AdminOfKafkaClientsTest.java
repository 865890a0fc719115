package io.ottla.testkit.fake;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.message.ApiKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What kafka-clients' administrator finds in a fake cluster. */
@FakeKafka(brokers = 3)
final class AdminOfKafkaClientsTest {
  private final FakeCluster kafka;
  private final Admin admin;

  AdminOfKafkaClientsTest(FakeCluster kafka) {
    this.kafka = kafka;
    admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
  }

  @AfterEach
  void close() {
    admin.close();
  }

  @Test
  void topics_are_created_listed_described_and_deleted() throws Exception {
    var created =
        admin.createTopics(
            List.of(
                new NewTopic("orders", 4, (short) 2).configs(Map.of("retention.ms", "5")),
                new NewTopic("chosen", Map.of(0, List.of(3, 1))),
                new NewTopic("default", Optional.empty(), Optional.empty())));
    get(created.all());

    assertThat(get(created.config("orders")).get("retention.ms").value()).isEqualTo("5");
    assertThat(get(created.numPartitions("orders"))).isEqualTo(4);
    assertThat(get(admin.listTopics().names()))
        .containsExactlyInAnyOrder("orders", "chosen", "default");
    Map<String, TopicDescription> described =
        get(admin.describeTopics(Set.of("orders", "chosen")).allTopicNames());
    assertThat(at(described, "orders").partitions()).hasSize(4);
    assertThat(at(described, "chosen").partitions().get(0).replicas())
        .extracting(Node::id)
        .containsExactly(3, 1);
    assertThat(get(created.topicId("orders"))).isEqualTo(at(described, "orders").topicId());
    assertThatThrownBy(
            () -> get(admin.createTopics(List.of(new NewTopic("orders", 1, (short) 1))).all()))
        .hasCauseInstanceOf(TopicExistsException.class);

    get(
        admin
            .deleteTopics(TopicCollection.ofTopicIds(List.of(at(described, "orders").topicId())))
            .all());
    get(admin.deleteTopics(Set.of("chosen")).all());

    assertThat(kafka.topics()).containsExactly("default");
    assertThatThrownBy(() -> get(admin.describeTopics(Set.of("orders")).allTopicNames()))
        .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
  }

  @Test
  void topics_are_described_in_pieces() throws Exception {
    kafka.createTopic("orders", 7);
    kafka.createTopic("payments", 5);

    Map<String, TopicDescription> described =
        get(
            admin
                .describeTopics(
                    List.of("orders", "payments"),
                    new DescribeTopicsOptions().partitionSizeLimitPerResponse(3))
                .allTopicNames());

    assertThat(at(described, "orders").partitions()).hasSize(7);
    assertThat(at(described, "payments").partitions()).hasSize(5);
    assertThat(kafka.requests().count(ApiKey.DESCRIBE_TOPIC_PARTITIONS)).isGreaterThan(3);
  }

  @Test
  void partitions_are_added() throws Exception {
    kafka.createTopic("orders", 2);

    get(admin.createPartitions(Map.of("orders", NewPartitions.increaseTo(5))).all());

    assertThat(kafka.partition("orders", 4).leader()).isPresent();
  }

  @Test
  void configurations_are_altered_and_described() throws Exception {
    kafka.createTopic("orders", 1);
    ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "orders");

    get(admin.incrementalAlterConfigs(Map.of(topic, set("max.message.bytes", "77"))).all());

    var options = new DescribeConfigsOptions().includeSynonyms(true).includeDocumentation(true);
    ConfigEntry entry =
        at(get(admin.describeConfigs(List.of(topic), options).all()), topic)
            .get("max.message.bytes");
    assertThat(entry.value()).isEqualTo("77");
    assertThat(entry.source()).isEqualTo(ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG);
    assertThat(entry.type()).isEqualTo(ConfigEntry.ConfigType.INT);
    assertThat(entry.synonyms()).hasSize(2);
    assertThat(entry.documentation()).isNotEmpty();
    assertThatThrownBy(
            () -> get(admin.incrementalAlterConfigs(Map.of(topic, set("no.such", "1"))).all()))
        .hasCauseInstanceOf(InvalidConfigurationException.class);
  }

  @Test
  void brokers_are_described() throws Exception {
    ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "2");

    assertThat(get(admin.describeCluster().nodes())).extracting(Node::id).contains(1, 2, 3);
    assertThat(get(admin.describeCluster().clusterId())).isEqualTo(kafka.clusterId());
    assertThat(at(get(admin.describeConfigs(List.of(broker)).all()), broker).get("node.id").value())
        .isEqualTo("2");
  }

  @Test
  void preferred_leaders_are_elected() throws Exception {
    kafka.createTopic("orders", 1);
    int preferred = kafka.partition("orders", 0).replicas().get(0);
    kafka.partition("orders", 0).moveLeader(preferred % 3 + 1);

    get(admin.electLeaders(ElectionType.PREFERRED, Set.of(new TopicPartition("orders", 0))).all());

    assertThat(kafka.partition("orders", 0).leader()).hasValue(preferred);
  }

  private static Collection<AlterConfigOp> set(String key, String value) {
    return List.of(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
  }

  private static <K, V> V at(Map<K, V> map, K key) {
    return Objects.requireNonNull(map.get(key));
  }

  private static <T> T get(KafkaFuture<T> future) throws Exception {
    return future.get(20, SECONDS);
  }
}
