package io.ottla.testkit.internal.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.JoinGroupResponse.JoinGroupResponseMember;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Members with an instance id (KIP-345), at our coordinator and at the real one. G84 L131 L132 */
abstract class StaticMembersRules extends GroupRules {
  StaticMembersRules(Coordination coordination) {
    super(coordination);
  }

  private Member fixed(String instanceId) {
    return member("client").asStatic(instanceId);
  }

  /** A stable group of two; the first leads. */
  private void stabilise(Member leader, Member follower) {
    leader.joinAlone();
    follower.beginJoin();
    leader.rejoin();
    follower.endJoin();
    leader.sendSync(Map.of(leader.id, "for one", follower.id, "for two")).await();
    follower.sendSync(Map.of()).await();
  }

  @Test
  void static_member_is_in_at_once_and_its_id_says_its_instance() {
    JoinGroupResponse joined = fixed("one").sendJoin().await();

    assertThat(error(joined)).isEqualTo(ErrorCode.NONE);
    assertThat(joined.memberId()).startsWith("one-");
    assertThat(joined.members())
        .extracting(JoinGroupResponseMember::groupInstanceId)
        .containsExactly("one");
  }

  @Test
  void follower_that_comes_back_keeps_its_assignment_and_disturbs_nobody() {
    Member leader = fixed("one");
    Member follower = fixed("two");
    stabilise(leader, follower);

    Member restarted = fixed("two");
    JoinGroupResponse joined = restarted.join();

    assertThat(error(joined)).isEqualTo(ErrorCode.NONE);
    assertThat(joined.memberId()).isNotEqualTo(follower.id);
    assertThat(joined.generationId()).isEqualTo(2);
    assertThat(joined.leader()).isEqualTo(leader.id);
    assertThat(joined.members()).isEmpty();
    assertThat(joined.skipAssignment()).isFalse();
    restarted.sendSync(Map.of());
    assertThat(restarted.assignment()).isEqualTo("for two");
    assertThat(leader.heartbeat()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void leader_that_comes_back_is_told_to_skip_the_assignment() {
    Member leader = fixed("one");
    Member follower = fixed("two");
    stabilise(leader, follower);

    Member restarted = fixed("one");
    JoinGroupResponse joined = restarted.join();

    assertThat(joined.generationId()).isEqualTo(2);
    assertThat(joined.leader()).isEqualTo(restarted.id);
    assertThat(joined.skipAssignment()).isTrue();
    assertThat(joined.members())
        .extracting(JoinGroupResponseMember::memberId)
        .containsExactlyInAnyOrder(restarted.id, follower.id);
    restarted.sendSync(Map.of());
    assertThat(restarted.assignment()).isEqualTo("for one");
    assertThat(follower.heartbeat()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void before_version_9_a_leader_that_comes_back_is_told_that_its_old_self_leads() {
    Member leader = fixed("one");
    stabilise(leader, fixed("two"));

    Member restarted = fixed("one");
    restarted.joinVersion = 8;
    JoinGroupResponse joined = restarted.join();

    assertThat(joined.leader()).isEqualTo(leader.id);
    assertThat(joined.members()).isEmpty();
  }

  @Test
  void who_holds_the_old_id_of_an_instance_is_fenced() {
    Member leader = fixed("one");
    Member follower = fixed("two");
    stabilise(leader, follower);

    fixed("two").join();

    assertThat(follower.heartbeat()).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
    assertThat(error(follower.sendJoin().await())).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
    assertThat(ErrorCode.of(follower.sendSync(Map.of()).await().errorCode()))
        .isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
    assertThat(follower.leave()).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
  }

  @Test
  void requests_that_the_old_one_waits_with_are_answered_as_fenced() {
    Member leader = fixed("one");
    Member follower = fixed("two");
    stabilise(leader, follower);
    follower.topic = "payments";
    follower.beginJoin();
    leader.awaitRebalance();

    Member restarted = fixed("two").beginJoin();

    assertThat(error(follower.endJoin())).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
    assertThat(leader.join().generationId()).isEqualTo(3);
    assertThat(restarted.endJoin().generationId()).isEqualTo(3);

    restarted.sendSync(Map.of());
    leader.heartbeat();
    fixed("two").beginJoin();
    assertThat(ErrorCode.of(restarted.endSync().errorCode()))
        .isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
  }

  @Test
  void coming_back_while_the_leader_assigns_begins_a_rebalance() {
    Member leader = fixed("one");
    leader.joinAlone();
    Member follower = fixed("two").beginJoin();
    leader.rejoin();
    follower.endJoin();

    Member restarted = fixed("two").beginJoin();

    assertThat(leader.rejoin().generationId()).isEqualTo(3);
    assertThat(restarted.endJoin().generationId()).isEqualTo(3);
  }

  @Test
  void coming_back_with_a_protocol_that_changes_the_choice_begins_a_rebalance() {
    Member leader = fixed("one");
    leader.protocols = List.of("range", "sticky");
    Member follower = fixed("two");
    follower.protocols = List.of("range", "sticky");
    stabilise(leader, follower);

    Member restarted = fixed("two");
    restarted.protocols = List.of("sticky");
    restarted.beginJoin();

    assertThat(leader.rejoin().protocolName()).isEqualTo("sticky");
    assertThat(restarted.endJoin().protocolName()).isEqualTo("sticky");
  }

  @Test
  void static_member_that_misses_a_rebalance_stays_in_until_its_session_ends() {
    Member leader = fixed("one");
    leader.rebalanceTimeoutMs = 300;
    leader.sessionTimeoutMs = 6_000;
    leader.joinAlone();
    Member second = member("dynamic");
    second.rebalanceTimeoutMs = 300;

    JoinGroupResponse joined = second.join();

    assertThat(joined.generationId()).isEqualTo(2);
    assertThat(joined.leader()).isEqualTo(second.id);
    assertThat(joined.members())
        .extracting(JoinGroupResponseMember::memberId)
        .containsExactlyInAnyOrder(leader.id, second.id);
  }

  @Test
  void member_may_come_back_with_its_id_and_its_instance() {
    Member leader = fixed("one");
    leader.joinAlone();

    assertThat(leader.join().generationId()).isEqualTo(2); // as a leader it has begun a rebalance
  }

  @Test
  void instance_that_nobody_has_is_unknown() {
    Member member = fixed("one");
    member.joinAlone();
    Member other = fixed("two");
    other.id = member.id;
    other.generation = 1;

    assertThat(other.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(error(other.sendJoin().await())).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    other.id = "";
    assertThat(other.leave()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void administrator_removes_a_static_member_by_its_instance() {
    Member leader = fixed("one");
    Member follower = fixed("two");
    stabilise(leader, follower);
    Member administrator = fixed("two");

    assertThat(administrator.leave()).isEqualTo(ErrorCode.NONE);

    assertThat(follower.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(leader.rejoin().members()).hasSize(1);
  }

  @Test
  void pending_member_with_an_instance_is_something_that_cannot_be() {
    Member member = member("client");
    member.id = member.sendJoin().await().memberId();
    member.asStatic("one");

    JoinGroupResponse refused = member.sendJoin().await();

    assertThat(error(refused)).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
    assertThat(refused.memberId()).isEmpty();
  }

  @Test
  void coming_back_ends_a_rebalance_that_only_waits_for_this_member() {
    Member leader = fixed("one");
    Member follower = fixed("two");
    stabilise(leader, follower);
    leader.beginJoin();
    follower.awaitRebalance();

    Member restarted = fixed("two");

    assertThat(restarted.join().generationId()).isEqualTo(3);
    assertThat(leader.endJoin().members()).hasSize(2);
  }

  @Test
  void leader_that_has_come_back_leads_the_next_generation_too() {
    Member leader = fixed("one");
    Member follower = fixed("two");
    stabilise(leader, follower);
    Member restarted = fixed("one");
    restarted.join();

    follower.topic = "payments";
    follower.beginJoin();

    assertThat(restarted.rejoin().leader()).isEqualTo(restarted.id);
    assertThat(follower.endJoin().members()).isEmpty();
  }

  @Test
  void instance_that_has_left_comes_back_as_a_new_member() {
    Member leader = fixed("one");
    Member follower = fixed("two");
    stabilise(leader, follower);
    assertThat(follower.leave()).isEqualTo(ErrorCode.NONE);
    leader.rejoin();
    leader.sendSync(Map.of()).await();

    Member again = fixed("two").beginJoin();

    assertThat(leader.rejoin().generationId()).isEqualTo(4);
    assertThat(again.endJoin().generationId()).isEqualTo(4);
  }
}
