package io.ottla.testkit.internal.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.DeleteGroupsRequest;
import io.ottla.protocol.message.DescribeGroupsRequest;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.FindCoordinatorResponse.Coordinator;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.LeaveGroupRequest;
import io.ottla.protocol.message.ListGroupsRequest;
import io.ottla.protocol.message.OffsetCommitRequest;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.ottla.protocol.message.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.ottla.protocol.message.OffsetDeleteRequest;
import io.ottla.protocol.message.OffsetFetchRequest;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.ottla.protocol.message.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.ottla.protocol.message.OffsetFetchResponse;
import io.ottla.protocol.message.SyncGroupRequest;
import io.ottla.testkit.internal.group.FakeCoordination.FakePeer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Coordinators that move, load or are away. L152 */
final class MovingTest {
  private static final String GROUP = "group";
  private static final int OTHER_BROKER = 2;

  private final FakeCoordination fake = new FakeCoordination();
  private final FakePeer peer = fake.connect("client");
  private Member member = new Member(fake, "client", GROUP);

  @BeforeEach
  void join() {
    fake.createTopic("topic", 1);
    member.joinAlone();
  }

  private OffsetCommitRequest commit() {
    return new OffsetCommitRequest()
        .groupId(GROUP)
        .memberId(member.id)
        .generationIdOrMemberEpoch(member.generation)
        .topics(
            List.of(
                new OffsetCommitRequestTopic()
                    .name("topic")
                    .partitions(List.of(new OffsetCommitRequestPartition().committedOffset(5)))));
  }

  private static OffsetFetchRequest fetch() {
    OffsetFetchRequest request = new OffsetFetchRequest();
    request.groups().add(new OffsetFetchRequestGroup().groupId(GROUP).topics(null));
    return request;
  }

  private ErrorCode errorOfJoin() {
    return ErrorCode.of(
        peer.send(new JoinGroupRequest().groupId(GROUP).sessionTimeoutMs(10_000), 9)
            .now()
            .errorCode());
  }

  /** What each API but Heartbeat and ListGroups says. */
  private List<ErrorCode> errorsOfAll() {
    return List.of(
        errorOfJoin(),
        ErrorCode.of(
            peer.send(
                    new SyncGroupRequest()
                        .groupId(GROUP)
                        .memberId(member.id)
                        .generationId(1)
                        .protocolType("consumer")
                        .protocolName("range"),
                    5)
                .now()
                .errorCode()),
        ErrorCode.of(peer.send(new LeaveGroupRequest().groupId(GROUP), 5).now().errorCode()),
        ErrorCode.of(peer.send(commit(), 9).now().topics().get(0).partitions().get(0).errorCode()),
        ErrorCode.of(peer.send(fetch(), 9).now().groups().get(0).errorCode()),
        ErrorCode.of(peer.send(new OffsetDeleteRequest().groupId(GROUP), 0).now().errorCode()),
        ErrorCode.of(
            peer.send(new DescribeGroupsRequest().groups(List.of(GROUP)), 6)
                .now()
                .groups()
                .get(0)
                .errorCode()),
        ErrorCode.of(
            peer.send(new DeleteGroupsRequest().groupsNames(List.of(GROUP)), 2)
                .now()
                .results()
                .get(0)
                .errorCode()));
  }

  @Test
  void broker_that_does_not_coordinate_a_group_says_so_to_every_request() {
    fake.moveTo(OTHER_BROKER);

    assertThat(errorsOfAll()).containsOnly(ErrorCode.NOT_COORDINATOR);
    assertThat(member.heartbeat()).isEqualTo(ErrorCode.NOT_COORDINATOR);
    assertThat(peer.send(new ListGroupsRequest(), 5).now().groups()).isEmpty();
    assertThat(peer.send(new ListGroupsRequest(), 5, OTHER_BROKER).now().groups()).hasSize(1);
  }

  @Test
  void coordinator_that_loads_says_so_but_does_not_worry_a_heartbeat() {
    fake.trouble(GROUP, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);

    assertThat(errorsOfAll()).containsOnly(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
    assertThat(member.heartbeat()).isEqualTo(ErrorCode.NONE);
    assertThat(ErrorCode.of(peer.send(new ListGroupsRequest(), 5).now().errorCode()))
        .isEqualTo(ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);
  }

  @Test
  void coordinator_that_is_away_is_not_found() {
    fake.trouble(GROUP, ErrorCode.COORDINATOR_NOT_AVAILABLE);

    assertThat(errorsOfAll()).containsOnly(ErrorCode.COORDINATOR_NOT_AVAILABLE);
    assertThat(
            peer.send(new FindCoordinatorRequest().coordinatorKeys(List.of(GROUP)), 4)
                .now()
                .coordinators())
        .containsExactly(
            new Coordinator()
                .key(GROUP)
                .errorCode(ErrorCode.COORDINATOR_NOT_AVAILABLE.code())
                .errorMessage("")
                .nodeId(-1)
                .port(-1));
    assertThat(peer.send(new FindCoordinatorRequest().key(GROUP), 0).now().nodeId()).isEqualTo(-1);
  }

  @Test
  void first_version_of_offset_fetch_says_the_error_for_each_partition() {
    fake.moveTo(OTHER_BROKER);
    OffsetFetchRequest request =
        new OffsetFetchRequest()
            .groupId(GROUP)
            .topics(
                List.of(
                    new OffsetFetchRequestTopic().name("topic").partitionIndexes(List.of(0, 1))));

    OffsetFetchResponse old = peer.send(request, 1).now();
    assertThat(old.topics().get(0).partitions())
        .extracting(partition -> ErrorCode.of(partition.errorCode()))
        .containsExactly(ErrorCode.NOT_COORDINATOR, ErrorCode.NOT_COORDINATOR);

    OffsetFetchResponse newer = peer.send(request, 2).now();
    assertThat(newer.errorCode()).isEqualTo(ErrorCode.NOT_COORDINATOR.code());
    assertThat(newer.topics()).isEmpty();
  }

  @Test
  void join_that_waits_is_told_when_the_coordinator_moves() {
    Member second = new Member(fake, "second", GROUP).beginJoin();

    fake.moveTo(OTHER_BROKER);

    JoinGroupResponse response = second.endJoin();
    assertThat(ErrorCode.of(response.errorCode())).isEqualTo(ErrorCode.NOT_COORDINATOR);
    assertThat(response.memberId()).isEqualTo(second.id);
  }

  @Test
  void sync_that_waits_is_told_when_the_coordinator_moves() {
    Member second = new Member(fake, "second", GROUP).beginJoin();
    member.rejoin();
    second.endJoin();
    second.sendSync(Map.of());

    fake.moveTo(OTHER_BROKER);

    assertThat(ErrorCode.of(second.endSync().errorCode())).isEqualTo(ErrorCode.NOT_COORDINATOR);
  }

  @Test
  void next_coordinator_knows_the_last_generation_that_had_its_assignments() {
    Member second = new Member(fake, "second", GROUP).beginJoin();
    member.rejoin();
    second.endJoin();

    fake.moveTo(FakeCoordination.BROKER);

    // Generation 2 was never assigned.
    assertThat(fake.classic(GROUP).generation()).isEqualTo(1);
    assertThat(fake.classic(GROUP).state()).isEqualTo(ClassicState.STABLE);
    assertThat(second.heartbeat()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
    assertThat(member.heartbeat()).isEqualTo(ErrorCode.ILLEGAL_GENERATION);
    member.generation = 1;
    assertThat(member.heartbeat()).isEqualTo(ErrorCode.NONE);
    member.sendSync(Map.of());
    assertThat(member.assignment()).isEqualTo("all of it");
  }

  @Test
  void sessions_begin_anew_at_the_next_coordinator() {
    member.sessionTimeoutMs = 10_000;
    member.join();
    member.sendSync(Map.of()).await();
    fake.timers.advance(8_000);

    fake.moveTo(FakeCoordination.BROKER);

    fake.timers.advance(9_999);
    assertThat(fake.classic(GROUP).state()).isEqualTo(ClassicState.STABLE);
    fake.timers.advance(1);
    assertThat(fake.classic(GROUP).state()).isEqualTo(ClassicState.EMPTY);
  }

  @Test
  void id_that_was_given_and_not_used_is_unknown_to_the_next_coordinator() {
    Member second = new Member(fake, "second", GROUP);
    second.id = second.sendJoin().await().memberId();
    assertThat(fake.classic(GROUP).pendingMembers()).containsExactly(second.id);

    fake.moveTo(FakeCoordination.BROKER);

    assertThat(ErrorCode.of(second.sendJoin().await().errorCode()))
        .isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void offsets_stay_where_they_are() {
    peer.send(commit(), 9).now();

    fake.moveTo(OTHER_BROKER);

    assertThat(
            peer.send(fetch(), 9, OTHER_BROKER)
                .now()
                .groups()
                .get(0)
                .topics()
                .get(0)
                .partitions()
                .get(0)
                .committedOffset())
        .isEqualTo(5);
  }

  @Test
  void group_of_a_coordinator_that_has_moved_keeps_no_timer_of_the_old_one() {
    new Member(fake, "second", GROUP).beginJoin();

    fake.moveTo(FakeCoordination.BROKER);

    assertThat(fake.timers.waiting()).isEqualTo(1); // the one member's session
  }

  @Test
  void heartbeat_to_an_unknown_group_is_that_of_an_unknown_member() {
    assertThat(
            ErrorCode.of(
                peer.send(new HeartbeatRequest().groupId("no group"), 4).now().errorCode()))
        .isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID);
  }

  @Test
  void static_member_that_has_come_back_is_known_to_the_next_coordinator() {
    Member fixed = new Member(fake, "fixed", "static").asStatic("one").joinAlone();
    Member restarted = new Member(fake, "fixed", "static").asStatic("one");
    restarted.join();

    fake.moveTo(FakeCoordination.BROKER);

    assertThat(restarted.heartbeat()).isEqualTo(ErrorCode.NONE);
    assertThat(fixed.heartbeat()).isEqualTo(ErrorCode.FENCED_INSTANCE_ID);
  }

  @Test
  void group_that_all_have_left_stays_empty() {
    member.leave();

    fake.moveTo(FakeCoordination.BROKER);

    assertThat(fake.classic(GROUP).state()).isEqualTo(ClassicState.EMPTY);
    assertThat(fake.classic(GROUP).generation()).isEqualTo(2);
    assertThat(fake.classic(GROUP).protocolType()).isEqualTo("consumer");
  }

  @Test
  void next_coordinator_knows_only_the_protocol_that_was_chosen() {
    Member versatile = new Member(fake, "versatile", "another group");
    versatile.protocols = List.of("range", "sticky");
    versatile.joinAlone();
    Member sticky = new Member(fake, "sticky", "another group");
    sticky.protocols = List.of("sticky");

    fake.moveTo(FakeCoordination.BROKER);

    assertThat(ErrorCode.of(sticky.sendJoin().await().errorCode()))
        .isEqualTo(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
  }

  @Test
  void next_coordinator_makes_a_group_that_is_too_large_join_again() {
    Member second = new Member(fake, "second", GROUP).beginJoin();
    member.rejoin();
    second.endJoin();
    member.sendSync(Map.of()).await();
    fake.settings.maxSize(1);

    fake.moveTo(FakeCoordination.BROKER);

    assertThat(member.heartbeat()).isEqualTo(ErrorCode.REBALANCE_IN_PROGRESS);
    member.beginJoin();
    assertThat(ErrorCode.of(second.sendJoin().await().errorCode()))
        .isEqualTo(ErrorCode.GROUP_MAX_SIZE_REACHED);
    assertThat(fake.classic(GROUP).hasMember(second.id)).isFalse();
    assertThat(ErrorCode.of(member.sendJoin().await().errorCode())).isEqualTo(ErrorCode.NONE);
  }
}
