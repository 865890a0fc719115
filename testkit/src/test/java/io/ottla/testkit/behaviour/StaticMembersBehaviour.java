package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.LeaveGroupRequest;
import io.ottla.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.ottla.protocol.message.LeaveGroupResponse;
import io.ottla.protocol.message.SyncGroupResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Members of classic groups that keep their place over a restart (KIP-345). */
abstract class StaticMembersBehaviour extends Behaviour {
  private final String group = uniqueName("group");

  @BeforeEach
  void awaitCoordinator() {
    Coordinators.await(broker(), group);
    Coordinators.awaitLoaded(broker(), group);
  }

  @Test
  void a_static_member_need_not_come_twice() {
    GroupMember member = member("a");

    JoinGroupResponse joined = member.join();

    assertThat(joined.memberId()).startsWith("a-");
    assertThat(only(joined.members()).groupInstanceId()).isEqualTo("a");
  }

  @Test
  void a_static_member_that_comes_again_without_id_takes_its_place_without_a_rebalance() {
    GroupMember before = member("a").becomeOnlyMember();
    GroupMember after = member("a");

    JoinGroupResponse joined = after.join();
    SyncGroupResponse synced = after.sync(Map.of());

    assertThat(joined.generationId()).isEqualTo(1);
    assertThat(joined.memberId()).isNotEqualTo(before.memberId());
    assertThat(synced.assignment()).isEqualTo(GroupMember.bytes("all"));
  }

  @Test
  void whose_place_was_taken_is_fenced() {
    GroupMember before = member("a").becomeOnlyMember();
    member("a").join();

    assertThat(before.heartbeat()).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
    assertThat(error(before.sync(Map.of()).errorCode())).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
    assertThat(error(only(before.leave().members()).errorCode()))
        .isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
    before.beginJoin();
    assertThat(error(before.endJoin().errorCode())).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
  }

  @Test
  void a_static_member_with_other_protocols_begins_a_rebalance() {
    member("a").becomeOnlyMember();

    assertThat(member("a").protocols("two", "one").join().generationId()).isEqualTo(2);
  }

  @Test
  void an_instance_that_nobody_knows_is_no_member() {
    member("a").becomeOnlyMember();
    GroupMember stranger = member("b").memberId("stranger").generation(1);

    assertThat(stranger.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void a_static_member_may_be_sent_away_by_its_instance() {
    GroupMember member = member("a").becomeOnlyMember();

    LeaveGroupResponse left =
        broker()
            .ask(
                new LeaveGroupRequest()
                    .groupId(group)
                    .members(
                        List.of(
                            new MemberIdentity().groupInstanceId("a"),
                            new MemberIdentity().groupInstanceId("b"))));

    assertThat(left.members())
        .extracting(who -> error(who.errorCode()))
        .containsExactly(ErrorCode.NONE, ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(member.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  private GroupMember member(String instance) {
    return new GroupMember(anotherConnection(), group).instance(instance);
  }
}
