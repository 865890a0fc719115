package io.ottla.internal.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.Admin;
import io.ottla.Broker;
import io.ottla.Ottla;
import io.ottla.admin.CommittedOffset;
import io.ottla.admin.GroupDescription;
import io.ottla.admin.GroupFilter;
import io.ottla.admin.GroupListing;
import io.ottla.admin.GroupState;
import io.ottla.admin.GroupType;
import io.ottla.admin.Outcomes;
import io.ottla.admin.TopicPartition;
import io.ottla.error.AuthorizationException;
import io.ottla.error.RefusedException;
import io.ottla.error.UnsupportedVersionException;
import io.ottla.protocol.WireWriter;
import io.ottla.protocol.message.ApiKey;
import io.ottla.protocol.message.ConsumerGroupHeartbeatRequest;
import io.ottla.protocol.message.ConsumerProtocolAssignment;
import io.ottla.protocol.message.ConsumerProtocolSubscription;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.Message;
import io.ottla.protocol.message.SyncGroupRequest;
import io.ottla.testkit.fake.FakeCluster;
import io.ottla.testkit.fake.Fault;
import io.ottla.testkit.fake.KafkaRelease;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups: listed, described, deleted; what they committed. */
final class GroupsTest extends AdminTestBase {
  private static final TopicPartition FIRST = new TopicPartition("orders", 0);
  private static final TopicPartition SECOND = new TopicPartition("orders", 1);

  private FakeCluster committed(KafkaRelease release) {
    FakeCluster cluster = start(FakeCluster.builder().release(release).topic("orders", 2));
    cluster.group("billing").commit("orders", 0, 42, "noted");
    return cluster;
  }

  /** A group that exists because somebody committed for it. */
  private static void found(Admin admin) throws Exception {
    assertThat(
            get(admin.groups().commit("billing", Map.of(FIRST, CommittedOffset.at(42))))
                .isAllDone())
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = KafkaRelease.class,
      names = {"V0_11_0", "V1_0", "V2_1", "V3_9", "V4_3"})
  void what_a_group_committed_is_told_by_brokers_of_any_age(KafkaRelease release) throws Exception {
    Admin admin = admin(committed(release));

    assertThat(get(admin.groups().offsets("billing")))
        .containsOnlyKeys(FIRST)
        .extractingByKey(FIRST)
        .satisfies(
            offset -> {
              assertThat(offset.offset()).isEqualTo(42);
              assertThat(offset.metadata()).isEqualTo("noted");
            });
    Outcomes<TopicPartition, CommittedOffset> some =
        get(admin.groups().offsets("billing", List.of(FIRST, SECOND)));
    assertThat(some.of(FIRST).orThrow().offset()).isEqualTo(42);
    assertThat(some.of(SECOND)).isEqualTo(io.ottla.admin.Outcome.of(null));
    assertThat(get(admin.groups().offsets("nobody"))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = KafkaRelease.class,
      names = {"V0_9_0", "V1_0", "V2_1", "V4_3"})
  void offsets_are_committed_for_a_group_without_members(KafkaRelease release) throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().release(release).topic("orders", 2));
    Admin admin = admin(cluster);
    TopicPartition none = new TopicPartition("none", 0);

    Outcomes<TopicPartition, Void> outcomes =
        get(
            admin
                .groups()
                .commit(
                    "billing",
                    Map.of(
                        FIRST,
                        new CommittedOffset(7, -1, "why"),
                        SECOND,
                        CommittedOffset.at(8),
                        none,
                        CommittedOffset.at(9))));

    assertThat(outcomes.failures()).containsOnlyKeys(none);
    assertThat(cluster.group("billing").committed("orders", 0)).hasValue(7);
    assertThat(cluster.group("billing").committedMetadata("orders", 0)).isEqualTo("why");
    assertThat(cluster.group("billing").committed("orders", 1)).hasValue(8);
  }

  @Test
  void a_classic_group_is_described_with_its_members() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().topic("orders", 2));
    Admin admin = admin(cluster);
    try (Broker member =
        Ottla.broker("127.0.0.1", cluster.broker(1).port(), o -> o.clientId("till-7"))) {
      joinClassic(member);

      GroupDescription group = get(admin.groups().describe("billing"));

      assertThat(group.type()).isEqualTo(GroupType.CLASSIC);
      assertThat(group.state()).isEqualTo(GroupState.STABLE);
      assertThat(group.protocolType()).isEqualTo("consumer");
      assertThat(group.assignor()).isEqualTo("range");
      assertThat(group.coordinator()).isEqualTo(1);
      assertThat(group.members())
          .singleElement()
          .satisfies(
              only -> {
                assertThat(only.clientId()).isEqualTo("till-7");
                assertThat(only.topics()).containsExactly("orders");
                assertThat(only.assigned()).containsExactly(FIRST, SECOND);
                assertThat(only.target()).isEqualTo(only.assigned());
              });
      assertFails(admin.groups().delete("billing"), RefusedException.class)
          .hasMessageContaining("NON_EMPTY_GROUP")
          .hasMessageContaining("stop the group's members first");
      assertThat(
              get(admin.groups().commit("billing", Map.of(FIRST, CommittedOffset.at(1))))
                  .of(FIRST)
                  .failure())
          .hasMessageContaining("not committed")
          .hasMessageContaining("stop the group's members first");
    }
  }

  private static void joinClassic(Broker member) throws Exception {
    JoinGroupRequest join =
        new JoinGroupRequest()
            .groupId("billing")
            .memberId("")
            .protocolType("consumer")
            .sessionTimeoutMs(20_000)
            .rebalanceTimeoutMs(20_000)
            .protocols(
                List.of(
                    new JoinGroupRequest.JoinGroupRequestProtocol()
                        .name("range")
                        .metadata(
                            bytes(new ConsumerProtocolSubscription().topics(List.of("orders"))))));
    JoinGroupResponse named = get(member.request(join));
    JoinGroupResponse joined = get(member.request(join.memberId(named.memberId())));
    ConsumerProtocolAssignment assignment =
        new ConsumerProtocolAssignment()
            .assignedPartitions(
                List.of(
                    new ConsumerProtocolAssignment.TopicPartition()
                        .topic("orders")
                        .partitions(List.of(0, 1))));
    get(
        member.request(
            new SyncGroupRequest()
                .groupId("billing")
                .memberId(joined.memberId())
                .generationId(joined.generationId())
                .protocolType("consumer")
                .protocolName("range")
                .assignments(
                    List.of(
                        new SyncGroupRequest.SyncGroupRequestAssignment()
                            .memberId(joined.memberId())
                            .assignment(bytes(assignment))))));
  }

  /** As members write it: the version, then the message. */
  private static byte[] bytes(Message message) {
    WireWriter out = WireWriter.gathering();
    out.writeInt16((short) 1);
    message.write(out, 1);
    ByteBuffer all = ByteBuffer.allocate(1024);
    out.segments().forEach(all::put);
    byte[] bytes = new byte[all.flip().remaining()];
    all.get(bytes);
    return bytes;
  }

  @Test
  void a_group_of_kip_848_is_described_with_its_members() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().topic("orders", 2));
    Admin admin = admin(cluster);
    try (Broker member = Ottla.broker("127.0.0.1", cluster.broker(1).port())) {
      get(
          member.request(
              new ConsumerGroupHeartbeatRequest()
                  .groupId("billing")
                  .memberId("member-1")
                  .memberEpoch(0)
                  .rebalanceTimeoutMs(20_000)
                  .subscribedTopicNames(List.of("orders"))
                  .topicPartitions(List.of())));

      GroupDescription group = get(admin.groups().describe("billing"));

      assertThat(group.type()).isEqualTo(GroupType.CONSUMER);
      assertThat(group.epoch()).isPositive();
      assertThat(group.members())
          .singleElement()
          .satisfies(
              only -> {
                assertThat(only.id()).isEqualTo("member-1");
                assertThat(only.topics()).containsExactly("orders");
                assertThat(only.target()).containsExactly(FIRST, SECOND);
              });
      assertThat(get(admin.groups().list(GroupFilter.of(GroupType.CONSUMER))).groups())
          .extracting(GroupListing::id)
          .containsExactly("billing");
      assertThat(get(admin.groups().list(GroupFilter.of(GroupType.CLASSIC))).groups()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = KafkaRelease.class,
      names = {"V0_10_1", "V1_1", "V2_6", "V3_9", "V4_3"})
  void groups_are_listed_and_described_by_brokers_of_any_age(KafkaRelease release)
      throws Exception {
    Admin admin = admin(start(FakeCluster.builder().release(release).topic("orders", 2)));
    found(admin);

    assertThat(get(admin.groups().list()).groups())
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.id()).isEqualTo("billing");
              assertThat(group.coordinator()).isEqualTo(1);
            });
    assertThat(get(admin.groups().describe("billing")).state()).isEqualTo(GroupState.EMPTY);
    assertFails(admin.groups().describe("nobody"), RefusedException.class)
        .hasMessageContaining("group nobody not described")
        .hasMessageContaining("GROUP_ID_NOT_FOUND");
  }

  @Test
  void groups_are_chosen_by_state() throws Exception {
    Admin admin = admin(start(FakeCluster.builder().topic("orders", 2)));
    found(admin);

    assertThat(get(admin.groups().list(GroupFilter.in(GroupState.EMPTY))).groups()).hasSize(1);
    assertThat(get(admin.groups().list(GroupFilter.in(GroupState.STABLE))).groups()).isEmpty();
  }

  @Test
  void a_group_is_deleted_with_what_it_committed() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().topic("orders", 2));
    Admin admin = admin(cluster);
    found(admin);

    Outcomes<String, Void> outcomes = get(admin.groups().delete(List.of("billing", "nobody")));

    assertThat(outcomes.of("billing").isDone()).isTrue();
    assertThat(outcomes.of("nobody").failure()).hasMessageContaining("GROUP_ID_NOT_FOUND");
    assertThat(cluster.groups()).isEmpty();
  }

  @Test
  void what_an_old_broker_cannot_do_is_one_clear_error() {
    Admin admin = admin(committed(KafkaRelease.V0_10_1));
    assertFails(admin.groups().offsets("billing"), UnsupportedVersionException.class)
        .hasMessageContaining("this needs Kafka 0.10.2 or newer");
    assertFails(admin.groups().delete("billing"), UnsupportedVersionException.class)
        .hasMessageStartingWith("groups not deleted: this needs Kafka 1.1 or newer");
    assertFails(
            admin.groups().list(GroupFilter.in(GroupState.EMPTY)),
            UnsupportedVersionException.class)
        .hasMessageStartingWith("groups not listed: this needs Kafka 2.6 to choose them by state");
    assertFails(
            admin.groups().list(GroupFilter.of(GroupType.CLASSIC)),
            UnsupportedVersionException.class)
        .hasMessageStartingWith("groups not listed: this needs Kafka 3.8 to choose them by type");
    Admin oldest = admin(start(KafkaRelease.V0_8_2));
    assertFails(oldest.groups().list(), UnsupportedVersionException.class)
        .hasMessageStartingWith("groups not listed: this needs Kafka 0.9 or newer");
    assertFails(oldest.groups().describe("billing"), UnsupportedVersionException.class)
        .hasMessageStartingWith("groups not described: this needs Kafka 0.9 or newer");
  }

  @Test
  void what_is_not_allowed_is_an_authorization_error() {
    FakeCluster cluster = committed(KafkaRelease.newest());
    Admin admin = admin(cluster);
    for (ApiKey api :
        List.of(
            ApiKey.LIST_GROUPS,
            ApiKey.CONSUMER_GROUP_DESCRIBE,
            ApiKey.DELETE_GROUPS,
            ApiKey.OFFSET_FETCH)) {
      cluster.on(api).once(Fault.error(ErrorCode.GROUP_AUTHORIZATION_FAILED));
    }

    assertFails(admin.groups().list(), AuthorizationException.class);
    assertFails(admin.groups().describe("billing"), AuthorizationException.class);
    assertFails(admin.groups().delete("billing"), AuthorizationException.class);
    assertFails(admin.groups().offsets("billing"), AuthorizationException.class);
  }

  @Test
  void a_coordinator_that_loads_is_asked_again() throws Exception {
    FakeCluster cluster = start(FakeCluster.builder().topic("orders", 2));
    Admin admin = admin(cluster);
    found(admin);
    cluster.on(ApiKey.LIST_GROUPS).once(Fault.error(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS));

    assertThat(get(admin.groups().list()).groups()).hasSize(1);
    assertThat(cluster.requests().count(ApiKey.LIST_GROUPS)).isEqualTo(2);
  }
}
