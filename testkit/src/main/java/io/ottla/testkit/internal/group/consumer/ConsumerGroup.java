package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.message.ConsumerGroupHeartbeatRequest;
import io.ottla.protocol.message.ConsumerGroupHeartbeatResponse;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.ottla.protocol.message.LeaveGroupResponse.MemberResponse;
import io.ottla.protocol.message.SyncGroupRequest;
import io.ottla.protocol.message.SyncGroupResponse;
import io.ottla.testkit.internal.group.CommittedOffset;
import io.ottla.testkit.internal.group.Committer;
import io.ottla.testkit.internal.group.Group;
import io.ottla.testkit.internal.group.GroupCoordinator;
import io.ottla.testkit.internal.group.GroupType;
import io.ottla.testkit.internal.group.consumer.Admission.Arrival;
import io.ottla.testkit.internal.group.consumer.Profile.Client;
import io.ottla.testkit.internal.wire.Exchange;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A group of the consumer protocol (KIP-848), as handlers and tests see it. A member may also speak
 * the classic protocol; then the coordinator answers it in the name of a leader.
 *
 * <p>Thread: the cluster's loop. Always: a request that is refused changes nothing.
 *
 * <p>Not as in Kafka: racks of replicas play no part, so their change moves no epoch. Regular
 * expressions are RE2's in Kafka and {@link java.util.regex.Pattern}'s here; {@link Re2Dialect}
 * says how the two are brought together.
 */
public final class ConsumerGroup implements Group {
  private final String id;
  private final GroupCoordinator coordinator;
  private final Rebalancing rebalancing;
  private final Admission admission;
  private final ClassicSpeakers classicSpeakers;

  ConsumerGroup(String id, GroupCoordinator coordinator) {
    this.id = id;
    this.coordinator = coordinator;
    Downgrade downgrade = new Downgrade(coordinator, this);
    this.rebalancing = new Rebalancing(id, coordinator, downgrade::withoutThem);
    this.admission = new Admission(rebalancing.roster());
    this.classicSpeakers =
        new ClassicSpeakers(rebalancing, admission, downgrade, this::newMemberId);
  }

  /** Answers a heartbeat that is right in itself, or throws a {@link Refusal}. */
  ConsumerGroupHeartbeatResponse heartbeat(ConsumerGroupHeartbeatRequest request, Client client) {
    if (request.memberEpoch() < HeartbeatRules.JOINING) {
      return leave(request);
    }
    rebalancing.refuseIfFull(request.memberId());
    Set<TopicIdPartition> reported = Wire.reported(request.topicPartitions());
    String memberId = request.memberId().isEmpty() ? newMemberId() : request.memberId();
    Arrival arrival =
        admission.admit(memberId, request.instanceId(), request.memberEpoch(), reported);
    Member before = arrival.member();
    Profile said = before.profile().heard(request, client);
    rebalancing.refuseUnreadablePattern(before.profile().subscription(), said.subscription());

    Member after = rebalancing.advance(arrival, said, reported);
    rebalancing.restartSession(after);
    ConsumerGroupHeartbeatResponse answer =
        new ConsumerGroupHeartbeatResponse()
            .memberId(after.id())
            .memberEpoch(after.holding().epoch())
            .heartbeatIntervalMs(coordinator.settings().consumerHeartbeatIntervalMs());
    boolean changed = !before.holding().assigned().equals(after.holding().assigned());
    if (request.memberEpoch() == HeartbeatRules.JOINING || Wire.isFull(request) || changed) {
      answer.assignment(Wire.assignment(after.holding().assigned().keySet()));
    }
    return answer;
  }

  /** For a member that brings none. */
  String newMemberId() {
    return Wire.memberId(coordinator.newMemberId(""));
  }

  private ConsumerGroupHeartbeatResponse leave(ConsumerGroupHeartbeatRequest request) {
    Member member = admission.existing(request.memberId(), request.instanceId());
    if (request.memberEpoch() == Holding.AWAY) {
      rebalancing.leaveForAWhile(member);
    } else {
      rebalancing.remove(List.of(member), "left");
    }
    return new ConsumerGroupHeartbeatResponse()
        .memberId(request.memberId())
        .memberEpoch(request.memberEpoch());
  }

  /** Takes over the members of a classic group. */
  void adopt(Collection<Member> members, int generation) {
    rebalancing.adopt(members, generation);
    rebalancing.startTimers();
  }

  // What the registry asks.

  @Override
  public String id() {
    return id;
  }

  @Override
  public GroupType type() {
    return GroupType.CONSUMER;
  }

  @Override
  public String stateName() {
    return rebalancing.state().wireName();
  }

  @Override
  public String protocolType() {
    return EmbeddedProtocol.TYPE;
  }

  @Override
  public boolean isEmpty() {
    return rebalancing.roster().isEmpty();
  }

  @Override
  public List<String> memberIds() {
    return rebalancing.roster().all().stream().map(Member::id).sorted().toList();
  }

  @Override
  public boolean hasMember(String memberId) {
    return rebalancing.roster().find(memberId) != null;
  }

  @Override
  public boolean isSubscribedTo(String topic) {
    return rebalancing.subscriptions().names().contains(topic);
  }

  @Override
  public ErrorCode checkCommit(Committer committer) {
    return offsetRules().checkCommit(committer);
  }

  @Override
  public ErrorCode checkCommit(Committer committer, String topic, UUID topicId, int partition) {
    return offsetRules().checkCommit(committer, new TopicIdPartition(topicId, partition));
  }

  @Override
  public ErrorCode checkFetch(@Nullable String memberId, int memberEpoch) {
    return offsetRules().checkFetch(memberId, memberEpoch);
  }

  private OffsetRules offsetRules() {
    return new OffsetRules(rebalancing.roster());
  }

  @Override
  public ErrorCode checkOffsetDelete() {
    return ErrorCode.NONE;
  }

  @Override
  public ErrorCode checkDelete() {
    return isEmpty() ? ErrorCode.NONE : ErrorCode.NON_EMPTY_GROUP;
  }

  @Override
  public OptionalLong retentionStart(CommittedOffset offset) {
    return OptionalLong.of(offset.committedAtMillis());
  }

  @Override
  public void join(Exchange<JoinGroupRequest, JoinGroupResponse> exchange) {
    classicSpeakers.join(exchange);
  }

  @Override
  public void sync(Exchange<SyncGroupRequest, SyncGroupResponse> exchange) {
    classicSpeakers.sync(exchange);
  }

  @Override
  public ErrorCode heartbeat(HeartbeatRequest request) {
    return classicSpeakers.heartbeat(request);
  }

  @Override
  public List<MemberResponse> leave(List<MemberIdentity> leaving) {
    return classicSpeakers.leave(leaving);
  }

  @Override
  public boolean expire(String memberId) {
    return rebalancing.expire(memberId, "was made to expire");
  }

  @Override
  public void rebalance(String why) {
    rebalancing.raise(why);
  }

  @Override
  public void moved() {
    rebalancing.restartTimers();
  }

  @Override
  public void close(ErrorCode error) {
    rebalancing.end("deleted or converted");
  }

  // What tests ask.

  /**
   * Makes the coordinator forget the member's last epoch: its next heartbeat is answered
   * FENCED_MEMBER_EPOCH, its commits STALE_MEMBER_EPOCH, and it has to give up everything and join
   * again. Its partitions stay its own meanwhile.
   *
   * @return false if there is no such member, or if it is a static one that left for a while
   */
  public boolean fence(String memberId) {
    return rebalancing.fence(memberId);
  }

  /** What there is now. */
  public GroupView view() {
    Map<String, GroupView.MemberView> members = new TreeMap<>();
    for (Member member : rebalancing.roster().all()) {
      Holding held = member.holding();
      members.put(
          member.id(),
          new GroupView.MemberView(
              held.state(),
              held.epoch(),
              held.assigned().keySet(),
              held.pendingRevocation().keySet(),
              rebalancing.targets().of(member.id()).partitions()));
    }
    return new GroupView(
        rebalancing.state(),
        rebalancing.epoch(),
        rebalancing.targets().epoch(),
        rebalancing.assignorName(),
        members);
  }

  Rebalancing rebalancing() {
    return rebalancing;
  }
}
