package io.ottla.internal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.Admin;
import io.ottla.admin.Completion;
import io.ottla.admin.CreatedTopic;
import io.ottla.admin.NewPartitions;
import io.ottla.admin.NewTopic;
import io.ottla.admin.Outcomes;
import io.ottla.admin.TopicDescription;
import io.ottla.error.AuthorizationException;
import io.ottla.error.OttlaException;
import io.ottla.error.RefusedException;
import io.ottla.error.TimeoutException;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataRequest;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.KafkaRelease;
import io.ottla.testkit.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Topics: created, deleted, described, listed, grown. */
final class TopicsTest extends AdminTestBase {
  @Test
  void a_created_topic_is_described_as_it_was_ordered() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder());
    Admin admin = admin(cluster);

    CreatedTopic created =
        get(
            admin
                .topics()
                .create(NewTopic.topic("orders", 3).withConfig("cleanup.policy", "compact")));

    assertThat(created.partitions()).isEqualTo(3);
    assertThat(created.id()).contains(cluster.topicId("orders"));
    TopicDescription described = get(admin.topics().describe("orders"));
    assertThat(described.id()).isEqualTo(created.id());
    assertThat(described.hasLeaders()).isTrue();
    assertThat(described.partitions())
        .extracting(TopicDescription.Partition::number)
        .containsExactly(0, 1, 2);
    assertThat(described.partitions().get(0).leader()).hasValue(1);
  }

  @Test
  void creation_is_done_when_the_topic_shows_with_leaders() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder());
    Admin admin = admin(cluster);
    cluster
        .on(ApiKey.METADATA)
        .where(MetadataRequest.class, TopicsTest::asksByName)
        .times(2, Fault.edit(MetadataResponse.class, TopicsTest::takeLeadersAway));

    get(admin.topics().create(NewTopic.topic("orders", 1)));

    assertThat(
            cluster
                .requests()
                .where(
                    seen ->
                        seen.api() == ApiKey.METADATA
                            && asksByName(seen.body(MetadataRequest.class))))
        .hasSize(3);
  }

  @Test
  void a_topic_that_gets_no_leader_is_told_of_when_time_is_up() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder());
    Admin admin = admin(cluster);
    assertThat(get(admin.topics().list())).isEmpty();
    cluster
        .on(ApiKey.METADATA)
        .where(MetadataRequest.class, TopicsTest::asksByName)
        .always(Fault.edit(MetadataResponse.class, TopicsTest::takeLeadersAway));

    assertFails(
            admin.within(Duration.ofSeconds(1)).topics().create(NewTopic.topic("orders", 1)),
            TimeoutException.class)
        .hasMessageContaining("[orders] were created, but do not all have leaders on broker 1")
        .hasMessageContaining("after 1000 ms");
    assertThat(cluster.topics()).containsExactly("orders");
  }

  @Test
  void one_failure_does_not_hide_the_others() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().topic("old", 1));
    Admin admin = admin(cluster);

    Outcomes<String, CreatedTopic> outcomes =
        get(
            admin
                .topics()
                .create(
                    List.of(
                        NewTopic.topic("new", 1),
                        NewTopic.topic("old", 1),
                        NewTopic.topic("a/b", 1),
                        NewTopic.topic("wide", 1).withReplicas(7))));

    assertThat(outcomes.items()).containsExactly("new", "old", "a/b", "wide");
    assertThat(outcomes.values()).containsOnlyKeys("new");
    assertThat(outcomes.failures()).containsOnlyKeys("old", "a/b", "wide");
    assertThat(outcomes.of("old").failure())
        .isExactlyInstanceOf(RefusedException.class)
        .hasMessageContaining("topic old not created: ")
        .hasMessageContaining("TOPIC_ALREADY_EXISTS from broker 1")
        .hasMessageContaining("choose another name");
    assertThat(code(outcomes, "old")).contains(ErrorCode.TOPIC_ALREADY_EXISTS);
    assertThat(code(outcomes, "a/b")).contains(ErrorCode.INVALID_TOPIC_EXCEPTION);
    assertThat(outcomes.failures().get("wide"))
        .hasMessageContaining("INVALID_REPLICATION_FACTOR")
        .hasMessageContaining("at most as many replicas as there are brokers");
    assertThatThrownBy(outcomes::orThrow).isSameAs(outcomes.of("old").failure());
  }

  private static void takeLeadersAway(MetadataResponse answer) {
    answer.topics().forEach(topic -> topic.partitions().forEach(lone -> lone.leaderId(-1)));
  }

  private static boolean asksByName(MetadataRequest request) {
    List<MetadataRequest.MetadataRequestTopic> topics = request.topics();
    return topics != null && !topics.isEmpty();
  }

  private static Optional<ErrorCode> code(Outcomes<String, CreatedTopic> outcomes, String item) {
    return Optional.ofNullable(outcomes.of(item).failure()).flatMap(OttlaException::errorCode);
  }

  @Test
  void a_single_topic_fails_its_future_with_the_exception_itself() throws Exception {
    Admin admin = admin(start(FakeCluster.builder().topic("orders", 1)));

    assertFails(admin.topics().create(NewTopic.topic("orders", 1)), RefusedException.class);
    assertThatThrownBy(
            () ->
                get(
                    admin
                        .topics()
                        .create(NewTopic.topic("orders", 1))
                        .whenComplete(
                            (done, failure) ->
                                assertThat(failure).isInstanceOf(RefusedException.class))))
        .hasRootCauseInstanceOf(RefusedException.class);
  }

  @Test
  void what_is_not_allowed_is_an_authorization_error_that_says_whom_to_ask() {
    FakeCluster cluster = start(FakeCluster.builder());
    cluster.on(ApiKey.CREATE_TOPICS).once(Fault.error(ErrorCode.TOPIC_AUTHORIZATION_FAILED));

    assertFails(
            admin(cluster).topics().create(NewTopic.topic("orders", 1)),
            AuthorizationException.class)
        .hasMessageContaining("topic orders not created: ")
        .hasMessageContaining("ask whoever runs the cluster to grant");
  }

  @Test
  void checking_creates_nothing() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder());

    Outcomes<String, CreatedTopic> outcomes =
        get(
            admin(cluster)
                .topics()
                .create(
                    List.of(NewTopic.topic("good", 1), NewTopic.topic("bad", 1).withReplicas(9)),
                    Completion.CHECK_ONLY));

    assertThat(outcomes.of("good").isDone()).isTrue();
    assertThat(outcomes.of("bad").isDone()).isFalse();
    assertThat(cluster.topics()).isEmpty();
  }

  @Test
  void partitions_lie_where_they_are_assigned() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().brokers(3));
    Admin admin = admin(cluster);

    get(
        admin
            .topics()
            .create(NewTopic.topic("orders").withPartitionOn(3, 1).withPartitionOn(2, 3)));

    assertThat(get(admin.topics().describe("orders")).partitions())
        .extracting(TopicDescription.Partition::replicas)
        .containsExactly(List.of(3, 1), List.of(2, 3));
  }

  @Test
  @Scenario("L164")
  void a_deleted_topic_is_gone_for_whoever_describes_it_next() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().topic("orders", 1).topic("kept", 1));
    Admin admin = admin(cluster);

    get(admin.topics().delete("orders"));

    assertFails(admin.topics().describe("orders"), RefusedException.class)
        .hasMessage(
            "topic orders not found: there is none (UNKNOWN_TOPIC_OR_PARTITION); check the name, or"
                + " create the topic first");
    assertThat(cluster.topics()).containsExactly("kept");
    assertFails(admin.topics().delete("orders"), RefusedException.class)
        .hasMessageContaining("topic orders not deleted");
  }

  @Test
  void deletion_by_id_spares_a_later_topic_of_the_same_name() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().topic("orders", 1));
    Admin admin = admin(cluster);
    UUID old = cluster.topicId("orders");
    cluster.recreateTopic("orders");

    assertThat(get(admin.topics().deleteById(Set.of(old))).of(old).failure())
        .hasMessageContaining("UNKNOWN_TOPIC_ID");
    assertThat(cluster.topics()).containsExactly("orders");
    UUID now = cluster.topicId("orders");
    assertThat(get(admin.topics().describeById(Set.of(now))).of(now).orThrow().name())
        .isEqualTo("orders");
    assertThat(get(admin.topics().deleteById(Set.of(now))).isAllDone()).isTrue();
    assertThat(cluster.topics()).isEmpty();
  }

  @Test
  void partitions_are_added_and_never_taken_away() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().topic("orders", 2));
    Admin admin = admin(cluster);

    assertThat(
            get(admin
                    .topics()
                    .addPartitions(List.of(NewPartitions.upTo("orders", 9)), Completion.CHECK_ONLY))
                .isAllDone())
        .isTrue();
    assertThat(get(admin.topics().describe("orders")).partitions()).hasSize(2);
    get(admin.topics().addPartitions("orders", 5));

    assertThat(get(admin.topics().describe("orders")).partitions()).hasSize(5);
    assertFails(admin.topics().addPartitions("orders", 3), RefusedException.class)
        .hasMessageContaining("INVALID_PARTITIONS");
    assertFails(admin.topics().addPartitions("none", 3), RefusedException.class)
        .hasMessageContaining("partitions of topic none not added");
  }

  @ParameterizedTest
  @EnumSource(
      value = KafkaRelease.class,
      names = {"V0_8_2", "V0_9_0", "V0_10_0", "V0_10_1", "V1_0", "V2_1", "V3_9", "V4_3"})
  void a_broker_of_any_age_lists_and_describes_and_creates_nothing_by_it(KafkaRelease release)
      throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().release(release).topic("b", 2).topic("a", 1));
    Admin admin = admin(cluster);

    assertThat(get(admin.topics().list()))
        .extracting(TopicDescription::name)
        .containsExactly("a", "b");
    Outcomes<String, TopicDescription> described =
        get(admin.topics().describe(List.of("b", "none")));
    assertThat(described.of("b").orThrow().partitions()).hasSize(2);
    assertThat(described.of("none").failure()).isExactlyInstanceOf(RefusedException.class);
    assertThat(cluster.topics()).containsExactlyInAnyOrder("a", "b");
    assertThat(described.of("b").orThrow().id().isPresent()).isEqualTo(release.hasTopicIds());
  }

  @ParameterizedTest
  @EnumSource(
      value = KafkaRelease.class,
      names = {"V0_10_1", "V1_0", "V2_1", "V2_8", "V3_9"})
  void topics_are_created_and_deleted_since_0_10_1(KafkaRelease release) throws Exception {
    FakeCluster cluster = start(release);
    Admin admin = admin(cluster);

    get(admin.topics().create(NewTopic.topic("orders", 2).withReplicas(1)));
    assertThat(get(admin.topics().describe("orders")).partitions()).hasSize(2);
    get(admin.topics().delete("orders"));

    assertThat(cluster.topics()).isEmpty();
  }

  @Test
  void what_an_old_broker_cannot_do_is_one_clear_error() {
    Admin oldest = admin(KafkaRelease.V0_10_0);
    assertFails(oldest.topics().create(NewTopic.topic("a", 1)), UnsupportedVersionException.class)
        .hasMessageStartingWith("topics not created: this needs Kafka 0.10.1 or newer (");
    assertFails(oldest.topics().delete("a"), UnsupportedVersionException.class)
        .hasMessageStartingWith("topics not deleted: this needs Kafka 0.10.1 or newer (");
    assertFails(oldest.topics().addPartitions("a", 2), UnsupportedVersionException.class)
        .hasMessageStartingWith("partitions not added: this needs Kafka 1.0 or newer (");
    assertFails(
            admin(KafkaRelease.V0_10_1)
                .topics()
                .create(List.of(NewTopic.topic("a", 1)), Completion.CHECK_ONLY),
            UnsupportedVersionException.class)
        .hasMessageStartingWith("topics not checked: this needs Kafka 0.10.2 or newer (");
    Admin withoutIds = admin(KafkaRelease.V2_1);
    assertFails(
            withoutIds.topics().describeById(Set.of(new UUID(1, 1))),
            UnsupportedVersionException.class)
        .hasMessageContaining("needs Kafka 3.1 or newer");
    assertFails(
            withoutIds.topics().deleteById(Set.of(new UUID(1, 1))),
            UnsupportedVersionException.class)
        .hasMessageContaining("needs Kafka 2.8 or newer");
  }

  @Test
  void a_name_twice_is_misuse() {
    Admin admin = admin(start(FakeCluster.builder()));

    assertThatThrownBy(
            () -> admin.topics().create(List.of(NewTopic.topic("a", 1), NewTopic.topic("a", 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("named twice");
  }
}
