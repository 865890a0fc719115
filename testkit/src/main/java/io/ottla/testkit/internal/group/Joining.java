package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.testkit.internal.wire.Exchange;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides about one request to join a classic group: refused, answered at once, or waiting for the
 * others. Lives as long as the decision.
 *
 * <p>Thread: the cluster's loop.
 */
final class Joining {
  /** From this version on a newcomer must come back with the id that it is given (KIP-394). */
  private static final int MEMBER_ID_REQUIRED_VERSION = 4;

  /** From this version on a leader can be told that it need not assign (KIP-814). */
  private static final int SKIP_ASSIGNMENT_VERSION = 9;

  private final Membership membership;
  private final Roster roster;
  private final GroupSettings settings;
  private final Exchange<JoinGroupRequest, JoinGroupResponse> exchange;
  private final JoinGroupRequest request;

  Joining(
      Membership membership,
      GroupSettings settings,
      Exchange<JoinGroupRequest, JoinGroupResponse> exchange) {
    this.membership = membership;
    this.roster = membership.roster();
    this.settings = settings;
    this.exchange = exchange;
    this.request = exchange.request();
  }

  /**
   * Decides.
   *
   * @param newIds makes a member id
   */
  void decide(Supplier<String> newIds) {
    String memberId = request.memberId();
    if (!isThereRoom(memberId)) {
      roster.remove(memberId);
      refuse("", ErrorCode.GROUP_MAX_SIZE_REACHED);
    } else if (!isCompatible()) {
      refuse(memberId, ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
    } else if (memberId.isEmpty()) {
      joinAsNewcomer(newIds.get());
    } else if (roster.isPending(memberId)) {
      joinAsPending(memberId);
    } else {
      rejoin(memberId);
    }
  }

  private boolean isThereRoom(String memberId) {
    return switch (membership.state()) {
      case EMPTY, DEAD -> true;
      case PREPARING_REBALANCE -> {
        ClassicMember member = roster.find(memberId);
        yield (member != null && member.isWaitingForJoin())
            || roster.waitingForJoin() < settings.maxSize();
      }
      case COMPLETING_REBALANCE, STABLE ->
          roster.has(memberId) || roster.size() < settings.maxSize();
    };
  }

  private boolean isCompatible() {
    return membership.state() == ClassicState.EMPTY
        ? !request.protocolType().isEmpty() && !request.protocols().isEmpty()
        : roster.supportsAny(request.protocolType(), request.protocols());
  }

  private void joinAsNewcomer(String newId) {
    String existing = roster.idOf(request.groupInstanceId());
    if (existing != null) {
      replaceStatic(existing, newId);
    } else if (request.groupInstanceId() == null
        && exchange.version() >= MEMBER_ID_REQUIRED_VERSION) {
      roster.addPending(newId);
      membership.sessions().restart(newId, request.sessionTimeoutMs());
      refuse(newId, ErrorCode.MEMBER_ID_REQUIRED);
    } else {
      add(newId);
    }
  }

  private void joinAsPending(String memberId) {
    if (request.groupInstanceId() != null) {
      // Kafka holds this to be impossible, and says so.
      refuse("", ErrorCode.UNKNOWN_SERVER_ERROR);
    } else {
      add(memberId);
    }
  }

  private void add(String memberId) {
    ClassicMember member =
        new ClassicMember(memberId, request, exchange.clientId(), exchange.clientHost());
    member.isNew(true);
    member.waitForJoin(exchange);
    membership.onNewcomer();
    roster.add(member);
    // It cannot send heartbeats while it waits, and may have given up and come again as another.
    membership.sessions().restart(memberId, settings.newMemberJoinTimeoutMs());
    membership.onChange(memberId + " is new" + reason());
  }

  private void rejoin(String memberId) {
    ErrorCode error = roster.check(memberId, request.groupInstanceId());
    if (error != ErrorCode.NONE) {
      refuse(memberId, error);
      return;
    }
    ClassicMember member = roster.member(memberId);
    boolean isLeader = roster.isLeader(memberId);
    switch (membership.state()) {
      case PREPARING_REBALANCE -> waitAnew(member);
      case COMPLETING_REBALANCE -> {
        // With the same metadata, it has only missed the answer.
        if (member.matches(request)) {
          answer(membership.joined(member, isLeader));
        } else {
          waitAnew(member);
        }
      }
      case STABLE -> {
        // A leader that joins wants to assign anew, for example because a topic has grown.
        if (isLeader || !member.matches(request)) {
          waitAnew(member);
        } else {
          answer(membership.joined(member, false));
        }
      }
      case EMPTY, DEAD -> refuse(memberId, ErrorCode.UNKNOWN_MEMBER_ID);
    }
  }

  private void waitAnew(ClassicMember member) {
    member.update(request);
    member.waitForJoin(exchange);
    membership.onChange(member.id() + " joins again" + reason());
  }

  /** A static member has come back without its old id, or a second one uses its instance id. */
  private void replaceStatic(String oldId, String newId) {
    String leaderBefore = roster.leader();
    ClassicMember member = roster.replace(oldId, newId);
    membership.sessions().cancel(oldId);
    membership.sessions().restart(newId, member.sessionTimeoutMs());
    member.update(request);
    member.waitForJoin(exchange);
    switch (membership.state()) {
      case STABLE -> {
        if (roster.selectProtocol().equals(membership.protocolName())) {
          membership.keep();
          member.answerJoin(unchanged(member, leaderBefore));
        } else {
          membership.onChange("static " + newId + " changes the protocol" + reason());
        }
      }
      // The leader may already assign to the old id.
      case COMPLETING_REBALANCE ->
          membership.prepareRebalance("static " + newId + " comes back" + reason());
      case PREPARING_REBALANCE -> membership.completeJoinIfAll();
      case EMPTY, DEAD -> throw new IllegalStateException(oldId + " is member of no group");
    }
  }

  /** The generation goes on as it was: nobody else need notice that the member was away. */
  private JoinGroupResponse unchanged(ClassicMember member, @Nullable String leaderBefore) {
    if (exchange.version() >= SKIP_ASSIGNMENT_VERSION) {
      boolean isLeader = roster.isLeader(member.id());
      return membership.joined(member, isLeader).skipAssignment(isLeader);
    }
    // It is told that its old self leads, lest it assign.
    return membership.joined(member, false).leader(leaderBefore == null ? "" : leaderBefore);
  }

  private String reason() {
    String reason = request.reason();
    return reason == null || reason.isEmpty() ? "" : ": " + reason;
  }

  private void refuse(String memberId, ErrorCode error) {
    answer(Answers.joinRefused(memberId, error));
  }

  private void answer(JoinGroupResponse response) {
    Answers.answer(exchange, response);
  }
}
