package io.ottla.testkit.internal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ottla.protocol.message.AlterConfigsRequest;
import io.ottla.protocol.message.CreatePartitionsRequest;
import io.ottla.protocol.message.CreatePartitionsRequest.CreatePartitionsAssignment;
import io.ottla.protocol.message.CreatePartitionsRequest.CreatePartitionsTopic;
import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableReplicaAssignment;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopicConfig;
import io.ottla.protocol.message.CreateTopicsResponse.CreatableTopicResult;
import io.ottla.protocol.message.DeleteTopicsRequest;
import io.ottla.protocol.message.DescribeClusterRequest;
import io.ottla.protocol.message.DescribeConfigsRequest;
import io.ottla.protocol.message.DescribeConfigsRequest.DescribeConfigsResource;
import io.ottla.protocol.message.DescribeConfigsResponse.DescribeConfigsResourceResult;
import io.ottla.protocol.message.DescribeTopicPartitionsRequest;
import io.ottla.protocol.message.ElectLeadersRequest;
import io.ottla.protocol.message.ElectLeadersRequest.TopicPartitions;
import io.ottla.protocol.message.ElectLeadersResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.IncrementalAlterConfigsRequest;
import io.ottla.testkit.internal.topic.Partition;
import io.ottla.testkit.internal.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link AdministrationIT} cannot show: versions and clusters that the real one has not. */
final class AdministrationTest {
  private final FakeAdmin fake = new FakeAdmin();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void a_topic_is_created_and_deleted_in_each_version(int version) {
    CreatableTopicResult created = create(version, topic("orders").numPartitions(4));

    assertThat(created.errorCode()).isZero();
    Topic topic = Objects.requireNonNull(fake.topics.find("orders"));
    assertThat(topic.partitions()).hasSize(4);
    if (version == 7) {
      assertThat(created.topicId()).isEqualTo(topic.id());
    }
    if (version >= 5) {
      assertThat(created.numPartitions()).isEqualTo(4);
      assertThat(created.configs()).hasSize(33);
    }

    int deleteVersion = Math.min(version, 5);
    short error =
        Asked.ask(
                fake.handlers.deleteTopics(),
                new DeleteTopicsRequest().topicNames(List.of("orders")).timeoutMs(1),
                deleteVersion)
            .responses()
            .get(0)
            .errorCode();

    assertThat(error).isZero();
    assertThat(fake.topics.all()).isEmpty();
  }

  @Test
  void partitions_are_led_in_turn() {
    create(7, topic("orders").numPartitions(4).replicationFactor((short) 2));

    assertThat(topic("orders", fake).partitions().stream().map(Partition::replicas))
        .containsExactly(List.of(1, 2), List.of(2, 3), List.of(3, 1), List.of(1, 2));
  }

  @Test
  void what_is_only_checked_is_not_created() {
    CreateTopicsRequest request =
        new CreateTopicsRequest().validateOnly(true).topics(List.of(topic("orders")));

    assertThat(Asked.ask(fake.handlers.createTopics(), request, 7).topics().get(0).errorCode())
        .isZero();
    assertThat(fake.topics.all()).isEmpty();
  }

  @Test
  void a_broker_that_does_not_run_gets_replicas_only_if_it_must_and_they_are_not_in_sync() {
    fake.stop(1);

    create(7, topic("two").numPartitions(2).replicationFactor((short) 2));
    create(7, topic("three").numPartitions(1).replicationFactor((short) 3));
    create(
        7,
        topic("chosen")
            .numPartitions(-1)
            .replicationFactor((short) -1)
            .assignments(
                List.of(
                    new CreatableReplicaAssignment().partitionIndex(0).brokerIds(List.of(1, 3)))));

    assertThat(topic("two", fake).partitions())
        .allMatch(partition -> !partition.replicas().contains(1));
    Partition three = topic("three", fake).partitions().get(0);
    assertThat(three.replicas()).containsExactly(2, 3, 1);
    assertThat(three.inSync()).containsExactly(2, 3);
    Partition chosen = topic("chosen", fake).partitions().get(0);
    assertThat(chosen.leader()).isEqualTo(3);
    assertThat(chosen.inSync()).containsExactly(3);
  }

  @Test
  void without_a_broker_that_runs_there_is_no_topic() {
    List.of(1, 2, 3).forEach(fake::stop);

    assertThat(create(7, topic("orders")).errorCode())
        .isEqualTo(ErrorCode.INVALID_REPLICATION_FACTOR.code());
    CreatableTopic chosen =
        topic("chosen")
            .numPartitions(-1)
            .replicationFactor((short) -1)
            .assignments(
                List.of(new CreatableReplicaAssignment().partitionIndex(0).brokerIds(List.of(1))));
    assertThat(create(7, chosen).errorCode())
        .isEqualTo(ErrorCode.INVALID_REPLICA_ASSIGNMENT.code());
  }

  @Test
  void added_partitions_go_on_in_turn_or_to_the_chosen_brokers() {
    create(7, topic("orders").numPartitions(2));

    grow(new CreatePartitionsTopic().name("orders").count(4).assignments(null));
    grow(
        new CreatePartitionsTopic()
            .name("orders")
            .count(5)
            .assignments(List.of(new CreatePartitionsAssignment().brokerIds(List.of(2)))));

    assertThat(topic("orders", fake).partitions().stream().map(Partition::leader))
        .containsExactly(1, 2, 3, 1, 2);
  }

  @Test
  void a_configuration_is_kept_as_brokers_tell_it_and_changed_at_once() {
    create(
        7,
        topic("orders")
            .configs(
                List.of(new CreatableTopicConfig().name("max.message.bytes").value(" 0100 "))));
    Topic topic = topic("orders", fake);
    assertThat(topic.config().numberOr("max.message.bytes", 0)).isEqualTo(100);

    IncrementalAlterConfigsRequest.AlterConfigsResource change =
        new IncrementalAlterConfigsRequest.AlterConfigsResource()
            .resourceType(ResourceType.TOPIC)
            .resourceName("orders")
            .configs(
                List.of(
                    new IncrementalAlterConfigsRequest.AlterableConfig()
                        .name("max.message.bytes")
                        .value("200")));
    Asked.ask(
        fake.handlers.incrementalAlterConfigs(),
        new IncrementalAlterConfigsRequest().resources(List.of(change)),
        1);

    assertThat(topic.config().numberOr("max.message.bytes", 0)).isEqualTo(200);
  }

  @Test
  void the_oldest_version_tells_defaults_by_a_flag() {
    create(
        7,
        topic("orders")
            .configs(List.of(new CreatableTopicConfig().name("retention.ms").value("5"))));

    assertThat(describe(0, ResourceType.TOPIC, "orders", "retention.ms", "flush.ms"))
        .extracting(DescribeConfigsResourceResult::name, DescribeConfigsResourceResult::isDefault)
        .containsExactly(tuple("flush.ms", true), tuple("retention.ms", false));
  }

  @Test
  void every_configuration_of_topics_says_what_it_is_for() {
    create(7, topic("orders"));
    DescribeConfigsRequest request =
        new DescribeConfigsRequest()
            .includeDocumentation(true)
            .resources(
                List.of(
                    new DescribeConfigsResource()
                        .resourceType(ResourceType.TOPIC)
                        .resourceName("orders")
                        .configurationKeys(null)));

    assertThat(Asked.ask(fake.handlers.describeConfigs(), request, 4).results().get(0).configs())
        .hasSize(33)
        .noneMatch(config -> Objects.requireNonNullElse(config.documentation(), "").isEmpty());
  }

  @Test
  void what_is_configured_for_brokers_is_told_and_is_the_default_of_topics() {
    FakeAdmin configured =
        new FakeAdmin(Map.of("message.max.bytes", "77", "min.insync.replicas", "2"));
    Asked.ask(
        configured.handlers.createTopics(),
        new CreateTopicsRequest().topics(List.of(topic("orders"))),
        7);

    DescribeConfigsRequest request =
        new DescribeConfigsRequest()
            .includeSynonyms(true)
            .resources(
                List.of(
                    new DescribeConfigsResource()
                        .resourceType(ResourceType.TOPIC)
                        .resourceName("orders")
                        .configurationKeys(List.of("max.message.bytes", "min.insync.replicas"))));
    List<DescribeConfigsResourceResult> configs =
        Asked.ask(configured.handlers.describeConfigs(), request, 4).results().get(0).configs();

    assertThat(configs.get(0).value()).isEqualTo("77");
    assertThat(configs.get(0).configSource()).isEqualTo(ConfigSource.STATIC_BROKER.id());
    assertThat(configs.get(0).synonyms()).hasSize(2);
    assertThat(configs.get(1).value()).isEqualTo("2");
    assertThat(configs.get(1).configSource()).isEqualTo(ConfigSource.DYNAMIC_DEFAULT_BROKER.id());
  }

  @Test
  void leaders_are_elected_that_run() {
    create(7, topic("orders").replicationFactor((short) 2));
    Partition partition = topic("orders", fake).partitions().get(0);
    partition.elect(2);

    assertThat(elect(0)).isEqualTo(ErrorCode.NONE);
    assertThat(partition.leader()).isEqualTo(1);

    partition.elect(2);
    fake.stop(1);
    partition.setInSync(List.of(2));
    assertThat(elect(0)).isEqualTo(ErrorCode.PREFERRED_LEADER_NOT_AVAILABLE);
    assertThat(elect(1)).isEqualTo(ErrorCode.ELECTION_NOT_NEEDED);

    fake.stop(2);
    fake.start(1);
    assertThat(elect(1)).isEqualTo(ErrorCode.NONE);
    assertThat(partition.leader()).isEqualTo(1);
    assertThat(partition.inSync()).containsExactly(1);

    fake.stop(1);
    assertThat(elect(1)).isEqualTo(ErrorCode.ELIGIBLE_LEADERS_NOT_AVAILABLE);
  }

  @Test
  void a_partition_without_a_leader_is_described_so() {
    create(7, topic("orders"));
    fake.stop(1);

    var partition =
        Asked.ask(fake.handlers.describeTopicPartitions(), new DescribeTopicPartitionsRequest(), 0)
            .topics()
            .get(0)
            .partitions()
            .get(0);

    assertThat(partition.errorCode()).isZero();
    assertThat(partition.leaderId()).isEqualTo(-1);
    assertThat(partition.offlineReplicas()).containsExactly(1);
  }

  @Test
  void what_it_cannot_do_it_refuses_loudly() {
    for (byte type : new byte[] {8, 16, 32}) {
      DescribeConfigsResource resource =
          new DescribeConfigsResource().resourceType(type).resourceName("1");
      assertThat(
              Asked.refusal(
                  fake.handlers.describeConfigs(),
                  new DescribeConfigsRequest().resources(List.of(resource))))
          .contains("resource type " + type);
    }
    for (byte type : new byte[] {4, 8, 16, 32}) {
      assertThat(
              Asked.refusal(
                  fake.handlers.incrementalAlterConfigs(),
                  new IncrementalAlterConfigsRequest()
                      .resources(
                          List.of(
                              new IncrementalAlterConfigsRequest.AlterConfigsResource()
                                  .resourceType(type)))))
          .contains("resource type " + type);
      assertThat(
              Asked.refusal(
                  fake.handlers.alterConfigs(),
                  new AlterConfigsRequest()
                      .resources(
                          List.of(
                              new AlterConfigsRequest.AlterConfigsResource().resourceType(type)))))
          .contains("resource type " + type);
    }
    assertThat(
            Asked.refusal(
                fake.handlers.createPartitions(),
                new CreatePartitionsRequest()
                    .timeoutMs(1)
                    .topics(List.of(new CreatePartitionsTopic().name("x").count(10_000)))))
        .contains("partitions");
    assertThat(
            Asked.refusal(
                fake.handlers.electLeaders(), new ElectLeadersRequest().electionType((byte) 7)))
        .contains("7");
    fake.stop(2);
    assertThat(
            Asked.refusal(
                fake.handlers.describeCluster(),
                new DescribeClusterRequest().includeFencedBrokers(true)))
        .contains("do not run");
  }

  private CreatableTopicResult create(int version, CreatableTopic topic) {
    return Asked.ask(
            fake.handlers.createTopics(), new CreateTopicsRequest().topics(List.of(topic)), version)
        .topics()
        .get(0);
  }

  private void grow(CreatePartitionsTopic topic) {
    short error =
        Asked.ask(
                fake.handlers.createPartitions(),
                new CreatePartitionsRequest().timeoutMs(1).topics(List.of(topic)),
                3)
            .results()
            .get(0)
            .errorCode();
    assertThat(error).isZero();
  }

  private ErrorCode elect(int type) {
    ElectLeadersResponse response =
        Asked.ask(
            fake.handlers.electLeaders(),
            new ElectLeadersRequest()
                .electionType((byte) type)
                .topicPartitions(
                    List.of(new TopicPartitions().topic("orders").partitions(List.of(0)))),
            2);
    return ErrorCode.of(
        response.replicaElectionResults().get(0).partitionResult().get(0).errorCode());
  }

  private List<DescribeConfigsResourceResult> describe(
      int version, byte type, String name, String... keys) {
    return Asked.ask(
            fake.handlers.describeConfigs(),
            new DescribeConfigsRequest()
                .resources(
                    List.of(
                        new DescribeConfigsResource()
                            .resourceType(type)
                            .resourceName(name)
                            .configurationKeys(List.of(keys)))),
            version)
        .results()
        .get(0)
        .configs();
  }

  private static CreatableTopic topic(String name) {
    return new CreatableTopic().name(name).numPartitions(1).replicationFactor((short) 1);
  }

  private static Topic topic(String name, FakeAdmin fake) {
    return Objects.requireNonNull(fake.topics.find(name));
  }
}
