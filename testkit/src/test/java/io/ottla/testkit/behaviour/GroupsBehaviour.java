package io.ottla.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.ottla.protocol.message.DeleteGroupsRequest;
import io.ottla.protocol.message.DescribeGroupsRequest;
import io.ottla.protocol.message.DescribeGroupsResponse.DescribedGroup;
import io.ottla.protocol.message.DescribeGroupsResponse.DescribedGroupMember;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.FindCoordinatorRequest;
import io.ottla.protocol.message.FindCoordinatorResponse;
import io.ottla.protocol.message.FindCoordinatorResponse.Coordinator;
import io.ottla.protocol.message.ListGroupsRequest;
import io.ottla.protocol.message.ListGroupsResponse;
import io.ottla.protocol.message.ListGroupsResponse.ListedGroup;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding, listing, describing and deleting groups. */
abstract class GroupsBehaviour extends Behaviour {
  private final String group = uniqueName("group");

  @BeforeEach
  void awaitCoordinator() {
    Coordinators.await(broker(), group);
    Coordinators.awaitLoaded(broker(), group);
  }

  // ---- find

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void up_to_version_3_one_coordinator_is_told(int version) {
    FindCoordinatorResponse answer = broker().ask(new FindCoordinatorRequest().key(group), version);

    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(answer.nodeId()).isEqualTo(cluster().brokerIds().get(0));
    assertThat(answer.port()).isEqualTo(cluster().address(answer.nodeId()).getPort());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6})
  void from_version_4_on_several_are_told(int version) {
    FindCoordinatorResponse answer =
        broker()
            .ask(new FindCoordinatorRequest().coordinatorKeys(List.of(group, "other")), version);

    assertThat(answer.coordinators())
        .extracting(Coordinator::key)
        .containsExactlyInAnyOrder(group, "other");
    assertThat(answer.coordinators())
        .allMatch(found -> found.errorCode() == 0)
        .allMatch(found -> found.nodeId() == cluster().brokerIds().get(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4})
  void a_type_of_key_that_nobody_knows_is_invalid(int version) {
    FindCoordinatorRequest request = new FindCoordinatorRequest().keyType((byte) 9);
    if (version < 4) {
      FindCoordinatorResponse answer = broker().ask(request.key(group), version);
      assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.INVALID_REQUEST);
    } else {
      request.coordinatorKeys(List.of(group));
      assertThat(error(only(broker().ask(request, version).coordinators()).errorCode()))
          .isEqualTo(ErrorCode.INVALID_REQUEST);
    }
  }

  // ---- list

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void each_version_lists_groups(int version) {
    member().becomeOnlyMember();

    ListedGroup listed = listed(new ListGroupsRequest(), version).orElseThrow();

    assertThat(listed.protocolType()).isEqualTo(GroupMember.TYPE);
    assertThat(listed.groupState()).isEqualTo(version < 4 ? "" : "Stable");
    assertThat(listed.groupType()).isEqualTo(version < 5 ? "" : "classic");
  }

  @Test
  void groups_that_only_commit_are_listed_without_type() {
    Topic topic = newTopic(1);
    Offsets.send(broker(), Offsets.commit(group, topic, 0, 1, "", 9), 9);

    ListedGroup listed = listed(new ListGroupsRequest(), 5).orElseThrow();

    assertThat(listed)
        .isEqualTo(new ListedGroup().groupId(group).groupState("Empty").groupType("classic"));
  }

  @ParameterizedTest
  @CsvSource({"Stable, true", "stable, true", "Empty, false", "Nonsense, false"})
  void groups_are_filtered_by_state(String state, boolean isListed) {
    member().becomeOnlyMember();

    assertThat(listed(new ListGroupsRequest().statesFilter(List.of(state)), 4).isPresent())
        .isEqualTo(isListed);
  }

  @ParameterizedTest
  @CsvSource({"classic, true", "Classic, true", "consumer, false"})
  void groups_are_filtered_by_type(String type, boolean isListed) {
    member().becomeOnlyMember();

    assertThat(listed(new ListGroupsRequest().typesFilter(List.of(type)), 5).isPresent())
        .isEqualTo(isListed);
  }

  @Test
  void a_type_that_nobody_knows_lists_nothing() {
    ListGroupsResponse answer =
        broker().ask(new ListGroupsRequest().typesFilter(List.of("nonsense")), 5);

    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(answer.groups()).isEmpty();
  }

  // ---- describe

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void each_version_describes_a_stable_group(int version) {
    GroupMember member = member().becomeOnlyMember();

    DescribedGroup described = describe(version);

    assertThat(error(described.errorCode())).isEqualTo(ErrorCode.NONE);
    assertThat(described.groupState()).isEqualTo("Stable");
    assertThat(described.protocolType()).isEqualTo(GroupMember.TYPE);
    assertThat(described.protocolData()).isEqualTo("one");
    assertThat(only(described.members()))
        .isEqualTo(
            new DescribedGroupMember()
                .memberId(member.memberId())
                .clientId("behaviour")
                .clientHost("/127.0.0.1")
                .memberMetadata(GroupMember.bytes("knows one"))
                .memberAssignment(GroupMember.bytes("all")));
  }

  @Test
  void a_group_that_is_between_join_and_sync_tells_no_assignment() {
    member().join();

    DescribedGroup described = describe(5);

    assertThat(described.groupState()).isEqualTo("CompletingRebalance");
    assertThat(described.protocolData()).isEmpty();
    assertThat(only(described.members()).memberMetadata()).isEmpty();
  }

  @Test
  void a_group_that_its_members_have_left_is_empty() {
    member().becomeOnlyMember().leave();

    DescribedGroup described = describe(5);

    assertThat(described.groupState()).isEqualTo("Empty");
    assertThat(described.members()).isEmpty();
    assertThat(described.protocolType()).isEqualTo(GroupMember.TYPE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 6})
  void a_group_that_is_not_there_is_dead_and_an_error_from_version_6_on(int version) {
    DescribedGroup described = describe(version);

    assertThat(described.groupState()).isEqualTo("Dead");
    assertThat(error(described.errorCode()))
        .isEqualTo(version < 6 ? ErrorCode.NONE : ErrorCode.GROUP_ID_NOT_FOUND);
    assertThat(described.groupId()).isEqualTo(group);
  }

  // ---- delete

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void an_empty_group_can_be_deleted_with_its_offsets(int version) {
    Topic topic = newTopic(1);
    Offsets.send(broker(), Offsets.commit(group, topic, 0, 1, "", 9), 9);

    assertThat(delete(version)).isEqualTo(ErrorCode.NONE);

    assertThat(listed(new ListGroupsRequest(), 5)).isEmpty();
    assertThat(Offsets.committed(broker(), Offsets.fetch(group, topic, 0, 9), 9).committedOffset())
        .isEqualTo(-1);
  }

  @Test
  void a_group_with_members_is_not_deleted() {
    GroupMember member = member().becomeOnlyMember();

    assertThat(delete(2)).isEqualTo(ErrorCode.NON_EMPTY_GROUP);
    assertThat(member.heartbeat()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void a_group_that_is_not_there_is_not_deleted() {
    assertThat(delete(2)).isEqualTo(ErrorCode.GROUP_ID_NOT_FOUND);
  }

  private GroupMember member() {
    return new GroupMember(anotherConnection(), group);
  }

  private ErrorCode delete(int version) {
    return error(
        only(broker().ask(new DeleteGroupsRequest().groupsNames(List.of(group)), version).results())
            .errorCode());
  }

  private DescribedGroup describe(int version) {
    return only(broker().ask(new DescribeGroupsRequest().groups(List.of(group)), version).groups());
  }

  private Optional<ListedGroup> listed(ListGroupsRequest request, int version) {
    ListGroupsResponse answer = broker().ask(request, version);
    assertThat(error(answer.errorCode())).isEqualTo(ErrorCode.NONE);
    return answer.groups().stream().filter(listed -> listed.groupId().equals(group)).findFirst();
  }
}
