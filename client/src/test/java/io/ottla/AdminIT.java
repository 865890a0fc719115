package io.ottla;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ottla.admin.ClusterDescription;
import io.ottla.admin.CommittedOffset;
import io.ottla.admin.Completion;
import io.ottla.admin.ConfigChange;
import io.ottla.admin.ConfigResource;
import io.ottla.admin.CreatedTopic;
import io.ottla.admin.GroupDescription;
import io.ottla.admin.GroupListing;
import io.ottla.admin.GroupState;
import io.ottla.admin.GroupType;
import io.ottla.admin.NewPartitions;
import io.ottla.admin.NewTopic;
import io.ottla.admin.OffsetSpec;
import io.ottla.admin.Outcomes;
import io.ottla.admin.PartitionOffset;
import io.ottla.admin.ResourceConfig;
import io.ottla.admin.TopicDescription;
import io.ottla.admin.TopicPartition;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.producer.Acks;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.KafkaServer;
import io.ottla.testkit.RealKafka;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Administration of a real broker: each call once, and each kind of no. */
@RealKafka
@Timeout(60)
final class AdminIT {
  private final KafkaServer kafka;
  private final Admin admin;

  AdminIT(KafkaServer kafka) {
    this.kafka = kafka;
    admin = Ottla.admin(kafka.bootstrapServers());
  }

  @AfterEach
  void close() {
    admin.close();
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(40, TimeUnit.SECONDS);
  }

  private static void assertRefused(CompletableFuture<?> future, ErrorCode with) {
    assertThatThrownBy(() -> get(future))
        .cause()
        .isInstanceOf(RefusedException.class)
        .satisfies(failure -> assertThat(((OttlaException) failure).errorCode()).contains(with));
  }

  @Test
  @Scenario("L164")
  void topics_are_made_seen_grown_and_deleted() throws Exception {
    CreatedTopic created =
        get(
            admin
                .topics()
                .create(NewTopic.topic("admin-topic", 2).withConfig("retention.ms", "60000")));
    TopicDescription described = get(admin.topics().describe("admin-topic"));

    assertThat(created.partitions()).isEqualTo(2);
    assertThat(described.id()).isEqualTo(created.id());
    assertThat(described.hasLeaders()).isTrue();
    assertRefused(
        admin.topics().create(NewTopic.topic("admin-topic", 1)), ErrorCode.TOPIC_ALREADY_EXISTS);
    assertRefused(
        admin.topics().create(NewTopic.topic("wide", 1).withReplicas(2)),
        ErrorCode.INVALID_REPLICATION_FACTOR);
    assertRefused(
        admin.topics().create(NewTopic.topic("a/b", 1)), ErrorCode.INVALID_TOPIC_EXCEPTION);
    assertThat(
            get(admin.topics().create(List.of(NewTopic.topic("perhaps", 1)), Completion.CHECK_ONLY))
                .isAllDone())
        .isTrue();
    assertThat(get(admin.topics().list()))
        .extracting(TopicDescription::name)
        .contains("admin-topic")
        .doesNotContain("perhaps");

    get(admin.topics().addPartitions("admin-topic", 4));
    assertThat(get(admin.topics().describe("admin-topic")).partitions()).hasSize(4);
    assertThat(
            get(admin
                    .topics()
                    .addPartitions(
                        List.of(NewPartitions.upTo("admin-topic", 1)), Completion.CHECK_ONLY))
                .isAllDone())
        .isFalse();

    UUID id = created.id().orElseThrow();
    assertThat(get(admin.topics().describeById(Set.of(id))).of(id).orThrow().name())
        .isEqualTo("admin-topic");
    assertThat(get(admin.topics().deleteById(Set.of(id))).isAllDone()).isTrue();
    get(admin.topics().create(NewTopic.topic("short-lived", 1)));
    get(admin.topics().delete("short-lived"));
    assertRefused(admin.topics().describe("short-lived"), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertRefused(admin.topics().delete("short-lived"), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void configs_of_topics_and_brokers() throws Exception {
    get(admin.topics().create(NewTopic.topic("configured", 1)));
    ConfigResource topic = ConfigResource.topic("configured");

    get(
        admin
            .configs()
            .alter(
                topic,
                ConfigChange.set("retention.ms", "60000"),
                ConfigChange.append("cleanup.policy", "compact")));
    awaitConfig(
        topic,
        config ->
            config.own().keySet().equals(Set.of("retention.ms", "cleanup.policy"))
                && config.value("cleanup.policy").equals(Optional.of("delete,compact")));
    get(
        admin
            .configs()
            .alter(
                topic,
                ConfigChange.delete("retention.ms"),
                ConfigChange.subtract("cleanup.policy", "delete")));
    awaitConfig(topic, config -> config.own().keySet().equals(Set.of("cleanup.policy")));

    ConfigResource broker = ConfigResource.broker(1);
    get(admin.configs().alter(broker, ConfigChange.set("background.threads", "11")));
    awaitConfig(broker, config -> config.value("background.threads").equals(Optional.of("11")));
    ConfigResource all = ConfigResource.allBrokers();
    get(admin.configs().alter(all, ConfigChange.set("message.max.bytes", "999999")));
    awaitConfig(all, config -> config.value("message.max.bytes").equals(Optional.of("999999")));
    Outcomes<ConfigResource, Void> refused =
        get(admin.configs().check(Map.of(topic, List.of(ConfigChange.set("segment.ms", "x")))));
    assertThat(refused.of(topic).failure()).hasMessageContaining("INVALID_CONFIG");
  }

  /** Brokers take up what the controller accepted a moment later. */
  private void awaitConfig(ConfigResource resource, Predicate<ResourceConfig> condition) {
    await().until(() -> get(admin.configs().describe(resource)), condition);
  }

  @Test
  @Scenario("L164")
  void offsets_are_found_and_records_deleted() throws Exception {
    get(admin.topics().create(NewTopic.topic("read", 2)));
    TopicPartition first = new TopicPartition("read", 0);
    long before = System.currentTimeMillis();
    try (Broker broker = Ottla.broker("localhost", kafka.nodes().get(0).port())) {
      assertThat(
              get(
                  broker.produce(
                      List.of(record(0, "a"), record(0, "b"), record(0, "c")), Acks.ALL)))
          .allMatch(result -> result.isWritten());
    }

    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    wanted.put(first, OffsetSpec.latest());
    wanted.put(new TopicPartition("read", 1), OffsetSpec.lastStable());
    wanted.put(new TopicPartition("read", 9), OffsetSpec.latest());
    Outcomes<TopicPartition, PartitionOffset> found = get(admin.offsets().find(wanted));
    assertThat(found.of(first).orThrow().offset()).isEqualTo(3);
    assertThat(found.of(new TopicPartition("read", 1)).orThrow().offset()).isZero();
    assertThat(found.failures()).containsOnlyKeys(new TopicPartition("read", 9));
    PartitionOffset byTime =
        get(admin.offsets().find(first, OffsetSpec.at(Instant.ofEpochMilli(before))));
    assertThat(byTime.offset()).isZero();
    assertThat(byTime.leaderEpoch()).isGreaterThanOrEqualTo(0);
    assertThat(get(admin.offsets().find(first, OffsetSpec.maxTimestamp())).isFound()).isTrue();

    assertThat(get(admin.offsets().deleteRecords(Map.of(first, 2L))).of(first).orThrow())
        .isEqualTo(2);
    assertThat(get(admin.offsets().earliest(List.of(first))).of(first).orThrow().offset())
        .isEqualTo(2);
    assertThat(get(admin.offsets().deleteRecords(Map.of(first, 99L))).of(first).failure())
        .hasMessageContaining("OFFSET_OUT_OF_RANGE");
  }

  private static ProducerRecord<byte[], byte[]> record(int partition, String value) {
    return ProducerRecord.<byte[], byte[]>record("read", partition, value.getBytes(UTF_8))
        .withTimestampMs(System.currentTimeMillis());
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void groups_of_both_protocols(String protocol) throws Exception {
    String topic = "grouped-" + protocol;
    String group = "group-" + protocol;
    get(admin.topics().create(NewTopic.topic(topic, 2)));
    TopicPartition first = new TopicPartition(topic, 0);
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(group, protocol)) {
      consumer.subscribe(List.of(topic));
      while (consumer.assignment().size() < 2) {
        var unused = consumer.poll(Duration.ofMillis(100));
      }
      consumer.commitSync();

      GroupDescription described = get(admin.groups().describe(group));

      assertThat(described.type()).isEqualTo(GroupType.of(protocol));
      assertThat(described.state()).isEqualTo(GroupState.STABLE);
      assertThat(described.members())
          .singleElement()
          .satisfies(
              only -> {
                assertThat(only.topics()).containsExactly(topic);
                assertThat(only.assigned()).hasSize(2);
              });
      assertThat(get(admin.groups().list()).groups()).extracting(GroupListing::id).contains(group);
      assertRefused(admin.groups().delete(group), ErrorCode.NON_EMPTY_GROUP);
      assertThat(get(admin.groups().commit(group, Map.of(first, CommittedOffset.at(0)))).failures())
          .hasSize(1);
    }

    assertThat(
            get(admin.groups().commit(group, Map.of(first, new CommittedOffset(0, -1, "again"))))
                .orThrow())
        .isEmpty();
    assertThat(get(admin.groups().offsets(group))).containsKey(first);
    assertThat(get(admin.groups().offsets(group, List.of(first))).of(first).orThrow().metadata())
        .isEqualTo("again");
    get(admin.groups().delete(group));
    assertRefused(admin.groups().describe(group), ErrorCode.GROUP_ID_NOT_FOUND);
  }

  private KafkaConsumer<byte[], byte[]> consumer(String group, String protocol) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", kafka.bootstrapServers());
    properties.put("group.id", group);
    properties.put("group.protocol", protocol);
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "earliest");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Test
  @Scenario("L166")
  void the_cluster_tells_of_itself() throws Exception {
    ClusterDescription cluster = get(admin.describeCluster());

    assertThat(cluster.id()).isPresent();
    assertThat(cluster.controller()).hasValue(1);
    assertThat(cluster.brokers())
        .singleElement()
        .satisfies(only -> assertThat(only.port()).isEqualTo(kafka.nodes().get(0).port()));
    assertThat(cluster.features()).containsKey("metadata.version");
  }
}
