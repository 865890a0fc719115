package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataRequest.MetadataRequestTopic;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseBroker;
import io.ottla.protocol.message.MetadataResponse.MetadataResponsePartition;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseTopic;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What brokers tell of the cluster and its topics. */
abstract class MetadataBehaviour extends Behaviour {
  private static final int NEWEST = MetadataRequest.HIGHEST_VERSION;
  private static final int NOT_ASKED_FOR = Integer.MIN_VALUE;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13})
  void each_version_tells_brokers_and_partitions(int version) {
    Topic topic = newTopic(2);
    int broker = cluster().brokerIds().get(0);

    MetadataResponse answer = ask(byName(topic.name()), version);

    MetadataResponseBroker only = only(answer.brokers());
    assertThat(only.nodeId()).isEqualTo(broker);
    assertThat(only.port()).isEqualTo(cluster().address(broker).getPort());
    assertThat(answer.controllerId()).isEqualTo(version < 1 ? -1 : broker);
    assertThat(answer.clusterId() == null).isEqualTo(version < 2);
    MetadataResponseTopic told = only(answer.topics());
    assertThat(told.name()).isEqualTo(topic.name());
    assertThat(told.topicId()).isEqualTo(version < 10 ? NO_ID : topic.id());
    assertThat(told.errorCode()).isZero();
    assertThat(told.isInternal()).isFalse();
    assertThat(told.topicAuthorizedOperations()).isEqualTo(NOT_ASKED_FOR);
    assertThat(told.partitions())
        .containsExactlyInAnyOrder(
            partition(0, broker, version < 7 ? -1 : 0), partition(1, broker, version < 7 ? -1 : 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 13})
  void no_list_asks_for_all_topics_and_an_empty_one_for_none(int version) {
    Topic topic = newTopic(1);

    MetadataResponse all = ask(new MetadataRequest().topics(null), version);
    MetadataResponse none = ask(new MetadataRequest().topics(List.of()), version);

    assertThat(all.topics()).extracting(MetadataResponseTopic::name).contains(topic.name());
    assertThat(none.topics()).isEmpty();
    assertThat(none.brokers()).isNotEmpty();
  }

  @Test
  void in_version_0_an_empty_list_asks_for_all_topics() {
    Topic topic = newTopic(1);

    assertThat(ask(new MetadataRequest().topics(List.of()), 0).topics())
        .extracting(MetadataResponseTopic::name)
        .contains(topic.name());
  }

  @Test
  void topics_can_be_asked_for_by_id() {
    Topic topic = newTopic(1);

    MetadataResponseTopic told = only(ask(byId(topic.id()), NEWEST).topics());

    assertThat(told.name()).isEqualTo(topic.name());
    assertThat(told.partitions()).hasSize(1);
  }

  @Test
  void an_id_that_nobody_knows_is_told_without_name() {
    UUID nowhere = UUID.randomUUID();

    assertThat(only(ask(byId(nowhere), NEWEST).topics()))
        .isEqualTo(
            new MetadataResponseTopic()
                .errorCode(ErrorCode.UNKNOWN_TOPIC_ID.code())
                .name(null)
                .topicId(nowhere)
                .topicAuthorizedOperations(NOT_ASKED_FOR));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 9, 13})
  void a_topic_is_not_made_if_it_must_not_be(int version) {
    String nowhere = uniqueName("nowhere");

    MetadataResponseTopic told = only(ask(byName(nowhere), version).topics());

    assertThat(told)
        .isEqualTo(
            new MetadataResponseTopic()
                .errorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code())
                .name(nowhere)
                .topicAuthorizedOperations(NOT_ASKED_FOR));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 13})
  void a_topic_is_made_when_it_is_asked_for(int version) {
    String name = uniqueName("wished");
    MetadataRequest request = byName(name).allowAutoTopicCreation(true);

    ErrorCode first = error(only(ask(request, version).topics()).errorCode());

    assertThat(first).isIn(ErrorCode.LEADER_NOT_AVAILABLE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    eventually(
        () -> {
          MetadataResponseTopic told = only(ask(request, version).topics());
          assertThat(error(told.errorCode())).isEqualTo(ErrorCode.NONE);
          assertThat(told.partitions()).hasSize(1);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 13})
  void a_name_that_cannot_be_is_told_and_not_made(int version) {
    MetadataRequest request = byName("no/topic").allowAutoTopicCreation(true);

    assertThat(error(only(ask(request, version).topics()).errorCode()))
        .isEqualTo(ErrorCode.INVALID_TOPIC_EXCEPTION);
  }

  @Test
  void allowed_operations_are_told_if_asked_for() {
    Topic topic = newTopic(1);
    MetadataRequest request = byName(topic.name()).includeTopicAuthorizedOperations(true);

    int operations = only(ask(request, NEWEST).topics()).topicAuthorizedOperations();

    assertThat(Integer.toBinaryString(operations)).isEqualTo("110111111000");
  }

  @Test
  void allowed_operations_of_the_cluster_are_told_in_versions_8_to_10() {
    MetadataRequest request =
        new MetadataRequest().topics(List.of()).includeClusterAuthorizedOperations(true);

    assertThat(Integer.toBinaryString(ask(request, 10).clusterAuthorizedOperations()))
        .isEqualTo("1111110100000");
  }

  @Test
  void topics_are_told_each_for_itself() {
    Topic topic = newTopic(1);
    String nowhere = uniqueName("nowhere");
    MetadataRequest request = byName(topic.name());
    request.topics(
        List.of(
            new MetadataRequestTopic().name(topic.name()),
            new MetadataRequestTopic().name(nowhere)));

    assertThat(ask(request, NEWEST).topics())
        .extracting(MetadataResponseTopic::name, told -> error(told.errorCode()))
        .containsExactlyInAnyOrder(
            tuple(topic.name(), ErrorCode.NONE),
            tuple(nowhere, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
  }

  private MetadataResponse ask(MetadataRequest request, int version) {
    return broker().ask(version < 4 ? request.allowAutoTopicCreation(true) : request, version);
  }

  private static MetadataRequest byName(String topic) {
    return new MetadataRequest()
        .allowAutoTopicCreation(false)
        .topics(List.of(new MetadataRequestTopic().name(topic)));
  }

  private static MetadataRequest byId(UUID id) {
    return new MetadataRequest()
        .allowAutoTopicCreation(false)
        .topics(List.of(new MetadataRequestTopic().name(null).topicId(id)));
  }

  private static MetadataResponsePartition partition(int index, int leader, int leaderEpoch) {
    return new MetadataResponsePartition()
        .partitionIndex(index)
        .leaderId(leader)
        .leaderEpoch(leaderEpoch)
        .replicaNodes(List.of(leader))
        .isrNodes(List.of(leader));
  }
}
