package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.message.ConsumerGroupHeartbeatRequest;
import io.ottla.protocol.message.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a ConsumerGroupHeartbeat must be, whatever the group. */
final class HeartbeatRules {
  /** The member epoch of whoever joins, or joins again. */
  static final int JOINING = 0;

  /** The member epoch of whoever leaves. */
  static final int LEAVING = -1;

  /** From this version on members make their own ids (KIP-1082). */
  private static final int OWN_ID_VERSION = 1;

  private HeartbeatRules() {}

  /**
   * Refuses a request that is wrong in itself, with INVALID_REQUEST or UNSUPPORTED_ASSIGNOR.
   *
   * @param assignors the assignors that the operator allows
   */
  static void check(ConsumerGroupHeartbeatRequest request, int version, List<String> assignors) {
    int epoch = request.memberEpoch();
    if (version >= OWN_ID_VERSION || epoch > JOINING || epoch == LEAVING) {
      needNotBlank("member id", request.memberId());
    }
    needNotBlank("group id", request.groupId());
    needNotBlank("instance id", request.instanceId());
    needNotBlank("rack id", request.rackId());
    if (epoch == JOINING) {
      checkJoining(request);
    } else if (epoch < Holding.AWAY) {
      throw invalid("a member epoch of " + epoch + " means nothing");
    } else if (epoch == Holding.AWAY && request.instanceId() == null) {
      throw invalid("only a member with an instance id can leave for a while");
    }
    String assignor = request.serverAssignor();
    if (assignor != null && !assignors.contains(assignor)) {
      throw new Refusal(
          ErrorCode.UNSUPPORTED_ASSIGNOR,
          "no assignor is named " + assignor + "; there are " + String.join(", ", assignors));
    }
  }

  private static void checkJoining(ConsumerGroupHeartbeatRequest request) {
    if (request.rebalanceTimeoutMs() == -1) {
      throw invalid("whoever joins must give a rebalance timeout");
    }
    if (request.topicPartitions() == null || !request.topicPartitions().isEmpty()) {
      throw invalid("whoever joins must say that it has no partitions");
    }
    if (request.subscribedTopicNames() == null && request.subscribedTopicRegex() == null) {
      throw invalid("whoever joins must say what it subscribes to, if only to nothing");
    }
  }

  private static void needNotBlank(String what, @Nullable String value) {
    if (value != null && value.isBlank()) {
      throw invalid("the " + what + " is empty");
    }
  }

  private static Refusal invalid(String why) {
    return new Refusal(ErrorCode.INVALID_REQUEST, why);
  }
}
