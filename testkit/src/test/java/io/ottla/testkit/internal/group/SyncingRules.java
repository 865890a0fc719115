package io.ottla.testkit.internal.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.SyncGroupResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a generation gets its assignments, at our coordinator and at the real one. */
abstract class SyncingRules extends GroupRules {
  SyncingRules(Coordination coordination) {
    super(coordination);
  }

  private static ErrorCode error(SyncGroupResponse response) {
    return ErrorCode.of(response.errorCode());
  }

  /** A group of two whose leader has not assigned. */
  private void joinTogether(Member leader, Member follower) {
    leader.joinAlone();
    follower.beginJoin();
    leader.rejoin();
    follower.endJoin();
  }

  @Test
  void followers_wait_for_what_the_leader_assigns() {
    Member leader = member("a");
    Member follower = member("b");
    joinTogether(leader, follower);

    follower.sendSync(Map.of());
    SyncGroupResponse ofLeader =
        leader.sendSync(Map.of(leader.id, "for a", follower.id, "for b")).await();

    assertThat(ofLeader.assignment()).isEqualTo(Member.bytes("for a"));
    assertThat(ofLeader.protocolType()).isEqualTo("consumer");
    assertThat(ofLeader.protocolName()).isEqualTo("range");
    assertThat(follower.assignment()).isEqualTo("for b");
    follower.sendSync(Map.of());
    assertThat(follower.assignment()).isEqualTo("for b");
  }

  @Test
  void whom_the_leader_forgets_gets_an_empty_assignment() {
    Member leader = member("a");
    Member follower = member("b");
    joinTogether(leader, follower);

    leader.sendSync(Map.of(leader.id, "all", "nobody", "much"));
    follower.sendSync(Map.of());

    assertThat(leader.assignment()).isEqualTo("all");
    assertThat(follower.assignment()).isEmpty();
  }

  @Test
  void sync_that_does_not_fit_is_refused() {
    Member member = member("a");
    assertThat(error(member.sendSync(Map.of()).await())).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    member.join();

    assertThat(error(member.sync("connect", "range", List.of()).await()))
        .isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(error(member.sync("consumer", "sticky", List.of()).await()))
        .isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(error(member.sync(null, "range", List.of()).await()))
        .isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(error(member.sync("consumer", null, List.of()).await()))
        .isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    member.generation = 2;
    assertThat(error(member.sendSync(Map.of()).await())).isEqualTo(ErrorCode.ILLEGAL_GENERATION);
    member.generation = 1;
    String id = member.id;
    member.id = "nobody";
    assertThat(error(member.sendSync(Map.of()).await())).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    member.id = id;
    assertThat(error(member.sendSync(Map.of()).await())).isEqualTo(ErrorCode.NONE);
    Member nameless = new Member(coordination, "a", "");
    assertThat(error(nameless.sendSync(Map.of()).await())).isEqualTo(ErrorCode.INVALID_GROUP_ID);
  }

  @Test
  void heartbeat_that_does_not_fit_is_refused() {
    // G73 L143
    Member member = member("a");
    assertThat(member.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    member.join();
    assertThat(member.heartbeat()).isEqualTo(ErrorCode.NONE);
    member.generation = 2;
    assertThat(member.heartbeat()).isEqualTo(ErrorCode.ILLEGAL_GENERATION);
    member.id = "nobody";
    assertThat(member.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(new Member(coordination, "a", "").heartbeat()).isEqualTo(ErrorCode.INVALID_GROUP_ID);
  }

  @Test
  void rebalance_sends_those_who_wait_for_assignments_back_to_join() {
    Member leader = member("a");
    Member follower = member("b");
    joinTogether(leader, follower);
    follower.sendSync(Map.of());
    member("c").beginJoin();

    assertThat(error(follower.endSync())).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    assertThat(error(leader.sendSync(Map.of()).await())).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
  }

  @Test
  void members_that_do_not_sync_in_time_are_out() {
    Member leader = member("a");
    leader.rebalanceTimeoutMs = 400;
    Member follower = member("b");
    follower.rebalanceTimeoutMs = 400;
    joinTogether(leader, follower);

    follower.sendSync(Map.of());

    assertThat(error(follower.endSync())).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    assertThat(leader.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(follower.join().leader()).isEqualTo(follower.id);
  }

  @Test
  void leader_that_joins_again_from_elsewhere_takes_back_what_it_has_not_assigned() {
    Member leader = member("a");
    Member follower = member("b");
    joinTogether(leader, follower);
    follower.sendSync(Map.of());
    leader.topic = "payments";

    leader.beginJoin();

    assertThat(error(follower.endSync())).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    assertThat(follower.join().generationId()).isEqualTo(3);
    assertThat(leader.endJoin().members()).hasSize(2);
  }
}
