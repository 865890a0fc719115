package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.DescribeGroupsRequest;
import io.ottla.protocol.message.DescribeGroupsResponse.DescribedGroup;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.JoinGroupResponse.JoinGroupResponseMember;
import io.ottla.protocol.message.LeaveGroupRequest;
import io.ottla.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.ottla.protocol.message.LeaveGroupResponse;
import io.ottla.protocol.message.LeaveGroupResponse.MemberResponse;
import io.ottla.protocol.message.SyncGroupRequest;
import io.ottla.protocol.message.SyncGroupResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups whose members assign among themselves: join, sync, heartbeat, leave. */
abstract class ClassicGroupBehaviour extends Behaviour {
  private final String group = uniqueName("group");

  @BeforeEach
  void awaitCoordinator() {
    Coordinators.await(broker(), group);
    Coordinators.awaitLoaded(broker(), group);
  }

  // ---- join

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7, 8, 9})
  void who_joins_without_an_id_is_given_one_and_must_come_again(int version) {
    JoinGroupRequest request = member().joinRequest();

    JoinGroupResponse refused = broker().ask(request, version);
    JoinGroupResponse joined = broker().ask(request.memberId(refused.memberId()), version);

    assertThat(error(refused.errorCode())).isEqualTo(ErrorCode.MEMBER_ID_REQUIRED);
    assertThat(refused.memberId()).startsWith("behaviour-");
    assertThat(refused.generationId()).isEqualTo(-1);
    assertThat(error(joined.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(joined.memberId()).isEqualTo(refused.memberId());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void before_version_4_who_joins_without_an_id_is_a_member_at_once(int version) {
    JoinGroupResponse joined = broker().ask(member().joinRequest(), version);

    assertThat(error(joined.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(joined.memberId()).startsWith("behaviour-");
    assertThat(joined.generationId()).isEqualTo(1);
  }

  @Test
  void the_first_member_leads_and_is_told_the_members() {
    GroupMember member = member();

    JoinGroupResponse joined = member.join();

    assertThat(joined)
        .isEqualTo(
            new JoinGroupResponse()
                .generationId(1)
                .protocolType(GroupMember.TYPE)
                .protocolName("one")
                .leader(member.memberId())
                .memberId(member.memberId())
                .members(
                    List.of(
                        new JoinGroupResponseMember()
                            .memberId(member.memberId())
                            .metadata(GroupMember.bytes("knows one")))));
  }

  @Test
  void only_the_leader_is_told_the_members() {
    GroupMember leader = member().becomeOnlyMember();
    GroupMember follower = member();

    follower.beginJoin();
    awaitRebalance(leader);
    leader.beginJoin();

    JoinGroupResponse ofLeader = leader.endJoin();
    JoinGroupResponse ofFollower = follower.endJoin();
    assertThat(ofLeader.members()).hasSize(2);
    assertThat(ofFollower.members()).isEmpty();
    assertThat(ofFollower.leader()).isEqualTo(leader.memberId());
    assertThat(ofLeader.generationId()).isEqualTo(2);
    assertThat(ofFollower.generationId()).isEqualTo(2);
  }

  @Test
  void the_protocol_is_one_that_all_know() {
    GroupMember leader = member().protocols("one", "both").becomeOnlyMember();
    GroupMember follower = member().protocols("both", "other");

    follower.beginJoin();
    awaitRebalance(leader);
    leader.beginJoin();

    assertThat(leader.endJoin().protocolName()).isEqualTo("both");
    assertThat(follower.endJoin().protocolName()).isEqualTo("both");
  }

  @Test
  void who_has_no_protocol_in_common_is_not_let_in() {
    member().protocols("one").becomeOnlyMember();
    JoinGroupRequest request = member().protocols("other").joinRequest();

    JoinGroupResponse refused = anotherConnection().ask(request);

    assertThat(refused)
        .isEqualTo(
            new JoinGroupResponse()
                .errorCode(ErrorCode.INCONSISTENT_GROUP_PROTOCOL.code())
                .generationId(-1)
                .protocolType(null)
                .protocolName(null)
                .members(List.of()));
  }

  @Test
  void a_group_is_of_one_type() {
    member().becomeOnlyMember();

    JoinGroupResponse refused =
        anotherConnection().ask(member().joinRequest().protocolType("connect"));

    assertThat(error(refused.errorCode())).isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  }

  @Test
  void a_member_that_nobody_knows_is_not_let_in() {
    JoinGroupResponse refused = broker().ask(member().joinRequest().memberId("stranger"));

    assertThat(error(refused.errorCode())).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(refused.memberId()).isEqualTo("stranger");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5_999, 1_800_001})
  void a_session_timeout_out_of_range_is_refused(int timeoutMs) {
    JoinGroupResponse refused = broker().ask(member().joinRequest().sessionTimeoutMs(timeoutMs));

    assertThat(error(refused.errorCode())).isEqualTo(ErrorCode.INVALID_SESSION_TIMEOUT);
  }

  @Test
  void a_group_without_name_is_invalid() {
    JoinGroupResponse refused = broker().ask(member().joinRequest().groupId(""));

    assertThat(error(refused.errorCode())).isEqualTo(ErrorCode.INVALID_GROUP_ID);
  }

  @Test
  void a_member_without_protocols_is_refused() {
    JoinGroupResponse refused = broker().ask(member().joinRequest().protocols(List.of()));

    assertThat(error(refused.errorCode())).isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  }

  @Test
  void a_follower_that_joins_again_unchanged_is_told_the_same_generation() {
    GroupMember leader = member();
    GroupMember follower = member();
    together(leader, follower);

    assertThat(follower.join().generationId()).isEqualTo(2);
    assertThat(leader.heartbeat()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void a_leader_that_joins_again_begins_a_rebalance() {
    GroupMember leader = member().becomeOnlyMember();

    assertThat(leader.join().generationId()).isEqualTo(2);
  }

  @Test
  void a_follower_that_joins_with_other_metadata_begins_a_rebalance() {
    GroupMember leader = member();
    GroupMember follower = member();
    together(leader, follower);

    follower.protocols("one", "two").beginJoin();
    awaitRebalance(leader);
    leader.beginJoin();

    assertThat(leader.endJoin().generationId()).isEqualTo(3);
    assertThat(follower.endJoin().generationId()).isEqualTo(3);
  }

  // ---- sync

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void each_version_of_sync_tells_the_leaders_assignment(int version) {
    GroupMember member = member();
    member.join();
    SyncGroupRequest request = member.syncRequest(Map.of(member.memberId(), "all"));

    SyncGroupResponse synced = broker().ask(request, version);

    assertThat(error(synced.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(synced.assignment()).isEqualTo(GroupMember.bytes("all"));
    assertThat(synced.protocolName()).isEqualTo(version < 5 ? null : "one");
    assertThat(synced.protocolType()).isEqualTo(version < 5 ? null : GroupMember.TYPE);
  }

  @Test
  void followers_wait_for_the_leaders_assignment() {
    GroupMember leader = member();
    GroupMember follower = member();
    joinBoth(leader, follower);

    follower.beginSync(Map.of());
    leader.beginSync(Map.of(leader.memberId(), "first", follower.memberId(), "second"));

    assertThat(leader.endSync().assignment()).isEqualTo(GroupMember.bytes("first"));
    assertThat(follower.endSync().assignment()).isEqualTo(GroupMember.bytes("second"));
  }

  @Test
  void who_is_assigned_nothing_is_told_nothing() {
    GroupMember member = member();
    member.join();

    SyncGroupResponse synced = member.sync(Map.of());

    assertThat(error(synced.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(synced.assignment()).isEmpty();
  }

  @Test
  void once_assigned_sync_tells_it_again() {
    GroupMember member = member().becomeOnlyMember();

    assertThat(member.sync(Map.of(member.memberId(), "other")).assignment())
        .isEqualTo(GroupMember.bytes("all"));
  }

  @Test
  void sync_checks_who_asks_and_of_which_generation() {
    GroupMember member = member().becomeOnlyMember();

    assertThat(error(member.generation(9).sync(Map.of()).errorCode()))
        .isEqualTo(ErrorCode.ILLEGAL_GENERATION);
    assertThat(error(member.generation(1).memberId("stranger").sync(Map.of()).errorCode()))
        .isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void sync_checks_the_protocol() {
    GroupMember member = member();
    member.join();
    SyncGroupRequest request = member.syncRequest(Map.of());

    assertThat(error(broker().ask(request.protocolName("other")).errorCode()))
        .isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(error(broker().ask(request.protocolName("one").protocolType("x")).errorCode()))
        .isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  }

  @Test
  void sync_during_a_rebalance_sends_back_to_join() {
    GroupMember leader = member().becomeOnlyMember();
    GroupMember follower = member();
    follower.beginJoin();
    awaitRebalance(leader);

    assertThat(error(leader.sync(Map.of()).errorCode())).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
  }

  @Test
  void a_rebalance_that_begins_meanwhile_ends_the_wait_for_the_assignment() {
    GroupMember leader = member();
    GroupMember follower = member();
    joinBoth(leader, follower);

    follower.beginSync(Map.of());
    leader.leave();

    assertThat(error(follower.endSync().errorCode())).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
  }

  // ---- heartbeat

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4})
  void each_version_of_heartbeat_is_answered(int version) {
    assertThat(member().becomeOnlyMember().heartbeat(version)).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void heartbeat_checks_who_asks_and_of_which_generation() {
    GroupMember member = member().becomeOnlyMember();

    assertThat(member.generation(9).heartbeat()).isEqualTo(ErrorCode.ILLEGAL_GENERATION);
    assertThat(member.generation(0).heartbeat()).isEqualTo(ErrorCode.ILLEGAL_GENERATION);
    assertThat(member.generation(1).memberId("stranger").heartbeat())
        .isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void heartbeat_to_a_group_that_is_not_there_knows_no_member() {
    HeartbeatRequest request =
        new HeartbeatRequest().groupId(uniqueName("nowhere")).generationId(1).memberId("m");

    assertThat(error(broker().ask(request).errorCode())).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void heartbeat_between_join_and_sync_is_fine() {
    GroupMember member = member();
    member.join();

    assertThat(member.heartbeat()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void heartbeat_tells_of_a_rebalance() {
    GroupMember leader = member().becomeOnlyMember();
    GroupMember follower = member();

    follower.beginJoin();

    awaitRebalance(leader);
    leader.join();
    assertThat(error(follower.endJoin().errorCode())).isEqualTo(ErrorCode.NONE);
  }

  // ---- leave

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void before_version_3_one_member_leaves_at_a_time(int version) {
    GroupMember member = member().becomeOnlyMember();

    LeaveGroupResponse left =
        broker().ask(new LeaveGroupRequest().groupId(group).memberId(member.memberId()), version);

    assertThat(left).isEqualTo(new LeaveGroupResponse());
    assertThat(describe().groupState()).isEqualTo("Empty");
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5})
  void from_version_3_on_each_who_leaves_is_answered(int version) {
    GroupMember member = member().becomeOnlyMember();

    LeaveGroupResponse left =
        broker()
            .ask(
                new LeaveGroupRequest()
                    .groupId(group)
                    .members(
                        List.of(
                            new MemberIdentity().memberId(member.memberId()),
                            new MemberIdentity().memberId("stranger"))),
                version);

    assertThat(left.errorCode()).isZero();
    assertThat(left.members())
        .containsExactly(
            new MemberResponse().memberId(member.memberId()).groupInstanceId(null),
            new MemberResponse()
                .memberId("stranger")
                .groupInstanceId(null)
                .errorCode(ErrorCode.UNKNOWN_MEMBER_ID.code()));
  }

  @Test
  void an_unknown_member_cannot_leave_before_version_3() {
    member().becomeOnlyMember();

    LeaveGroupResponse left =
        broker().ask(new LeaveGroupRequest().groupId(group).memberId("stranger"), 2);

    assertThat(error(left.errorCode())).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void those_who_stay_are_sent_to_join_again() {
    GroupMember leader = member();
    GroupMember follower = member();
    together(leader, follower);

    assertThat(only(leader.leave().members()).errorCode()).isZero();

    assertThat(follower.heartbeat()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    JoinGroupResponse alone = follower.join();
    assertThat(alone.leader()).isEqualTo(follower.memberId());
    assertThat(alone.generationId()).isEqualTo(3);
  }

  @Test
  void who_has_left_is_not_known_any_more() {
    GroupMember member = member().becomeOnlyMember();
    member.leave();

    assertThat(member.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void who_does_not_come_to_the_rebalance_in_time_is_out() {
    GroupMember leader = member().rebalanceTimeoutMs(50).becomeOnlyMember();
    GroupMember follower = member().rebalanceTimeoutMs(50);

    JoinGroupResponse joined = follower.join();

    assertThat(joined.leader()).isEqualTo(follower.memberId());
    assertThat(joined.members()).hasSize(1);
    assertThat(leader.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  private GroupMember member() {
    return new GroupMember(anotherConnection(), group);
  }

  /** Has both join one generation, the second. */
  private void joinBoth(GroupMember leader, GroupMember follower) {
    leader.becomeOnlyMember();
    follower.beginJoin();
    awaitRebalance(leader);
    leader.beginJoin();
    assertThat(error(leader.endJoin().errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(error(follower.endJoin().errorCode())).isEqualTo(ErrorCode.NONE);
  }

  private void together(GroupMember leader, GroupMember follower) {
    joinBoth(leader, follower);
    follower.beginSync(Map.of());
    leader.beginSync(Map.of(leader.memberId(), "first", follower.memberId(), "second"));
    assertThat(error(leader.endSync().errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(error(follower.endSync().errorCode())).isEqualTo(ErrorCode.NONE);
  }

  /** The other member's request to join is on its way over another connection. */
  private static void awaitRebalance(GroupMember member) {
    eventually(() -> assertThat(member.heartbeat()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS));
  }

  private DescribedGroup describe() {
    return only(broker().ask(new DescribeGroupsRequest().groups(List.of(group)), 5).groups());
  }
}
