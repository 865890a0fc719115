package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ConsumerGroupDescribeRequest;
import io.ottla.protocol.message.ConsumerGroupDescribeResponse.DescribedGroup;
import io.ottla.protocol.message.ConsumerGroupDescribeResponse.Member;
import io.ottla.protocol.message.ConsumerGroupHeartbeatRequest;
import io.ottla.protocol.message.ConsumerGroupHeartbeatResponse;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.ottla.protocol.message.DescribeGroupsRequest;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ListGroupsRequest;
import io.ottla.protocol.message.ListGroupsResponse.ListedGroup;
import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetFetchRequest;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups to which the coordinator assigns (KIP-848). */
abstract class ConsumerGroupBehaviour extends Behaviour {
  private final String group = uniqueName("group");

  @BeforeEach
  void awaitCoordinator() {
    Coordinators.await(broker(), group);
    Coordinators.awaitLoaded(broker(), group);
  }

  // ---- join and leave

  @Test
  void the_first_member_is_assigned_all_at_once() {
    Topic topic = newTopic(3);
    ConsumerMember member = member(topic);

    ConsumerGroupHeartbeatResponse joined = member.heartbeat();

    assertThat(joined.memberId()).isEqualTo(member.memberId());
    assertThat(joined.memberEpoch()).isPositive();
    assertThat(joined.heartbeatIntervalMs()).isEqualTo(5_000);
    assertThat(member.owned()).containsExactly(0, 1, 2);
  }

  @Test
  void in_version_0_the_coordinator_gives_the_id() {
    ConsumerGroupHeartbeatRequest request = member(newTopic(1)).memberId("").full();

    ConsumerGroupHeartbeatResponse joined = broker().ask(request, 0);

    assertThat(error(joined.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(joined.memberId()).isNotEmpty();
  }

  @Test
  void what_has_not_changed_is_not_told_again() {
    ConsumerMember member = member(newTopic(2));
    ConsumerGroupHeartbeatResponse joined = member.heartbeat();

    ConsumerGroupHeartbeatResponse owning = member.heartbeat();
    ConsumerGroupHeartbeatResponse silent = member.send(member.next());

    assertThat(owning.assignment()).isNull();
    assertThat(silent.assignment()).isNull();
    assertThat(silent.memberEpoch()).isEqualTo(joined.memberEpoch());
  }

  @Test
  void a_second_member_gets_what_the_first_gives_up() {
    Topic topic = newTopic(4);
    ConsumerMember first = member(topic);
    first.heartbeat();
    first.heartbeat();
    ConsumerMember second = member(topic);

    eventually(
        () -> {
          first.heartbeat();
          second.heartbeat();
          assertThat(second.owned()).hasSize(2);
        });

    assertThat(first.owned()).hasSize(2).doesNotContainAnyElementsOf(second.owned());
    eventually(
        () -> {
          first.heartbeat();
          assertThat(first.epoch()).isEqualTo(second.epoch());
        });
  }

  @Test
  void until_the_first_has_given_up_the_second_waits() {
    Topic topic = newTopic(2);
    ConsumerMember first = member(topic);
    first.heartbeat();
    first.heartbeat();
    ConsumerMember second = member(topic);
    second.heartbeat();

    second.heartbeat();
    second.heartbeat();

    assertThat(second.owned()).isEmpty();
  }

  @Test
  void what_a_member_leaves_the_others_get() {
    Topic topic = newTopic(2);
    ConsumerMember first = member(topic);
    first.heartbeat();
    first.heartbeat();
    ConsumerMember second = member(topic);
    second.heartbeat();

    ConsumerGroupHeartbeatResponse left = first.leave(-1);

    assertThat(left.memberEpoch()).isEqualTo(-1);
    eventually(
        () -> {
          second.heartbeat();
          assertThat(second.owned()).containsExactly(0, 1);
        });
  }

  @Test
  void who_has_left_is_not_known_any_more() {
    ConsumerMember member = member(newTopic(1));
    member.heartbeat();
    int epoch = member.epoch();
    member.leave(-1);

    ConsumerGroupHeartbeatResponse late = member.send(member.epoch(epoch).next());

    assertThat(error(late.errorCode())).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void a_member_may_join_again_with_its_id() {
    ConsumerMember member = member(newTopic(2));
    member.heartbeat();

    member.epoch(0).heartbeat();

    assertThat(member.owned()).containsExactly(0, 1);
  }

  // ---- fencing

  @Test
  void epochs_are_checked() {
    ConsumerMember member = member(newTopic(1));
    member.heartbeat();
    int epoch = member.epoch();

    assertThat(error(member.send(member.epoch(epoch + 1).next()).errorCode()))
        .isEqualTo(ErrorCode.FENCED_MEMBER_EPOCH);
    assertThat(error(member.send(member.memberId("stranger").next()).errorCode()))
        .isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void a_heartbeat_to_a_group_that_is_not_there_finds_none() {
    ConsumerMember member = member(newTopic(1)).epoch(4);

    assertThat(error(member.send(member.next()).errorCode()))
        .isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);
  }

  // ---- static members

  @Test
  void a_static_member_that_is_away_keeps_its_partitions() {
    Topic topic = newTopic(2);
    ConsumerMember before = member(topic).instance("a");
    before.heartbeat();
    before.heartbeat();
    ConsumerGroupHeartbeatResponse left = before.leave(-2);
    ConsumerMember after = member(topic).instance("a");

    after.heartbeat();

    assertThat(left.memberEpoch()).isEqualTo(-2);
    assertThat(after.owned()).containsExactly(0, 1);
  }

  @Test
  void a_static_member_that_has_not_left_is_in_the_way() {
    Topic topic = newTopic(1);
    member(topic).instance("a").heartbeat();
    ConsumerMember other = member(topic).instance("a");

    assertThat(error(other.send(other.full()).errorCode()))
        .isEqualTo(ErrorCode.UNRELEASED_INSTANCE_ID);
  }

  // ---- requests that say nonsense

  @Test
  void a_request_to_join_says_all() {
    expect(ErrorCode.INVALID_REQUEST, request -> request.rebalanceTimeoutMs(-1));
    expect(ErrorCode.INVALID_REQUEST, request -> request.subscribedTopicNames(null));
    expect(ErrorCode.INVALID_REQUEST, request -> request.topicPartitions(null));
    expect(ErrorCode.INVALID_REQUEST, request -> request.groupId(""));
    expect(ErrorCode.INVALID_REQUEST, request -> request.memberId(""));
    expect(ErrorCode.INVALID_REQUEST, request -> request.instanceId(""));
    expect(ErrorCode.INVALID_REQUEST, request -> request.rackId(""));
    expect(ErrorCode.INVALID_REQUEST, request -> request.memberEpoch(-3));
    expect(ErrorCode.INVALID_REQUEST, request -> request.memberEpoch(-2));
    expect(ErrorCode.UNSUPPORTED_ASSIGNOR, request -> request.serverAssignor("no such"));
    expect(
        ErrorCode.INVALID_REGULAR_EXPRESSION,
        request -> request.subscribedTopicNames(null).subscribedTopicRegex("["));
  }

  @ParameterizedTest
  @ValueSource(strings = {"uniform", "range"})
  void both_assignors_are_there(String assignor) {
    ConsumerMember member = member(newTopic(2));

    ConsumerGroupHeartbeatResponse joined = member.send(member.full().serverAssignor(assignor));

    assertThat(error(joined.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(describe().assignorName()).isEqualTo(assignor);
  }

  // ---- subscriptions

  @Test
  void a_pattern_is_resolved_by_the_coordinator() {
    Topic topic = newTopic(2);
    ConsumerMember member = member(topic);
    ConsumerGroupHeartbeatResponse joined =
        member.send(
            member.full().subscribedTopicNames(null).subscribedTopicRegex(topic.name() + ".*"));
    member.epoch(joined.memberEpoch());

    eventually(
        () -> {
          member.heartbeat();
          assertThat(member.owned()).containsExactly(0, 1);
        });
  }

  @Test
  void a_topic_that_comes_later_is_assigned_then() {
    Topic later = new Topic(uniqueName("later"), NO_ID);
    ConsumerMember member = member(later);
    ConsumerGroupHeartbeatResponse joined = member.heartbeat();
    assertThat(present(joined.assignment()).topicPartitions()).isEmpty();

    create(new CreatableTopic().name(later.name()).numPartitions(1).replicationFactor((short) 1));

    eventually(
        () -> {
          ConsumerGroupHeartbeatResponse told = member.send(member.next());
          assertThat(error(told.errorCode())).isEqualTo(ErrorCode.NONE);
          member.epoch(told.memberEpoch());
          assertThat(told.assignment()).isNotNull();
        });
  }

  // ---- offsets

  @Test
  void a_member_commits_in_its_epoch() {
    Topic topic = newTopic(1);
    ConsumerMember member = member(topic);
    member.heartbeat();
    int epoch = member.epoch();

    assertThat(commitAs(member.memberId(), epoch, topic, 9)).isEqualTo(ErrorCode.NONE);
    assertThat(commitAs(member.memberId(), epoch + 1, topic, 9))
        .isEqualTo(ErrorCode.STALE_MEMBER_EPOCH);
    assertThat(commitAs("stranger", epoch, topic, 9)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(commitAs("", -1, topic, 9)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void in_old_versions_a_member_of_a_new_group_cannot_commit() {
    Topic topic = newTopic(1);
    ConsumerMember member = member(topic);
    member.heartbeat();

    assertThat(commitAs(member.memberId(), member.epoch(), topic, 8))
        .isEqualTo(ErrorCode.UNSUPPORTED_VERSION);
  }

  @Test
  void a_member_fetches_in_its_epoch() {
    Topic topic = newTopic(1);
    ConsumerMember member = member(topic);
    member.heartbeat();
    commitAs(member.memberId(), member.epoch(), topic, 9);

    assertThat(fetchAs(member.memberId(), member.epoch(), topic)).isEqualTo(ErrorCode.NONE);
    assertThat(fetchAs(member.memberId(), member.epoch() + 1, topic))
        .isEqualTo(ErrorCode.STALE_MEMBER_EPOCH);
    assertThat(fetchAs("stranger", member.epoch(), topic)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(Offsets.committed(broker(), Offsets.fetch(group, topic, 0, 9), 9).committedOffset())
        .isEqualTo(5);
  }

  // ---- describe

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void each_version_describes(int version) {
    Topic topic = newTopic(2);
    ConsumerMember member = member(topic);
    member.heartbeat();
    member.heartbeat();

    DescribedGroup told =
        only(
            broker()
                .ask(new ConsumerGroupDescribeRequest().groupIds(List.of(group)), version)
                .groups());

    assertThat(error(told.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(told.groupState()).isEqualTo("Stable");
    assertThat(told.groupEpoch()).isEqualTo(member.epoch());
    assertThat(told.assignmentEpoch()).isEqualTo(member.epoch());
    assertThat(told.assignorName()).isEqualTo("uniform");
    Member described = only(told.members());
    assertThat(described.memberId()).isEqualTo(member.memberId());
    assertThat(described.clientId()).isEqualTo("behaviour");
    assertThat(described.clientHost()).isEqualTo("/127.0.0.1");
    assertThat(described.subscribedTopicNames()).containsExactly(topic.name());
    assertThat(only(described.assignment().topicPartitions()).partitions())
        .containsExactlyInAnyOrder(0, 1);
    assertThat(only(described.targetAssignment().topicPartitions()).topicName())
        .isEqualTo(topic.name());
    assertThat(described.memberType()).isEqualTo((byte) (version < 1 ? -1 : 1));
  }

  @Test
  void a_group_that_is_not_there_is_not_described() {
    assertThat(error(describe().errorCode())).isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);
  }

  @Test
  void a_classic_group_is_not_described_as_a_new_one_nor_the_other_way() {
    new GroupMember(anotherConnection(), group).becomeOnlyMember();
    String other = uniqueName("group");
    ConsumerMember member = new ConsumerMember(broker(), other, newTopic(1));
    member.heartbeat();

    assertThat(error(describe().errorCode())).isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);
    assertThat(
            error(
                only(broker().ask(new DescribeGroupsRequest().groups(List.of(other)), 6).groups())
                    .errorCode()))
        .isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);
  }

  @Test
  void a_new_group_is_listed_as_one() {
    member(newTopic(1)).heartbeat();

    ListedGroup listed =
        broker().ask(new ListGroupsRequest().typesFilter(List.of("consumer"))).groups().stream()
            .filter(told -> told.groupId().equals(group))
            .findFirst()
            .orElseThrow();

    assertThat(listed.groupType()).isEqualTo("consumer");
    assertThat(listed.protocolType()).isEqualTo("consumer");
    assertThat(listed.groupState()).isIn("Stable", "Reconciling");
  }

  // ---- both protocols

  @Test
  void a_member_of_another_type_does_not_join_a_new_group() {
    member(newTopic(1)).heartbeat();
    GroupMember classic = new GroupMember(anotherConnection(), group);

    assertThat(error(classic.connection().ask(classic.joinRequest()).errorCode()))
        .isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  }

  @Test
  void a_live_classic_group_of_another_type_does_not_become_new() {
    new GroupMember(anotherConnection(), group).becomeOnlyMember();
    ConsumerMember member = member(newTopic(1));

    assertThat(error(member.send(member.full()).errorCode()))
        .isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);
  }

  @Test
  void an_empty_classic_group_becomes_new_and_keeps_its_offsets() {
    Topic topic = newTopic(1);
    Offsets.send(broker(), Offsets.commit(group, topic, 0, 7, "", 9), 9);

    member(topic).heartbeat();

    assertThat(describe().groupState()).isIn("Stable", "Reconciling");
    assertThat(Offsets.committed(broker(), Offsets.fetch(group, topic, 0, 9), 9).committedOffset())
        .isEqualTo(7);
  }

  private ConsumerMember member(Topic topic) {
    if (!topic.id().equals(NO_ID)) {
      awaitKnownToCoordinator(topic);
    }
    return new ConsumerMember(broker(), group, topic);
  }

  /**
   * A real coordinator hears of a topic a little later than who leads it, and then assigns it only
   * when it next computes a target. Each stranger is alone in a group and is assigned at once.
   */
  private void awaitKnownToCoordinator(Topic topic) {
    eventually(
        () -> {
          ConsumerMember stranger = new ConsumerMember(broker(), uniqueName("stranger"), topic);
          stranger.heartbeat();
          List<Integer> owned = stranger.owned();
          stranger.leave(-1);
          assertThat(owned).isNotEmpty();
        });
  }

  private void expect(ErrorCode why, UnaryOperator<ConsumerGroupHeartbeatRequest> change) {
    ConsumerGroupHeartbeatRequest request = change.apply(member(new Topic("any", NO_ID)).full());

    ConsumerGroupHeartbeatResponse answer = broker().ask(request);

    assertThat(error(answer.errorCode())).as(request.toString()).isEqualTo(why);
  }

  private DescribedGroup describe() {
    return only(broker().ask(new ConsumerGroupDescribeRequest().groupIds(List.of(group))).groups());
  }

  private ErrorCode commitAs(String memberId, int epoch, Topic topic, int version) {
    OffsetCommitRequest request =
        Offsets.commit(group, topic, 0, 5, "", version)
            .memberId(memberId)
            .generationIdOrMemberEpoch(epoch);
    return Offsets.send(broker(), request, version);
  }

  private ErrorCode fetchAs(String memberId, int epoch, Topic topic) {
    OffsetFetchRequest request = Offsets.fetch(group, topic, 0, 9);
    only(request.groups()).memberId(memberId).memberEpoch(epoch);
    return error(only(broker().ask(request, 9).groups()).errorCode());
  }
}
