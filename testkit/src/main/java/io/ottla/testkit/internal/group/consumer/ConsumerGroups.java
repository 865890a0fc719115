package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.message.ConsumerGroupDescribeRequest;
import io.ottla.protocol.message.ConsumerGroupDescribeResponse;
import io.ottla.protocol.message.ConsumerGroupHeartbeatRequest;
import io.ottla.protocol.message.ConsumerGroupHeartbeatResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.group.ClassicGroup;
import io.ottla.testkit.internal.group.Group;
import io.ottla.testkit.internal.group.GroupCoordinator;
import io.ottla.testkit.internal.group.consumer.Profile.Client;
import io.ottla.testkit.internal.wire.Exchange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The consumer groups of a fake cluster: its two handlers, and the way of tests to one group.
 * Groups come into being here, out of nothing or out of classic ones, and only if the member that
 * brings them is not refused.
 *
 * <p>Thread: the cluster's loop.
 */
public final class ConsumerGroups {
  private final GroupCoordinator coordinator;

  /** The consumer groups of this coordinator's registry. */
  public ConsumerGroups(GroupCoordinator coordinator) {
    this.coordinator = coordinator;
  }

  /** The consumer group of this id; null if there is none, or one of another kind. */
  public @Nullable ConsumerGroup find(String groupId) {
    return coordinator.groups().find(groupId) instanceof ConsumerGroup group ? group : null;
  }

  /** Handles ConsumerGroupHeartbeat. */
  public void heartbeat(
      Exchange<ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse> exchange) {
    ConsumerGroupHeartbeatRequest request = exchange.request();
    try {
      HeartbeatRules.check(request, exchange.version(), coordinator.settings().consumerAssignors());
      ErrorCode error = coordinator.check(request.groupId(), exchange.brokerId());
      if (error != ErrorCode.NONE) {
        throw new Refusal(error, "broker " + exchange.brokerId() + " does not serve the group");
      }
      exchange.answer(heartbeat(request, new Client(exchange.clientId(), exchange.clientHost())));
    } catch (Refusal refusal) {
      exchange.answer(
          new ConsumerGroupHeartbeatResponse()
              .errorCode(refusal.error().code())
              .errorMessage(refusal.why()));
    }
  }

  private ConsumerGroupHeartbeatResponse heartbeat(
      ConsumerGroupHeartbeatRequest request, Client client) {
    Group known = coordinator.groups().find(request.groupId());
    if (known instanceof ConsumerGroup group) {
      return group.heartbeat(request, client);
    }
    if (request.memberEpoch() != HeartbeatRules.JOINING) {
      throw notFound(known, request.groupId());
    }
    ConsumerGroup group = begin(known, request.groupId());
    ConsumerGroupHeartbeatResponse answer;
    try {
      answer = group.heartbeat(request, client);
    } catch (Refusal refusal) {
      group.close(refusal.error());
      throw refusal;
    }
    if (known == null) {
      coordinator.groups().add(group);
    } else {
      coordinator.groups().replace(known, group);
    }
    return answer;
  }

  /** A group to join, not yet entered in the registry. */
  private ConsumerGroup begin(@Nullable Group known, String groupId) {
    if (known == null || known.isEmpty()) {
      return new ConsumerGroup(groupId, coordinator);
    }
    if (known instanceof ClassicGroup classic) {
      return new Upgrade(coordinator, classic).consumerGroup();
    }
    throw notFound(known, groupId);
  }

  private static Refusal notFound(@Nullable Group known, String groupId) {
    return new Refusal(
        ErrorCode.GROUP_ID_NOT_FOUND,
        known == null ? "no group " + groupId : "group " + groupId + " is no consumer group");
  }

  /** Handles ConsumerGroupDescribe. */
  public void describe(
      Exchange<ConsumerGroupDescribeRequest, ConsumerGroupDescribeResponse> exchange) {
    boolean operations = exchange.request().includeAuthorizedOperations();
    List<ConsumerGroupDescribeResponse.DescribedGroup> groups = new ArrayList<>();
    for (String groupId : exchange.request().groupIds()) {
      groups.add(describe(groupId, exchange.brokerId(), operations));
    }
    exchange.answer(new ConsumerGroupDescribeResponse().groups(groups));
  }

  private ConsumerGroupDescribeResponse.DescribedGroup describe(
      String groupId, int brokerId, boolean operations) {
    ErrorCode error = coordinator.check(groupId, brokerId);
    if (error != ErrorCode.NONE) {
      return new ConsumerGroupDescribeResponse.DescribedGroup()
          .groupId(groupId)
          .errorCode(error.code());
    }
    ConsumerGroup group = find(groupId);
    if (group == null) {
      return new ConsumerGroupDescribeResponse.DescribedGroup()
          .groupId(groupId)
          .errorCode(ErrorCode.GROUP_ID_NOT_FOUND.code())
          .errorMessage(notFound(coordinator.groups().find(groupId), groupId).why());
    }
    return new Description(group, coordinator.topics()).describe(operations);
  }
}
