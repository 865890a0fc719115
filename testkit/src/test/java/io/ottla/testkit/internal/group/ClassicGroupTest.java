package io.ottla.testkit.internal.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupRequest.JoinGroupRequestProtocol;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Times to the millisecond, old versions, and what a test can do to a group. */
final class ClassicGroupTest {
  private static final String GROUP = "group";

  private final FakeCoordination fake = new FakeCoordination();

  private Member member(String clientId) {
    return new Member(fake, clientId, GROUP);
  }

  private ClassicState state() {
    return fake.classic(GROUP).state();
  }

  @Test
  void new_group_waits_for_more_members_as_long_as_they_come() {
    fake.settings.initialRebalanceDelayMs(3_000);
    Member first = member("a").beginJoin();
    fake.timers.advance(2_000);
    Member second = member("b").beginJoin();
    fake.timers.advance(3_999);
    assertThat(state()).isEqualTo(ClassicState.PREPARING_REBALANCE);

    fake.timers.advance(1);

    assertThat(state()).isEqualTo(ClassicState.COMPLETING_REBALANCE);
    assertThat(first.endJoin().members()).hasSize(2);
    assertThat(second.endJoin().generationId()).isEqualTo(1);
  }

  @Test
  void new_group_waits_no_longer_than_its_rebalance_timeout() {
    fake.settings.initialRebalanceDelayMs(3_000);
    Member first = member("a");
    first.rebalanceTimeoutMs = 7_000;
    first.beginJoin();
    for (int i = 0; i < 3; i++) {
      fake.timers.advance(2_000);
      Member next = member("next");
      next.rebalanceTimeoutMs = 7_000;
      next.beginJoin();
    }
    assertThat(state()).isEqualTo(ClassicState.PREPARING_REBALANCE);

    fake.timers.advance(1_000);

    assertThat(state()).isEqualTo(ClassicState.COMPLETING_REBALANCE);
  }

  @Test
  void session_ends_at_its_time_and_every_sign_of_life_renews_it() {
    fake.createTopic("topic", 1);
    Member member = member("a");
    member.sessionTimeoutMs = 10_000;
    member.joinAlone();
    fake.timers.advance(9_999);
    member.heartbeat();
    fake.timers.advance(9_999);
    fake.connect("a")
        .send(
            new OffsetCommitRequest()
                .groupId(GROUP)
                .memberId(member.id)
                .generationIdOrMemberEpoch(1)
                .topics(
                    List.of(
                        new OffsetCommitRequestTopic()
                            .name("topic")
                            .partitions(List.of(new OffsetCommitRequestPartition())))),
            9);
    fake.timers.advance(9_999);
    assertThat(state()).isEqualTo(ClassicState.STABLE);

    fake.timers.advance(1); // L133

    assertThat(state()).isEqualTo(ClassicState.EMPTY);
    assertThat(member.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void member_that_waits_for_the_others_does_not_lose_its_session() {
    Member first = member("a");
    first.sessionTimeoutMs = 6_000;
    first.joinAlone();
    Member slow = member("b");
    slow.sessionTimeoutMs = 30_000;
    slow.beginJoin();
    first.rejoin();
    slow.endJoin();
    member("c").beginJoin();

    first.awaitRebalance().beginJoin();
    fake.timers.advance(20_000); // the slow one has not joined yet

    assertThat(fake.classic(GROUP).hasMember(first.id)).isTrue();
    assertThat(state()).isEqualTo(ClassicState.PREPARING_REBALANCE);
  }

  @Test
  void newcomer_that_waits_too_long_for_its_first_generation_is_out() {
    Member slow = member("a");
    slow.sessionTimeoutMs = 1_800_000;
    slow.rebalanceTimeoutMs = 1_800_000;
    slow.joinAlone();
    Member newcomer = member("b").beginJoin();

    fake.timers.advance(299_999);
    assertThat(fake.classic(GROUP).hasMember(newcomer.id)).isTrue();
    fake.timers.advance(1);

    assertThat(fake.classic(GROUP).hasMember(newcomer.id)).isFalse();
    JoinGroupResponse response = newcomer.endJoin();
    assertThat(ErrorCode.of(response.errorCode())).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(response.memberId()).isEmpty();
  }

  @Test
  void version_0_has_one_timeout_for_session_and_rebalance() {
    Member old = member("a");
    old.joinVersion = 0;
    old.sessionTimeoutMs = 20_000;
    old.join();

    assertThat(fake.classic(GROUP).members().get(0).rebalanceTimeoutMs()).isEqualTo(20_000);
  }

  @Test
  void member_ids_are_the_same_each_time() {
    Member one = member("client");
    Member again = new Member(new FakeCoordination(), "client", GROUP);
    one.join();
    again.join();

    assertThat(one.id).isEqualTo("client-00000000-0000-4000-8000-000000000001").isEqualTo(again.id);
  }

  @Test
  void test_expires_a_member_whatever_it_does() {
    Member leader = member("a").joinAlone();
    Member second = member("b").beginJoin();

    assertThat(fake.classic(GROUP).expire("nobody")).isFalse();
    assertThat(fake.classic(GROUP).expire(second.id)).isTrue();

    assertThat(ErrorCode.of(second.endJoin().errorCode())).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(leader.rejoin().members()).hasSize(1);
    leader.sendSync(Map.of()).await();

    assertThat(fake.classic(GROUP).expire(leader.id)).isTrue();
    assertThat(leader.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(state()).isEqualTo(ClassicState.EMPTY);
    assertThat(fake.timers.waiting()).isZero();
  }

  @Test
  void test_makes_a_group_rebalance() {
    Member leader = member("a").joinAlone();

    fake.classic(GROUP).rebalance("a test wants it");
    fake.classic(GROUP).rebalance("twice is once");

    assertThat(leader.rejoin().generationId()).isEqualTo(2);
    assertThat(fake.classic(GROUP).leader()).isEqualTo(leader.id);
    assertThat(fake.classic(GROUP).protocolName()).isEqualTo("range");
  }

  @Test
  void group_without_members_has_nothing_to_rebalance() {
    Member member = member("a").joinAlone();
    member.leave();

    fake.classic(GROUP).rebalance("a test wants it");

    assertThat(state()).isEqualTo(ClassicState.EMPTY);
    assertThat(fake.timers.waiting()).isZero();
  }

  @Test
  void group_that_takes_the_place_of_another_sends_those_who_wait_back_to_join() {
    member("a").joinAlone();
    Member second = member("b").beginJoin();
    ClassicGroup old = fake.classic(GROUP);
    ClassicGroup converted = ClassicGroup.of(GROUP, fake.coordinator, 7, List.of());

    fake.coordinator.groups().replace(old, converted);

    assertThat(ErrorCode.of(second.endJoin().errorCode()))
        .isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    assertThat(fake.classic(GROUP)).isSameAs(converted);
    assertThat(fake.timers.waiting()).isZero();
    assertThatThrownBy(() -> fake.coordinator.groups().replace(old, converted))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> fake.coordinator.groups().add(converted))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void group_made_of_a_consumer_group_goes_on_with_its_members_and_assignments() {
    JoinGroupRequest join =
        new JoinGroupRequest()
            .protocolType("consumer")
            .sessionTimeoutMs(10_000)
            .rebalanceTimeoutMs(10_000);
    join.protocols()
        .add(new JoinGroupRequestProtocol().name("range").metadata(Member.subscription("orders")));
    ClassicMember kept =
        new ClassicMember("m1", join, "client", "/127.0.0.1").assignment(Member.bytes("mine"));
    ClassicGroup group = ClassicGroup.of(GROUP, fake.coordinator, 7, List.of(kept));
    fake.coordinator.groups().add(group);
    Member member = member("client");
    member.id = "m1";
    member.generation = 7;

    assertThat(group.state()).isEqualTo(ClassicState.STABLE);
    assertThat(group.isSubscribedTo("orders")).isTrue();
    assertThat(member.heartbeat()).isEqualTo(ErrorCode.NONE);
    member.sendSync(Map.of());
    assertThat(member.assignment()).isEqualTo("mine");

    group.rebalance("one has left the consumer group");
    assertThat(member.rejoin().generationId()).isEqualTo(8);
  }

  @Test
  void metadata_that_is_no_subscription_leaves_the_topics_unknown() {
    // G75
    JoinGroupRequest join =
        new JoinGroupRequest().groupId(GROUP).protocolType("consumer").sessionTimeoutMs(10_000);
    join.protocols().add(new JoinGroupRequestProtocol().name("range").metadata(Member.bytes("?")));
    fake.connect("old").send(join, 3).await();

    assertThat(fake.classic(GROUP).isSubscribedTo("any topic")).isTrue();
  }

  @Test
  void id_that_is_not_used_in_time_disturbs_nobody() {
    Member leader = member("a").joinAlone();
    Member idOnly = member("b");
    idOnly.sessionTimeoutMs = 6_000;
    idOnly.sendJoin().await();

    fake.timers.advance(6_000);

    assertThat(fake.classic(GROUP).pendingMembers()).isEmpty();
    assertThat(leader.heartbeat()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void session_of_a_member_that_waited_for_its_assignment_begins_when_it_gets_it() {
    Member leader = member("a").joinAlone();
    Member follower = member("b");
    follower.sessionTimeoutMs = 6_000;
    follower.beginJoin();
    leader.rejoin();
    follower.endJoin();
    follower.sendSync(Map.of());
    fake.timers.advance(20_000);
    leader.sendSync(Map.of()).await();

    fake.timers.advance(5_999);
    assertThat(fake.classic(GROUP).hasMember(follower.id)).isTrue();
    fake.timers.advance(1);

    assertThat(fake.classic(GROUP).hasMember(follower.id)).isFalse();
  }

  @Test
  void rebalance_that_no_static_member_joins_waits_on_until_one_does() {
    Member one = member("a").asStatic("one");
    Member two = member("b").asStatic("two");
    for (Member member : List.of(one, two)) {
      member.sessionTimeoutMs = 60_000;
      member.rebalanceTimeoutMs = 10_000;
    }
    one.joinAlone();
    two.beginJoin();
    one.rejoin();
    two.endJoin();
    one.sendSync(Map.of()).await();
    fake.classic(GROUP).rebalance("a test wants it");

    fake.timers.advance(10_000);
    assertThat(state()).isEqualTo(ClassicState.PREPARING_REBALANCE);
    two.beginJoin();
    fake.timers.advance(10_000);

    assertThat(two.endJoin().leader()).isEqualTo(two.id);
    assertThat(fake.classic(GROUP).hasMember(one.id)).isTrue();
  }

  @Test
  void static_member_that_comes_back_leaves_no_session_of_its_old_id() {
    member("a").asStatic("one").joinAlone();

    member("a").asStatic("one").join();

    assertThat(fake.timers.waiting()).isEqualTo(1);
  }

  @Test
  void offsets_expire_only_while_it_is_clear_which_topics_are_read() {
    CommittedOffset offset =
        new CommittedOffset(5, -1, "", 123, CommittedOffset.BY_GROUP, CommittedOffset.NO_TOPIC_ID);
    Member worker = new Member(fake, "w", "connect");
    worker.protocolType = "connect";
    worker.joinAlone();
    assertThat(fake.classic("connect").retentionStart(offset)).isEmpty();

    member("a").joinAlone();
    assertThat(fake.classic(GROUP).retentionStart(offset)).hasValue(123);
    fake.classic(GROUP).rebalance("a test wants it");
    assertThat(fake.classic(GROUP).retentionStart(offset)).isEmpty();
  }
}
