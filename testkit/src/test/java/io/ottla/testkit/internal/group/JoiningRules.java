package io.ottla.testkit.internal.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.JoinGroupResponse.JoinGroupResponseMember;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How members come into a generation, at our coordinator and at the real one. */
abstract class JoiningRules extends GroupRules {
  JoiningRules(Coordination coordination) {
    super(coordination);
  }

  @Test
  void newcomer_comes_back_with_the_id_that_it_is_given() {
    for (int version : new int[] {4, 6, 7, 9}) {
      Member member = new Member(coordination, "client", group + version);
      member.joinVersion = version;

      JoinGroupResponse refused = member.sendJoin().await();

      assertThat(error(refused)).isEqualTo(ErrorCode.MEMBER_ID_REQUIRED);
      assertThat(refused.memberId()).startsWith("client-").hasSize("client-".length() + 36);
      assertThat(refused.generationId()).isEqualTo(-1);
      assertThat(refused.protocolName()).isEqualTo(version < 7 ? "" : null);
      assertThat(refused.protocolType()).isNull();
      assertThat(refused.leader()).isEmpty();

      member.id = refused.memberId();
      JoinGroupResponse joined = member.sendJoin().await();

      assertThat(error(joined)).isEqualTo(ErrorCode.NONE);
      assertThat(joined.memberId()).isEqualTo(refused.memberId());
      assertThat(joined.leader()).isEqualTo(refused.memberId());
      assertThat(joined.generationId()).isEqualTo(1);
      assertThat(joined.protocolName()).isEqualTo("range");
      assertThat(joined.protocolType()).isEqualTo(version < 7 ? null : "consumer");
      assertThat(joined.skipAssignment()).isFalse();
      assertThat(joined.members())
          .containsExactly(
              new JoinGroupResponseMember()
                  .memberId(member.id)
                  .metadata(Member.subscription("orders")));
    }
  }

  @Test
  void before_version_4_a_newcomer_is_in_at_once() {
    Member member = member("old");
    member.joinVersion = 3;

    JoinGroupResponse joined = member.sendJoin().await();

    assertThat(error(joined)).isEqualTo(ErrorCode.NONE);
    assertThat(joined.memberId()).startsWith("old-").isEqualTo(joined.leader());
    assertThat(joined.generationId()).isEqualTo(1);
  }

  @Test
  void requests_that_make_no_sense_are_refused() {
    Member unknown = member("c");
    unknown.id = "nobody";
    JoinGroupResponse toNoGroup = unknown.sendJoin().await();
    assertThat(error(toNoGroup)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(toNoGroup.memberId()).isEqualTo("nobody");

    Member nameless = new Member(coordination, "c", "");
    assertThat(error(nameless.sendJoin().await())).isEqualTo(ErrorCode.INVALID_GROUP_ID);

    Member tooShort = member("c");
    tooShort.sessionTimeoutMs = MIN_SESSION_TIMEOUT_MS - 1;
    assertThat(error(tooShort.sendJoin().await())).isEqualTo(ErrorCode.INVALID_SESSION_TIMEOUT);
    tooShort.sessionTimeoutMs = 1_800_001;
    assertThat(error(tooShort.sendJoin().await())).isEqualTo(ErrorCode.INVALID_SESSION_TIMEOUT);

    Member without = member("c");
    without.protocols = List.of();
    JoinGroupResponse refused = without.sendJoin().await();
    assertThat(error(refused)).isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(refused.memberId()).isEmpty();
    without.protocols = List.of("range");
    without.protocolType = "";
    assertThat(error(without.sendJoin().await())).isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  }

  @Test
  void member_without_a_protocol_of_all_is_refused_and_nobody_is_disturbed() {
    Member first = member("a").joinAlone();
    Member other = member("b");
    other.protocols = List.of("sticky");
    Member worker = member("c");
    worker.protocolType = "connect";

    assertThat(error(other.sendJoin().await())).isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(error(worker.sendJoin().await())).isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    assertThat(first.heartbeat()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void second_member_makes_the_first_join_again() {
    Member first = member("a").joinAlone();
    Member second = member("b").beginJoin();

    JoinGroupResponse ofFirst = first.rejoin();
    JoinGroupResponse ofSecond = second.endJoin();

    assertThat(ofFirst.generationId()).isEqualTo(2);
    assertThat(ofFirst.leader()).isEqualTo(first.id);
    assertThat(ofFirst.members())
        .extracting(JoinGroupResponseMember::memberId)
        .containsExactlyInAnyOrder(first.id, second.id);
    assertThat(ofSecond.generationId()).isEqualTo(2);
    assertThat(ofSecond.leader()).isEqualTo(first.id);
    assertThat(ofSecond.members()).isEmpty();
    assertThat(ofSecond.protocolName()).isEqualTo("range");
  }

  @Test
  void protocol_is_the_one_that_most_prefer_of_those_that_all_have() {
    // G74
    Member first = member("a");
    first.protocols = List.of("cooperative-sticky", "range", "only-mine");
    first.joinAlone();
    Member second = member("b");
    second.protocols = List.of("range", "cooperative-sticky");
    second.beginJoin();
    first.rejoin();
    second.endJoin();
    Member third = member("c");
    third.protocols = List.of("range", "cooperative-sticky");
    third.beginJoin();

    first.awaitRebalance().beginJoin();
    JoinGroupResponse ofSecond = second.join();

    assertThat(ofSecond.protocolName()).isEqualTo("range");
    assertThat(third.endJoin().protocolName()).isEqualTo("range");
    assertThat(first.endJoin().protocolName()).isEqualTo("range");
  }

  @Test
  void of_protocols_with_equal_votes_the_same_one_wins_as_in_kafka() {
    assertThat(winner("range", "roundrobin")).isEqualTo("range");
    assertThat(winner("sticky", "range")).isEqualTo("sticky");
    assertThat(winner("cooperative-sticky", "range")).isEqualTo("range");
    assertThat(winner("roundrobin", "cooperative-sticky")).isEqualTo("roundrobin");
  }

  private String winner(String one, String other) {
    String groupId = group + one + other;
    Member first = new Member(coordination, "a", groupId);
    first.protocols = List.of(one, other);
    first.join();
    Member second = new Member(coordination, "b", groupId);
    second.protocols = List.of(other, one);
    second.beginJoin();
    String winner = String.valueOf(first.rejoin().protocolName());
    assertThat(second.endJoin().protocolName()).isEqualTo(winner);
    return winner;
  }

  @Test
  void follower_that_joins_a_stable_group_unchanged_gets_its_generation_and_the_leader_a_new_one() {
    Member leader = member("a").joinAlone();
    Member follower = member("b").beginJoin();
    leader.rejoin();
    follower.endJoin();
    leader.sendSync(Map.of()).await();
    follower.sendSync(Map.of()).await();

    JoinGroupResponse again = follower.join();
    assertThat(again.generationId()).isEqualTo(2);
    assertThat(again.members()).isEmpty();
    assertThat(leader.heartbeat()).isEqualTo(ErrorCode.NONE);

    leader.beginJoin();
    assertThat(follower.rejoin().generationId()).isEqualTo(3);
    assertThat(leader.endJoin().generationId()).isEqualTo(3);
  }

  @Test
  void follower_with_other_metadata_begins_a_rebalance() {
    Member leader = member("a").joinAlone();
    Member follower = member("b").beginJoin();
    leader.rejoin();
    follower.endJoin();
    leader.sendSync(Map.of()).await();

    follower.topic = "payments";
    follower.beginJoin();

    assertThat(leader.rejoin().members())
        .extracting(JoinGroupResponseMember::metadata)
        .containsExactlyInAnyOrder(Member.subscription("orders"), Member.subscription("payments"));
    assertThat(follower.endJoin().generationId()).isEqualTo(3);
  }

  @Test
  void answer_to_a_join_that_was_missed_is_given_again_while_the_leader_assigns() {
    Member leader = member("a");
    leader.join();

    JoinGroupResponse again = leader.join();

    assertThat(again.generationId()).isEqualTo(1);
    assertThat(again.members()).hasSize(1);
    assertThat(leader.heartbeat()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void who_does_not_join_in_time_is_out_and_another_leads() {
    Member leader = member("a");
    leader.rebalanceTimeoutMs = 500;
    leader.joinAlone();
    Member second = member("b");
    second.rebalanceTimeoutMs = 500;

    JoinGroupResponse joined = second.join();

    assertThat(joined.generationId()).isEqualTo(2);
    assertThat(joined.leader()).isEqualTo(second.id);
    assertThat(joined.members()).hasSize(1);
    assertThat(leader.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(error(leader.sendJoin().await())).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void member_that_is_not_heard_of_is_out_at_the_end_of_its_session() {
    Member silent = member("a");
    silent.sessionTimeoutMs = 300;
    silent.joinAlone();
    Member second = member("b");

    JoinGroupResponse joined = second.join(); // the other would have a minute to join again

    assertThat(joined.generationId()).isEqualTo(2);
    assertThat(joined.members())
        .extracting(JoinGroupResponseMember::memberId)
        .containsExactly(second.id);
  }

  @Test
  void who_has_been_given_an_id_is_waited_for_until_the_end_of_its_session() {
    Member first = member("a").joinAlone();
    Member idOnly = member("b");
    idOnly.sessionTimeoutMs = 300;
    idOnly.id = idOnly.sendJoin().await().memberId();

    JoinGroupResponse joined = first.join();

    assertThat(joined.members())
        .extracting(JoinGroupResponseMember::memberId)
        .containsExactly(first.id);
    assertThat(error(idOnly.sendJoin().await())).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void group_that_is_full_takes_nobody() {
    Member first = member("a").joinAlone();
    Member second = member("b").beginJoin();
    first.rejoin();
    second.endJoin();
    Member third = member("c").beginJoin();
    first.awaitRebalance().beginJoin();
    second.beginJoin();
    first.endJoin();
    second.endJoin();
    third.endJoin();

    JoinGroupResponse refused = member("d").sendJoin().await();

    assertThat(error(refused)).isEqualTo(ErrorCode.GROUP_MAX_SIZE_REACHED);
    assertThat(refused.memberId()).isEmpty();
    assertThat(first.heartbeat()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void leaving_makes_the_others_join_again_and_the_last_one_empties_the_group() {
    // L120
    Member first = member("a").joinAlone();
    Member second = member("b").beginJoin();
    first.rejoin();
    second.endJoin();
    first.sendSync(Map.of()).await();
    second.sendSync(Map.of()).await();

    assertThat(first.leave()).isEqualTo(ErrorCode.NONE);
    assertThat(first.leave()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    JoinGroupResponse alone = second.rejoin();
    assertThat(alone.generationId()).isEqualTo(3);
    assertThat(alone.leader()).isEqualTo(second.id);

    assertThat(second.leave()).isEqualTo(ErrorCode.NONE);
    assertThat(second.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(member("c").join().generationId()).isEqualTo(5);
  }

  @Test
  void who_has_been_given_an_id_may_leave_with_it_and_is_waited_for_no_more() {
    Member first = member("a").joinAlone();
    Member idOnly = member("b");
    idOnly.id = idOnly.sendJoin().await().memberId();
    first.beginJoin();

    assertThat(idOnly.leave()).isEqualTo(ErrorCode.NONE);

    assertThat(first.endJoin().generationId()).isEqualTo(2);
    assertThat(error(idOnly.sendJoin().await())).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void member_that_is_removed_while_it_waits_to_join_is_told() {
    Member leader = member("a").joinAlone();
    Member second = member("b").beginJoin();
    leader.awaitRebalance();
    Member administrator = member("c");
    administrator.id = second.id;

    assertThat(administrator.leave()).isEqualTo(ErrorCode.NONE);

    JoinGroupResponse response = second.endJoin();
    assertThat(error(response)).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(response.memberId()).isEmpty();
  }

  @Test
  void nobody_is_disturbed_when_a_stranger_leaves() {
    Member leader = member("a").joinAlone();
    Member stranger = member("b");
    stranger.id = "nobody";

    assertThat(stranger.leave()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);

    assertThat(leader.heartbeat()).isEqualTo(ErrorCode.NONE);
  }
}
