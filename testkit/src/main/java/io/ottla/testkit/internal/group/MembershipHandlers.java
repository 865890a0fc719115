package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.HeartbeatResponse;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.LeaveGroupRequest;
import io.ottla.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.ottla.protocol.message.LeaveGroupResponse;
import io.ottla.protocol.message.LeaveGroupResponse.MemberResponse;
import io.ottla.protocol.message.SyncGroupRequest;
import io.ottla.protocol.message.SyncGroupResponse;
import io.ottla.testkit.internal.wire.Exchange;
import java.util.List;

/**
 * JoinGroup, SyncGroup, Heartbeat and LeaveGroup: finds the group, makes it if need be, and hands
 * the request to it.
 *
 * <p>Thread: the cluster's loop.
 */
final class MembershipHandlers {
  /** From this version on a SyncGroup must say which protocol it is about. */
  private static final int SYNC_NAMES_PROTOCOL_VERSION = 5;

  /** From this version on a LeaveGroup is about several members. */
  private static final int LEAVE_BATCH_VERSION = 3;

  private final GroupCoordinator coordinator;

  MembershipHandlers(GroupCoordinator coordinator) {
    this.coordinator = coordinator;
  }

  void join(Exchange<JoinGroupRequest, JoinGroupResponse> exchange) {
    JoinGroupRequest request = exchange.request();
    GroupSettings settings = coordinator.settings();
    if (request.groupId().isEmpty()) {
      refuse(exchange, request.memberId(), ErrorCode.INVALID_GROUP_ID);
    } else if (request.sessionTimeoutMs() < settings.minSessionTimeoutMs()
        || request.sessionTimeoutMs() > settings.maxSessionTimeoutMs()) {
      refuse(exchange, request.memberId(), ErrorCode.INVALID_SESSION_TIMEOUT);
    } else {
      ErrorCode error = coordinator.check(request.groupId(), exchange.brokerId());
      if (error != ErrorCode.NONE) {
        refuse(exchange, "", error);
      } else {
        joinGroup(exchange);
      }
    }
  }

  private void joinGroup(Exchange<JoinGroupRequest, JoinGroupResponse> exchange) {
    JoinGroupRequest request = exchange.request();
    Groups groups = coordinator.groups();
    Group group = groups.find(request.groupId());
    boolean canBeReplaced = group != null && group.type() != GroupType.CLASSIC && group.isEmpty();
    if (group != null && !canBeReplaced) {
      group.join(exchange);
    } else if (!request.memberId().isEmpty()) {
      refuse(exchange, request.memberId(), ErrorCode.UNKNOWN_MEMBER_ID);
    } else {
      ClassicGroup made = new ClassicGroup(request.groupId(), coordinator);
      if (group == null) {
        groups.add(made);
      } else {
        groups.replace(group, made);
      }
      made.join(exchange);
    }
  }

  private static void refuse(
      Exchange<JoinGroupRequest, JoinGroupResponse> exchange, String memberId, ErrorCode error) {
    Answers.answer(exchange, Answers.joinRefused(memberId, error));
  }

  void sync(Exchange<SyncGroupRequest, SyncGroupResponse> exchange) {
    SyncGroupRequest request = exchange.request();
    boolean lacksProtocol =
        exchange.version() >= SYNC_NAMES_PROTOCOL_VERSION
            && (request.protocolType() == null || request.protocolName() == null);
    ErrorCode error =
        lacksProtocol
            ? ErrorCode.INCONSISTENT_GROUP_PROTOCOL
            : coordinator.check(request.groupId(), exchange.brokerId());
    if (error != ErrorCode.NONE) {
      exchange.answer(Answers.syncRefused(error));
      return;
    }
    Group group = coordinator.groups().find(request.groupId());
    if (group == null) {
      exchange.answer(Answers.syncRefused(ErrorCode.UNKNOWN_MEMBER_ID));
    } else {
      group.sync(exchange);
    }
  }

  void heartbeat(Exchange<HeartbeatRequest, HeartbeatResponse> exchange) {
    HeartbeatRequest request = exchange.request();
    ErrorCode error = coordinator.check(request.groupId(), exchange.brokerId());
    if (error == ErrorCode.COORDINATOR_LOAD_IN_PROGRESS) {
      // Nobody can say yet whether it is a member, so it is not worried.
      error = ErrorCode.NONE;
    } else if (error == ErrorCode.NONE) {
      Group group = coordinator.groups().find(request.groupId());
      error = group == null ? ErrorCode.UNKNOWN_MEMBER_ID : group.heartbeat(request);
    }
    exchange.answer(new HeartbeatResponse().errorCode(error.code()));
  }

  void leave(Exchange<LeaveGroupRequest, LeaveGroupResponse> exchange) {
    LeaveGroupRequest request = exchange.request();
    ErrorCode error = coordinator.check(request.groupId(), exchange.brokerId());
    if (error != ErrorCode.NONE) {
      exchange.answer(new LeaveGroupResponse().errorCode(error.code()));
      return;
    }
    boolean isBatch = exchange.version() >= LEAVE_BATCH_VERSION;
    List<MemberIdentity> leaving =
        isBatch ? request.members() : List.of(new MemberIdentity().memberId(request.memberId()));
    Group group = coordinator.groups().find(request.groupId());
    List<MemberResponse> left = group == null ? unknown(leaving) : group.leave(leaving);
    exchange.answer(
        isBatch
            ? new LeaveGroupResponse().members(left)
            : new LeaveGroupResponse().errorCode(left.get(0).errorCode()));
  }

  private static List<MemberResponse> unknown(List<MemberIdentity> leaving) {
    return leaving.stream()
        .map(
            member ->
                new MemberResponse()
                    .memberId(member.memberId())
                    .groupInstanceId(member.groupInstanceId())
                    .errorCode(ErrorCode.UNKNOWN_MEMBER_ID.code()))
        .toList();
  }
}
