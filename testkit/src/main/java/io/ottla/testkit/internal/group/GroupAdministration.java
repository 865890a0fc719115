package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.DeleteGroupsRequest;
import io.ottla.protocol.message.DeleteGroupsResponse;
import io.ottla.protocol.message.DeleteGroupsResponse.DeletableGroupResult;
import io.ottla.protocol.message.DescribeGroupsRequest;
import io.ottla.protocol.message.DescribeGroupsResponse;
import io.ottla.protocol.message.DescribeGroupsResponse.DescribedGroup;
import io.ottla.protocol.message.DescribeGroupsResponse.DescribedGroupMember;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.ListGroupsRequest;
import io.ottla.protocol.message.ListGroupsResponse;
import io.ottla.protocol.message.ListGroupsResponse.ListedGroup;
import io.ottla.protocol.message.OffsetDeleteRequest;
import io.ottla.protocol.message.OffsetDeleteRequest.OffsetDeleteRequestPartition;
import io.ottla.protocol.message.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.ottla.protocol.message.OffsetDeleteResponse;
import io.ottla.protocol.message.OffsetDeleteResponse.OffsetDeleteResponsePartition;
import io.ottla.protocol.message.OffsetDeleteResponse.OffsetDeleteResponseTopic;
import io.ottla.testkit.internal.wire.Exchange;
import java.util.List;
import java.util.Locale;

/**
 * What administrators ask of groups: DescribeGroups, ListGroups, DeleteGroups, OffsetDelete.
 *
 * <p>Thread: the cluster's loop.
 */
final class GroupAdministration {
  /** From this version on a group that does not exist is an error. */
  private static final int DESCRIBE_NOT_FOUND_VERSION = 6;

  /** READ, DELETE, DESCRIBE, DESCRIBE_CONFIGS and ALTER_CONFIGS, as who may all is told. */
  private static final int ALL_OPERATIONS = 1 << 3 | 1 << 6 | 1 << 8 | 1 << 10 | 1 << 11;

  private final GroupCoordinator coordinator;

  GroupAdministration(GroupCoordinator coordinator) {
    this.coordinator = coordinator;
  }

  void describe(Exchange<DescribeGroupsRequest, DescribeGroupsResponse> exchange) {
    DescribeGroupsResponse response = new DescribeGroupsResponse();
    for (String groupId : exchange.request().groups()) {
      ErrorCode error = coordinator.checkAnyId(groupId, exchange.brokerId());
      DescribedGroup described =
          error == ErrorCode.NONE
              ? describe(groupId, exchange.version())
              : new DescribedGroup().errorCode(error.code());
      boolean tellsOperations =
          exchange.request().includeAuthorizedOperations()
              && described.errorCode() == ErrorCode.NONE.code();
      response
          .groups()
          .add(
              described
                  .groupId(groupId)
                  .authorizedOperations(tellsOperations ? ALL_OPERATIONS : Integer.MIN_VALUE));
    }
    exchange.answer(response);
  }

  private DescribedGroup describe(String groupId, int version) {
    Group group = coordinator.groups().find(groupId);
    if (!(group instanceof ClassicGroup classic)) {
      DescribedGroup absent = new DescribedGroup().groupState(ClassicState.DEAD.wireName());
      if (version >= DESCRIBE_NOT_FOUND_VERSION) {
        String what = group == null ? " not found." : " is not a classic group.";
        absent
            .errorCode(ErrorCode.GROUP_ID_NOT_FOUND.code())
            .errorMessage("Group " + groupId + what);
      }
      return absent;
    }
    String protocol = classic.state() == ClassicState.STABLE ? classic.protocolName() : null;
    List<DescribedGroupMember> members =
        classic.members().stream()
            .map(
                member ->
                    new DescribedGroupMember()
                        .memberId(member.id())
                        .groupInstanceId(member.instanceId())
                        .clientId(member.clientId())
                        .clientHost(member.clientHost())
                        .memberMetadata(protocol == null ? new byte[0] : member.metadata(protocol))
                        .memberAssignment(member.assignment()))
            .toList();
    return new DescribedGroup()
        .groupState(classic.stateName())
        .protocolType(classic.protocolType())
        .protocolData(protocol == null ? "" : protocol)
        .members(members);
  }

  void list(Exchange<ListGroupsRequest, ListGroupsResponse> exchange) {
    List<String> states = lowerCase(exchange.request().statesFilter());
    List<String> types = lowerCase(exchange.request().typesFilter());
    ListGroupsResponse response = new ListGroupsResponse();
    for (Group group : coordinator.groups().all()) {
      ErrorCode error = coordinator.checkAnyId(group.id(), exchange.brokerId());
      if (error == ErrorCode.COORDINATOR_LOAD_IN_PROGRESS) {
        exchange.answer(new ListGroupsResponse().errorCode(error.code()));
        return;
      }
      boolean isWanted =
          (states.isEmpty() || states.contains(group.stateName().toLowerCase(Locale.ROOT)))
              && (types.isEmpty() || types.contains(group.type().wireName()));
      if (error == ErrorCode.NONE && isWanted) {
        response
            .groups()
            .add(
                new ListedGroup()
                    .groupId(group.id())
                    .protocolType(group.protocolType())
                    .groupState(group.stateName())
                    .groupType(group.type().wireName()));
      }
    }
    exchange.answer(response);
  }

  private static List<String> lowerCase(List<String> filter) {
    return filter.stream().map(value -> value.trim().toLowerCase(Locale.ROOT)).toList();
  }

  void delete(Exchange<DeleteGroupsRequest, DeleteGroupsResponse> exchange) {
    DeleteGroupsResponse response = new DeleteGroupsResponse();
    for (String groupId : exchange.request().groupsNames()) {
      ErrorCode error = coordinator.checkAnyId(groupId, exchange.brokerId());
      Group group = error == ErrorCode.NONE ? coordinator.groups().find(groupId) : null;
      if (group != null) {
        error = group.checkDelete();
        if (error == ErrorCode.NONE) {
          coordinator.delete(group);
        }
      } else if (error == ErrorCode.NONE) {
        error = ErrorCode.GROUP_ID_NOT_FOUND;
      }
      response.results().add(new DeletableGroupResult().groupId(groupId).errorCode(error.code()));
    }
    exchange.answer(response);
  }

  void deleteOffsets(Exchange<OffsetDeleteRequest, OffsetDeleteResponse> exchange) {
    OffsetDeleteRequest request = exchange.request();
    ErrorCode error = coordinator.check(request.groupId(), exchange.brokerId());
    Group group = error == ErrorCode.NONE ? coordinator.groups().find(request.groupId()) : null;
    if (group != null) {
      error = group.checkOffsetDelete();
    } else if (error == ErrorCode.NONE) {
      error = ErrorCode.GROUP_ID_NOT_FOUND;
    }
    OffsetDeleteResponse response = new OffsetDeleteResponse().errorCode(error.code());
    if (group != null && error == ErrorCode.NONE) {
      for (OffsetDeleteRequestTopic topic : request.topics()) {
        response.topics().add(deleteOffsets(group, topic));
      }
    }
    exchange.answer(response);
  }

  private OffsetDeleteResponseTopic deleteOffsets(Group group, OffsetDeleteRequestTopic topic) {
    OffsetDeleteResponseTopic answer = new OffsetDeleteResponseTopic().name(topic.name());
    for (OffsetDeleteRequestPartition partition : topic.partitions()) {
      int index = partition.partitionIndex();
      ErrorCode error = ErrorCode.NONE;
      if (index < 0 || index >= coordinator.topics().partitions(topic.name())) {
        error = ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
      } else if (group.isSubscribedTo(topic.name())) {
        error = ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC;
      } else {
        coordinator.offsets().remove(group.id(), topic.name(), index);
      }
      answer
          .partitions()
          .add(new OffsetDeleteResponsePartition().partitionIndex(index).errorCode(error.code()));
    }
    return answer;
  }
}
