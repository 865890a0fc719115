package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.ottla.protocol.message.LeaveGroupResponse.MemberResponse;
import io.ottla.protocol.message.SyncGroupRequest;
import io.ottla.protocol.message.SyncGroupRequest.SyncGroupRequestAssignment;
import io.ottla.protocol.message.SyncGroupResponse;
import io.ottla.testkit.internal.wire.Exchange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A group whose members assign partitions, or whatever else they share, to each other; also a group
 * without members that only commits.
 *
 * <p>Owns: its membership, which is another one after each move of the coordinator. Thread: the
 * cluster's loop.
 */
public final class ClassicGroup implements Group {
  private final String id;
  private final GroupCoordinator coordinator;
  private Membership membership;

  /** A group without members. */
  ClassicGroup(String id, GroupCoordinator coordinator) {
    this(id, coordinator, KeptGroup.none(coordinator.timers().nowMillis()));
  }

  private ClassicGroup(String id, GroupCoordinator coordinator, KeptGroup kept) {
    this.id = id;
    this.coordinator = coordinator;
    this.membership = start(kept);
  }

  /**
   * A stable group of members that spoke the classic protocol in a consumer group, which has become
   * this one. Not entered in the registry; to be followed by {@link #rebalance} where Kafka does
   * so.
   *
   * @param generation the epoch of the consumer group
   * @param members all of it, with their assignments
   */
  public static ClassicGroup of(
      String id, GroupCoordinator coordinator, int generation, List<ClassicMember> members) {
    Roster roster = new Roster(null, null);
    members.forEach(roster::add);
    KeptGroup kept =
        new KeptGroup(
            generation,
            roster.protocolType(),
            roster.isEmpty() ? null : roster.selectProtocol(),
            roster.leader(),
            coordinator.timers().nowMillis(),
            members);
    return new ClassicGroup(id, coordinator, kept);
  }

  private Membership start(KeptGroup kept) {
    return new Membership(id, coordinator.timers(), coordinator.settings(), kept);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public GroupType type() {
    return GroupType.CLASSIC;
  }

  /** Where it is between two generations. */
  public ClassicState state() {
    return membership.state();
  }

  /** How often it has been rebalanced. */
  public int generation() {
    return membership.generation();
  }

  /** The protocol of this generation, or null. */
  public @Nullable String protocolName() {
    return membership.protocolName();
  }

  /** The id of its leader, or null. */
  public @Nullable String leader() {
    return membership.roster().leader();
  }

  /** Its members, in the order in which they came. */
  public List<ClassicMember> members() {
    return membership.roster().members();
  }

  /** The ids that were given to those who have not joined with them yet. */
  public Set<String> pendingMembers() {
    return membership.roster().pending();
  }

  /** Whether its members are consumers. */
  public boolean isOfConsumers() {
    return protocolType().equals(SubscribedTopics.CONSUMER);
  }

  /** Whether it has never had a member, and only commits. */
  public boolean isSimple() {
    return isEmpty() && protocolType().isEmpty();
  }

  @Override
  public String stateName() {
    return state().wireName();
  }

  @Override
  public String protocolType() {
    String type = membership.roster().protocolType();
    return type == null ? "" : type;
  }

  @Override
  public boolean isEmpty() {
    return state() == ClassicState.EMPTY;
  }

  @Override
  public List<String> memberIds() {
    return members().stream().map(ClassicMember::id).toList();
  }

  @Override
  public boolean hasMember(String memberId) {
    return membership.roster().has(memberId);
  }

  @Override
  public boolean isSubscribedTo(String topic) {
    return membership
        .subscribedTopics()
        .map(topics -> topics.contains(topic))
        .orElseGet(this::isOfConsumers);
  }

  @Override
  public ErrorCode checkCommit(Committer committer) {
    if (committer.epoch() < 0 && isEmpty()) {
      return ErrorCode.NONE;
    }
    boolean saysWho =
        committer.epoch() >= 0 || !committer.memberId().isEmpty() || committer.instanceId() != null;
    if (!saysWho) {
      return ErrorCode.UNKNOWN_MEMBER_ID;
    }
    ErrorCode error = membership.roster().check(committer.memberId(), committer.instanceId());
    if (error != ErrorCode.NONE) {
      return error;
    }
    if (committer.epoch() != generation()) {
      return ErrorCode.ILLEGAL_GENERATION;
    }
    return state() == ClassicState.COMPLETING_REBALANCE
        ? ErrorCode.REBALANCE_IN_PROGRESS
        : ErrorCode.NONE;
  }

  @Override
  public void onCommit(Committer committer) {
    ClassicMember member = membership.roster().find(committer.memberId());
    if (member != null
        && (state() == ClassicState.STABLE || state() == ClassicState.PREPARING_REBALANCE)) {
      membership.sessions().restart(member.id(), member.sessionTimeoutMs());
    }
  }

  @Override
  public ErrorCode checkFetch(@Nullable String memberId, int memberEpoch) {
    return ErrorCode.NONE;
  }

  @Override
  public ErrorCode checkOffsetDelete() {
    return isEmpty() || isOfConsumers() ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP;
  }

  @Override
  public ErrorCode checkDelete() {
    return isEmpty() ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP;
  }

  @Override
  public OptionalLong retentionStart(CommittedOffset offset) {
    if (protocolType().isEmpty()) {
      return OptionalLong.of(offset.committedAtMillis());
    }
    if (isEmpty()) {
      return OptionalLong.of(membership.sinceMillis());
    }
    boolean knowsTopics = isOfConsumers() && membership.subscribedTopics().isPresent();
    return knowsTopics && state() == ClassicState.STABLE
        ? OptionalLong.of(offset.committedAtMillis())
        : OptionalLong.empty();
  }

  @Override
  public void join(Exchange<JoinGroupRequest, JoinGroupResponse> exchange) {
    String instanceId = exchange.request().groupInstanceId();
    String prefix = instanceId == null ? exchange.clientId() : instanceId;
    new Joining(membership, coordinator.settings(), exchange)
        .decide(() -> coordinator.newMemberId(prefix));
  }

  @Override
  public void sync(Exchange<SyncGroupRequest, SyncGroupResponse> exchange) {
    SyncGroupRequest request = exchange.request();
    ErrorCode error = checkSync(request);
    if (error != ErrorCode.NONE) {
      exchange.answer(Answers.syncRefused(error));
      return;
    }
    ClassicMember member = membership.roster().member(request.memberId());
    membership.onSync(member.id());
    if (state() == ClassicState.STABLE) {
      exchange.answer(membership.assigned(member));
      return;
    }
    member.waitForSync(exchange);
    if (membership.roster().isLeader(member.id())) {
      Map<String, byte[]> assignment = new HashMap<>();
      for (SyncGroupRequestAssignment one : request.assignments()) {
        assignment.put(one.memberId(), one.assignment());
      }
      membership.onAssignment(assignment);
    }
  }

  private ErrorCode checkSync(SyncGroupRequest request) {
    ErrorCode error = membership.roster().check(request.memberId(), request.groupInstanceId());
    if (error != ErrorCode.NONE) {
      return error;
    }
    if (request.generationId() != generation()) {
      return ErrorCode.ILLEGAL_GENERATION;
    }
    if (contradicts(request.protocolType(), membership.roster().protocolType())
        || contradicts(request.protocolName(), protocolName())) {
      return ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
    }
    return state() == ClassicState.PREPARING_REBALANCE
        ? ErrorCode.REBALANCE_IN_PROGRESS
        : ErrorCode.NONE;
  }

  private static boolean contradicts(@Nullable String said, @Nullable String known) {
    return said != null && known != null && !said.equals(known);
  }

  @Override
  public ErrorCode heartbeat(HeartbeatRequest request) {
    ErrorCode error = membership.roster().check(request.memberId(), request.groupInstanceId());
    if (error != ErrorCode.NONE) {
      return error;
    }
    if (request.generationId() != generation()) {
      return ErrorCode.ILLEGAL_GENERATION;
    }
    ClassicMember member = membership.roster().member(request.memberId());
    membership.sessions().restart(member.id(), member.sessionTimeoutMs());
    return state() == ClassicState.PREPARING_REBALANCE
        ? ErrorCode.REBALANCE_IN_PROGRESS
        : ErrorCode.NONE;
  }

  @Override
  public List<MemberResponse> leave(List<MemberIdentity> leaving) {
    List<MemberResponse> responses = new ArrayList<>();
    boolean hasSomebodyLeft = false;
    for (MemberIdentity identity : leaving) {
      ErrorCode error = leave(identity);
      hasSomebodyLeft |= error == ErrorCode.NONE;
      responses.add(
          new MemberResponse()
              .memberId(identity.memberId())
              .groupInstanceId(identity.groupInstanceId())
              .errorCode(error.code()));
    }
    if (hasSomebodyLeft && !isEmpty()) {
      membership.onChange("members left");
    }
    return responses;
  }

  private ErrorCode leave(MemberIdentity identity) {
    Roster roster = membership.roster();
    String memberId = identity.memberId();
    if (memberId.isEmpty()) {
      // An administrator removes a static member without knowing its present id.
      String known = roster.idOf(identity.groupInstanceId());
      if (known == null) {
        return ErrorCode.UNKNOWN_MEMBER_ID;
      }
      memberId = known;
    } else if (!roster.isPending(memberId)) {
      ErrorCode error = roster.check(memberId, identity.groupInstanceId());
      if (error != ErrorCode.NONE) {
        return error;
      }
    }
    membership.sessions().cancel(memberId);
    ClassicMember member = roster.find(memberId);
    roster.remove(memberId);
    if (member != null) {
      member.answerJoin(Answers.joinRefused("", ErrorCode.UNKNOWN_MEMBER_ID));
    }
    return ErrorCode.NONE;
  }

  @Override
  public boolean expire(String memberId) {
    return membership.expire(memberId);
  }

  @Override
  public void rebalance(String why) {
    if (!isEmpty() && state().mayBecome(ClassicState.PREPARING_REBALANCE)) {
      membership.prepareRebalance(why);
    }
  }

  @Override
  public void moved() {
    KeptGroup kept = membership.kept();
    membership.close(ErrorCode.NOT_COORDINATOR, "its coordinator has moved");
    membership = start(kept);
  }

  @Override
  public void close(ErrorCode error) {
    membership.close(error, "it is deleted or converted");
  }
}
