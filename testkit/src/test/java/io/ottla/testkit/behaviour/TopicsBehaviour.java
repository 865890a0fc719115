package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.CreatePartitionsRequest;
import io.ottla.protocol.message.CreatePartitionsRequest.CreatePartitionsAssignment;
import io.ottla.protocol.message.CreatePartitionsRequest.CreatePartitionsTopic;
import io.ottla.protocol.message.CreateTopicsRequest;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableReplicaAssignment;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopicConfig;
import io.ottla.protocol.message.CreateTopicsResponse.CreatableTopicResult;
import io.ottla.protocol.message.DeleteTopicsRequest;
import io.ottla.protocol.message.DeleteTopicsRequest.DeleteTopicState;
import io.ottla.protocol.message.DeleteTopicsResponse.DeletableTopicResult;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ProduceResponse.PartitionProduceResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Creating, deleting, recreating and growing topics. */
abstract class TopicsBehaviour extends Behaviour {
  private static final int CREATE = CreateTopicsRequest.HIGHEST_VERSION;
  private static final int DELETE = DeleteTopicsRequest.HIGHEST_VERSION;
  private static final int TIMEOUT_MS = 10_000;

  // ---- create

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7})
  void each_version_creates(int version) {
    CreatableTopic topic = plain();

    CreatableTopicResult created = create(topic.numPartitions(2), version);

    assertThat(error(created.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(created.name()).isEqualTo(topic.name());
    assertThat(created.numPartitions()).isEqualTo(version < 5 ? -1 : 2);
    assertThat(created.replicationFactor()).isEqualTo((short) (version < 5 ? -1 : 1));
    assertThat(created.topicId().equals(NO_ID)).isEqualTo(version < 7);
    awaitLeaders(new Topic(topic.name(), NO_ID), 2);
  }

  @Test
  void the_answer_tells_the_configs() {
    CreatableTopic topic =
        plain().configs(List.of(new CreatableTopicConfig().name("retention.ms").value("777")));

    CreatableTopicResult created = create(topic, CREATE);

    assertThat(present(created.configs()))
        .anyMatch(
            config ->
                config.name().equals("retention.ms")
                    && "777".equals(config.value())
                    && config.configSource() == 1)
        .anyMatch(
            config ->
                config.name().equals("cleanup.policy")
                    && "delete".equals(config.value())
                    && config.configSource() == 5);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 7})
  void minus_1_stands_for_the_brokers_defaults(int version) {
    CreatableTopic topic = plain().numPartitions(-1).replicationFactor((short) -1);

    assertThat(error(create(topic, version).errorCode())).isEqualTo(ErrorCode.NONE);
    awaitLeaders(new Topic(topic.name(), NO_ID), 1);
  }

  @Test
  void a_name_is_taken_once() {
    CreatableTopic topic = plain();
    create(topic, CREATE);

    assertThat(create(topic, CREATE))
        .satisfies(
            again ->
                assertThat(error(again.errorCode())).isEqualTo(ErrorCode.TOPIC_ALREADY_EXISTS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "with space", "slash/", "ümlaut"})
  void names_have_rules(String name) {
    assertThat(code(plain().name(name))).isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION);
  }

  @Test
  void names_have_a_length() {
    assertThat(code(plain().name("x".repeat(250)))).isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION);
  }

  @Test
  void names_that_differ_in_dot_and_underscore_collide() {
    String name = uniqueName("collides");
    create(plain().name(name + ".x"), CREATE);

    assertThat(code(plain().name(name + "_x"))).isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -2})
  void a_topic_has_partitions(int partitions) {
    assertThat(code(plain().numPartitions(partitions))).isEqualTo(ErrorCode.INVALID_PARTITIONS);
  }

  @ParameterizedTest
  @ValueSource(shorts = {0, -2, 9})
  void there_are_no_more_replicas_than_brokers(short replicas) {
    assertThat(code(plain().replicationFactor(replicas)))
        .isEqualTo(ErrorCode.INVALID_REPLICATION_FACTOR);
  }

  @Test
  void a_config_that_nobody_knows_is_invalid() {
    assertThat(
            code(plain().configs(List.of(new CreatableTopicConfig().name("no.such").value("1")))))
        .isEqualTo(ErrorCode.INVALID_CONFIG);
  }

  @Test
  void a_config_with_a_value_that_is_none_is_invalid() {
    assertThat(
            code(
                plain()
                    .configs(List.of(new CreatableTopicConfig().name("retention.ms").value("x")))))
        .isEqualTo(ErrorCode.INVALID_CONFIG);
  }

  @Test
  void replicas_may_be_placed_by_hand() {
    int broker = cluster().brokerIds().get(0);
    CreatableTopic topic = placed(List.of(assignment(0, broker), assignment(1, broker)));

    assertThat(code(topic)).isEqualTo(ErrorCode.NONE);
    awaitLeaders(new Topic(topic.name(), NO_ID), 2);
  }

  @Test
  void placing_by_hand_has_rules() {
    int broker = cluster().brokerIds().get(0);

    assertThat(code(placed(List.of(assignment(0, 99)))))
        .isEqualTo(ErrorCode.INVALID_REPLICA_ASSIGNMENT);
    assertThat(code(placed(List.of(assignment(1, broker)))))
        .isEqualTo(ErrorCode.INVALID_REPLICA_ASSIGNMENT);
    assertThat(code(placed(List.of(assignment(0, broker, broker)))))
        .isEqualTo(ErrorCode.INVALID_REPLICA_ASSIGNMENT);
    assertThat(code(placed(List.of(assignment(0, broker))).numPartitions(1)))
        .isEqualTo(ErrorCode.INVALID_REQUEST);
    assertThat(code(placed(List.of(assignment(0, broker))).replicationFactor((short) 1)))
        .isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @Test
  void validating_only_creates_nothing() {
    CreatableTopic topic = plain();
    CreateTopicsRequest request =
        new CreateTopicsRequest().topics(List.of(topic)).timeoutMs(TIMEOUT_MS).validateOnly(true);

    CreatableTopicResult validated = only(broker().ask(request).topics());

    assertThat(error(validated.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(error(describe(topic.name()).errorCode()))
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void the_same_topic_twice_in_one_request_is_an_error_once() {
    CreatableTopic topic = plain();
    CreateTopicsRequest request =
        new CreateTopicsRequest().topics(List.of(topic, topic)).timeoutMs(TIMEOUT_MS);

    assertThat(error(only(broker().ask(request).topics()).errorCode()))
        .isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  // ---- delete

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void up_to_version_5_topics_are_deleted_by_name(int version) {
    Topic topic = newTopic(1);

    DeletableTopicResult deleted =
        only(
            broker()
                .ask(
                    new DeleteTopicsRequest()
                        .timeoutMs(TIMEOUT_MS)
                        .topicNames(List.of(topic.name())),
                    version)
                .responses());

    assertThat(error(deleted.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(deleted.name()).isEqualTo(topic.name());
    awaitGone(topic);
  }

  @Test
  void from_version_6_on_topics_are_deleted_by_name_or_by_id() {
    Topic named = newTopic(1);
    Topic numbered = newTopic(1);

    DeletableTopicResult byName = delete(new DeleteTopicState().name(named.name()));
    DeletableTopicResult byId = delete(new DeleteTopicState().name(null).topicId(numbered.id()));

    assertThat(byName).isEqualTo(new DeletableTopicResult().name(named.name()).topicId(named.id()));
    assertThat(byId)
        .isEqualTo(new DeletableTopicResult().name(numbered.name()).topicId(numbered.id()));
    awaitGone(named);
    awaitGone(numbered);
  }

  @Test
  void what_is_not_there_is_not_deleted() {
    assertThat(error(delete(new DeleteTopicState().name(uniqueName("nowhere"))).errorCode()))
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    assertThat(
            error(delete(new DeleteTopicState().name(null).topicId(UUID.randomUUID())).errorCode()))
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID);
  }

  @Test
  void name_and_id_together_are_one_too_many() {
    Topic topic = newTopic(1);

    assertThat(
            error(
                delete(new DeleteTopicState().name(topic.name()).topicId(topic.id())).errorCode()))
        .isEqualTo(ErrorCode.INVALID_REQUEST);
  }

  @Test
  void a_topic_made_again_has_another_id_and_no_records() {
    Topic before = newTopic(1);
    append(before, TestBatch.ofSize(3));
    delete(new DeleteTopicState().name(before.name()));
    awaitGone(before);

    Topic after = create(plain().name(before.name()));

    assertThat(after.id()).isNotEqualTo(before.id());
    assertThat(endOffset(after)).isZero();
    assertThat(produce(before, TestBatch.of("late")))
        .isEqualTo(refused(ErrorCode.UNKNOWN_TOPIC_ID));
    PartitionProduceResponse byName = produce(before, TestBatch.of("a").bytes(), 12);
    assertThat(byName.baseOffset()).isZero();
  }

  // ---- grow

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void each_version_adds_partitions(int version) {
    Topic topic = newTopic(1);
    append(topic, TestBatch.of("a"));

    assertThat(
            grow(
                new CreatePartitionsTopic().assignments(null).name(topic.name()).count(3), version))
        .isEqualTo(ErrorCode.NONE);

    awaitLeaders(topic, 3);
    assertThat(endOffset(topic)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 1, 0, -1})
  void partitions_only_become_more(int count) {
    Topic topic = newTopic(2);

    assertThat(
            grow(new CreatePartitionsTopic().assignments(null).name(topic.name()).count(count), 3))
        .isEqualTo(ErrorCode.INVALID_PARTITIONS);
  }

  @Test
  void only_topics_that_are_there_grow() {
    assertThat(
            grow(
                new CreatePartitionsTopic().assignments(null).name(uniqueName("nowhere")).count(3),
                3))
        .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  }

  @Test
  void new_replicas_may_be_placed_by_hand() {
    Topic topic = newTopic(1);
    int broker = cluster().brokerIds().get(0);
    CreatePartitionsAssignment here = new CreatePartitionsAssignment().brokerIds(List.of(broker));
    CreatePartitionsTopic two =
        new CreatePartitionsTopic().assignments(null).name(topic.name()).count(2);

    assertThat(grow(two.assignments(List.of(here, here)), 3))
        .isEqualTo(ErrorCode.INVALID_REPLICA_ASSIGNMENT);
    assertThat(grow(two.assignments(List.of(here)), 3)).isEqualTo(ErrorCode.NONE);
  }

  private void awaitGone(Topic topic) {
    eventually(
        () ->
            assertThat(error(describe(topic.name()).errorCode()))
                .isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
  }

  private ErrorCode grow(CreatePartitionsTopic topic, int version) {
    CreatePartitionsRequest request =
        new CreatePartitionsRequest().timeoutMs(TIMEOUT_MS).topics(List.of(topic));
    return error(only(broker().ask(request, version).results()).errorCode());
  }

  private DeletableTopicResult delete(DeleteTopicState topic) {
    DeleteTopicsRequest request =
        new DeleteTopicsRequest().timeoutMs(TIMEOUT_MS).topics(List.of(topic));
    return only(broker().ask(request, DELETE).responses());
  }

  private ErrorCode code(CreatableTopic topic) {
    return error(create(topic, CREATE).errorCode());
  }

  private CreatableTopicResult create(CreatableTopic topic, int version) {
    CreateTopicsRequest request =
        new CreateTopicsRequest().topics(List.of(topic)).timeoutMs(TIMEOUT_MS);
    return only(broker().ask(request, version).topics());
  }

  private static CreatableTopic plain() {
    return new CreatableTopic()
        .name(uniqueName("made"))
        .numPartitions(1)
        .replicationFactor((short) 1);
  }

  private static CreatableTopic placed(List<CreatableReplicaAssignment> assignments) {
    return plain().numPartitions(-1).replicationFactor((short) -1).assignments(assignments);
  }

  private static CreatableReplicaAssignment assignment(int partition, Integer... brokers) {
    return new CreatableReplicaAssignment().partitionIndex(partition).brokerIds(List.of(brokers));
  }
}
