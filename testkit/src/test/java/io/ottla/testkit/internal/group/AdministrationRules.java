package io.ottla.testkit.internal.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.DeleteGroupsRequest;
import io.ottla.protocol.message.DeleteGroupsResponse.DeletableGroupResult;
import io.ottla.protocol.message.DescribeGroupsRequest;
import io.ottla.protocol.message.DescribeGroupsResponse.DescribedGroup;
import io.ottla.protocol.message.DescribeGroupsResponse.DescribedGroupMember;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.FindCoordinatorResponse;
import io.ottla.protocol.message.FindCoordinatorResponse.Coordinator;
import io.ottla.protocol.message.LeaveGroupRequest;
import io.ottla.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.ottla.protocol.message.LeaveGroupResponse;
import io.ottla.protocol.message.LeaveGroupResponse.MemberResponse;
import io.ottla.protocol.message.ListGroupsRequest;
import io.ottla.protocol.message.ListGroupsResponse.ListedGroup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What administrators are told, by our coordinator and by the real one. L121 */
abstract class AdministrationRules extends GroupRules {
  private static final int DESCRIBE_VERSION = 6;
  private static final int LIST_VERSION = 5;
  private static final int DELETE_VERSION = 2;
  private static final int NO_OPERATIONS = Integer.MIN_VALUE;

  private final Peer peer = coordination.connect("administrator");

  AdministrationRules(Coordination coordination) {
    super(coordination);
  }

  private DescribedGroup describe(int version) {
    return peer.send(new DescribeGroupsRequest().groups(List.of(group)), version)
        .await()
        .groups()
        .get(0);
  }

  @Test
  void stable_group_is_described_with_what_its_members_said_and_got() {
    Member member = member("client").asStatic("one").joinAlone();

    for (int version = 0; version <= DESCRIBE_VERSION; version++) {
      DescribedGroup described = describe(version);

      assertThat(described)
          .isEqualTo(
              new DescribedGroup()
                  .groupId(group)
                  .groupState("Stable")
                  .protocolType("consumer")
                  .protocolData("range")
                  .authorizedOperations(NO_OPERATIONS)
                  .members(
                      List.of(
                          new DescribedGroupMember()
                              .memberId(member.id)
                              .groupInstanceId(version < 4 ? null : "one")
                              .clientId("client")
                              .clientHost("/127.0.0.1")
                              .memberMetadata(Member.subscription("orders"))
                              .memberAssignment(Member.bytes("all of it")))));
    }
  }

  @Test
  void group_between_generations_is_described_without_protocol() {
    Member leader = member("a").joinAlone();
    Member second = member("b").beginJoin();
    leader.awaitRebalance();

    DescribedGroup preparing = describe(DESCRIBE_VERSION);
    assertThat(preparing.groupState()).isEqualTo("PreparingRebalance");
    assertThat(preparing.protocolData()).isEmpty();
    assertThat(preparing.members()).hasSize(2);
    assertThat(preparing.members().get(0).memberMetadata()).isEmpty();

    leader.join();
    second.endJoin();
    assertThat(describe(DESCRIBE_VERSION).groupState()).isEqualTo("CompletingRebalance");

    leader.leave();
    second.rejoin();
    second.leave();
    DescribedGroup empty = describe(DESCRIBE_VERSION);
    assertThat(empty.groupState()).isEqualTo("Empty");
    assertThat(empty.protocolType()).isEqualTo("consumer");
    assertThat(empty.members()).isEmpty();
  }

  @Test
  void group_that_is_not_there_is_dead_and_from_version_6_on_an_error() {
    DescribedGroup dead = describe(5);
    assertThat(dead)
        .isEqualTo(
            new DescribedGroup()
                .groupId(group)
                .groupState("Dead")
                .authorizedOperations(NO_OPERATIONS));

    DescribedGroup absent = describe(6);
    assertThat(absent)
        .isEqualTo(
            new DescribedGroup()
                .groupId(group)
                .groupState("Dead")
                .errorCode(ErrorCode.GROUP_ID_NOT_FOUND.code())
                .errorMessage("Group " + group + " not found.")
                .authorizedOperations(NO_OPERATIONS));
  }

  @Test
  void who_may_all_is_told_so() {
    member("a").joinAlone();
    DescribeGroupsRequest request =
        new DescribeGroupsRequest()
            .groups(List.of(group, "no-" + group))
            .includeAuthorizedOperations(true);

    List<DescribedGroup> described = peer.send(request, DESCRIBE_VERSION).await().groups();

    assertThat(described.get(0).authorizedOperations()).isEqualTo(0b1101_0100_1000);
    assertThat(described.get(1).authorizedOperations()).isEqualTo(NO_OPERATIONS);
  }

  private List<ListedGroup> list(List<String> states, List<String> types) {
    return peer
        .send(new ListGroupsRequest().statesFilter(states).typesFilter(types), LIST_VERSION)
        .await()
        .groups()
        .stream()
        .filter(listed -> listed.groupId().equals(group))
        .toList();
  }

  @Test
  void groups_are_listed_by_state_and_type_whatever_the_case() {
    Member member = member("a").joinAlone();
    ListedGroup listed =
        new ListedGroup()
            .groupId(group)
            .protocolType("consumer")
            .groupState("Stable")
            .groupType("classic");

    assertThat(list(List.of(), List.of())).containsExactly(listed);
    assertThat(list(List.of("sTABLE"), List.of("CLASSIC"))).containsExactly(listed);
    assertThat(list(List.of("Empty"), List.of())).isEmpty();
    assertThat(list(List.of(), List.of("consumer"))).isEmpty();
    assertThat(list(List.of("nonsense"), List.of())).isEmpty();
    assertThat(list(List.of(), List.of("nonsense"))).isEmpty();

    member.leave();
    assertThat(list(List.of("Empty"), List.of())).hasSize(1);
  }

  @Test
  void groups_are_listed_in_old_versions_with_what_these_have() {
    member("a").joinAlone();

    for (int version = 0; version <= LIST_VERSION; version++) {
      assertThat(peer.send(new ListGroupsRequest(), version).await().groups())
          .contains(
              new ListedGroup()
                  .groupId(group)
                  .protocolType("consumer")
                  .groupState(version < 4 ? "" : "Stable")
                  .groupType(version < 5 ? "" : "classic"));
    }
  }

  private ErrorCode delete() {
    List<DeletableGroupResult> results =
        peer.send(new DeleteGroupsRequest().groupsNames(List.of(group)), DELETE_VERSION)
            .await()
            .results();
    assertThat(results).hasSize(1);
    assertThat(results.get(0).groupId()).isEqualTo(group);
    return ErrorCode.of(results.get(0).errorCode());
  }

  @Test
  void only_groups_without_members_are_deleted() {
    assertThat(delete()).isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);
    Member member = member("a").joinAlone();
    assertThat(delete()).isEqualTo(ErrorCode.NON_EMPTY_GROUP);
    member.leave();
    assertThat(delete()).isEqualTo(ErrorCode.NONE);
    assertThat(delete()).isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);
    assertThat(member("b").join().generationId()).isEqualTo(1);
  }

  private LeaveGroupResponse leave(LeaveGroupRequest request, int version) {
    return peer.send(request.groupId(group), version).await();
  }

  @Test
  void several_members_leave_at_once_and_each_is_told() {
    Member leader = member("a").joinAlone();
    Member second = member("b").asStatic("two").beginJoin();
    leader.rejoin();
    second.endJoin();
    LeaveGroupRequest request = new LeaveGroupRequest();
    request.members().add(new MemberIdentity().memberId("nobody"));
    request.members().add(new MemberIdentity().memberId(leader.id).reason("tired"));
    request.members().add(new MemberIdentity().memberId("stale").groupInstanceId("two"));
    request.members().add(new MemberIdentity().groupInstanceId("two"));

    LeaveGroupResponse response = leave(request, 5);

    assertThat(response.errorCode()).isZero();
    assertThat(response.members())
        .containsExactly(
            new MemberResponse()
                .memberId("nobody")
                .groupInstanceId(null)
                .errorCode(ErrorCode.UNKNOWN_MEMBER_ID.code()),
            new MemberResponse().memberId(leader.id).groupInstanceId(null),
            new MemberResponse()
                .memberId("stale")
                .groupInstanceId("two")
                .errorCode(ErrorCode.FENCED_INSTANCE_ID.code()),
            new MemberResponse().groupInstanceId("two"));
    assertThat(describe(DESCRIBE_VERSION).groupState()).isEqualTo("Empty");
  }

  @Test
  void old_versions_say_of_one_member_whether_it_has_left() {
    Member member = member("a").joinAlone();
    LeaveGroupRequest unknown = new LeaveGroupRequest().memberId("nobody");
    assertThat(leave(unknown, 2).errorCode()).isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID.code());
    assertThat(leave(new LeaveGroupRequest().memberId(member.id), 0).errorCode()).isZero();
    assertThat(leave(new LeaveGroupRequest().memberId(member.id), 1).errorCode())
        .isEqualTo(ErrorCode.UNKNOWN_MEMBER_ID.code());
  }

  @Test
  void leaving_no_group_is_an_error_of_the_group_and_of_each_member() {
    LeaveGroupRequest request = new LeaveGroupRequest();
    request.members().add(new MemberIdentity().memberId("nobody"));

    LeaveGroupResponse unknown = leave(request, 5);
    assertThat(unknown.errorCode()).isZero();
    assertThat(unknown.members())
        .containsExactly(
            new MemberResponse()
                .memberId("nobody")
                .groupInstanceId(null)
                .errorCode(ErrorCode.UNKNOWN_MEMBER_ID.code()));

    LeaveGroupResponse nameless = peer.send(request.groupId(""), 5).await();
    assertThat(nameless.errorCode()).isEqualTo(ErrorCode.INVALID_GROUP_ID.code());
    assertThat(nameless.members()).isEmpty();
  }

  @Test
  void coordinator_is_found_one_by_one_and_in_batches() {
    FindCoordinatorResponse one = peer.send(new FindCoordinatorRequest().key(group), 3).await();
    assertThat(one.errorCode()).isZero();
    assertThat(one.errorMessage()).isEqualTo("NONE");
    assertThat(one.nodeId()).isEqualTo(coordination.brokerId());

    FindCoordinatorResponse batch =
        peer.send(new FindCoordinatorRequest().coordinatorKeys(List.of(group, "", group)), 4)
            .await();
    assertThat(batch.coordinators()).extracting(Coordinator::key).containsExactly(group, "", group);
    for (Coordinator found : batch.coordinators()) {
      assertThat(found.errorCode()).isZero();
      assertThat(found.errorMessage()).isEmpty();
      assertThat(found.nodeId()).isEqualTo(coordination.brokerId());
      assertThat(found.port()).isPositive();
    }
  }

  @Test
  void kind_of_coordinator_that_nobody_knows_is_refused() {
    String message = ErrorCode.INVALID_REQUEST.message();

    FindCoordinatorResponse one =
        peer.send(new FindCoordinatorRequest().key(group).keyType((byte) 9), 3).await();
    assertThat(one)
        .isEqualTo(
            new FindCoordinatorResponse()
                .errorCode(ErrorCode.INVALID_REQUEST.code())
                .errorMessage(message)
                .nodeId(-1)
                .port(-1));

    FindCoordinatorResponse batch =
        peer.send(new FindCoordinatorRequest().coordinatorKeys(List.of(group)).keyType((byte) 9), 5)
            .await();
    assertThat(batch.coordinators())
        .containsExactly(
            new Coordinator()
                .key(group)
                .errorCode(ErrorCode.INVALID_REQUEST.code())
                .errorMessage(message)
                .nodeId(-1)
                .port(-1));
  }

  @Test
  void members_that_only_wait_for_their_generation_are_described() {
    Member leader = member("a");
    leader.join();
    leader.sendSync(Map.of(leader.id, "all")).await();

    assertThat(describe(DESCRIBE_VERSION).members())
        .extracting(DescribedGroupMember::memberId)
        .containsExactly(leader.id);
  }
}
