package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.MalformedMessageException;
import io.ottla.protocol.message.ConsumerProtocolSubscription;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.HeartbeatRequest;
import io.ottla.protocol.message.JoinGroupRequest;
import io.ottla.protocol.message.JoinGroupRequest.JoinGroupRequestProtocol;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.LeaveGroupRequest.MemberIdentity;
import io.ottla.protocol.message.LeaveGroupResponse.MemberResponse;
import io.ottla.protocol.message.SyncGroupRequest;
import io.ottla.protocol.message.SyncGroupResponse;
import io.ottla.testkit.internal.group.GroupSettings.MigrationPolicy;
import io.ottla.testkit.internal.group.consumer.Admission.Arrival;
import io.ottla.testkit.internal.group.consumer.MemberTimers.Kind;
import io.ottla.testkit.internal.group.consumer.Profile.Client;
import io.ottla.testkit.internal.group.consumer.Profile.Subscription;
import io.ottla.testkit.internal.wire.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Members of a consumer group that speak the classic protocol. Nobody is told to lead: the assignor
 * is the server's. A JoinGroup says what the member gave up, and takes it one step further; its
 * SyncGroup brings what it has now; a heartbeat tells it to join again when there is a next step.
 *
 * <p>Thread: the cluster's loop.
 */
final class ClassicSpeakers {
  /** From this version on a dynamic member joins a second time with the id it was given. */
  private static final int KNOWN_ID_VERSION = 4;

  private final Rebalancing rebalancing;
  private final Admission admission;
  private final Downgrade downgrade;
  private final Supplier<String> newMemberId;

  ClassicSpeakers(
      Rebalancing rebalancing,
      Admission admission,
      Downgrade downgrade,
      Supplier<String> newMemberId) {
    this.newMemberId = newMemberId;
    this.rebalancing = rebalancing;
    this.admission = admission;
    this.downgrade = downgrade;
  }

  void join(Exchange<JoinGroupRequest, JoinGroupResponse> exchange) {
    try {
      exchange.answer(joined(exchange));
    } catch (Refusal refusal) {
      exchange.answer(
          new JoinGroupResponse()
              .memberId(exchange.request().memberId())
              .errorCode(refusal.error().code()));
    }
  }

  private JoinGroupResponse joined(Exchange<JoinGroupRequest, JoinGroupResponse> exchange) {
    JoinGroupRequest request = exchange.request();
    boolean isNew = request.memberId().isEmpty();
    String memberId = isNew ? newMemberId.get() : request.memberId();
    if (rebalancing.settings().migrationPolicy() == MigrationPolicy.DISABLED) {
      throw new Refusal(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, "groups are not to be mixed");
    }
    rebalancing.refuseIfFull(memberId);
    refuseUnknownProtocols(request);
    if (isNew && request.groupInstanceId() == null && exchange.version() >= KNOWN_ID_VERSION) {
      return new JoinGroupResponse()
          .memberId(memberId)
          .errorCode(ErrorCode.MEMBER_ID_REQUIRED.code());
    }
    ConsumerProtocolSubscription subscription = subscription(request);
    Arrival arrival = admit(memberId, request.groupInstanceId(), isNew);
    Profile said =
        said(
            arrival.member().profile(),
            request,
            subscription,
            new Client(exchange.clientId(), exchange.clientHost()));
    Set<TopicIdPartition> reported =
        EmbeddedProtocol.owned(subscription, rebalancing.subscriptions().topics());

    Member member = enter(arrival, said, reported);
    return new JoinGroupResponse()
        .memberId(member.id())
        .generationId(member.holding().epoch())
        .protocolType(EmbeddedProtocol.TYPE)
        .protocolName(speech(member).first().name());
  }

  private Arrival admit(String memberId, @Nullable String instanceId, boolean isNew) {
    if (instanceId == null) {
      return admission.arrival(memberId, null);
    }
    return isNew
        ? admission.arrival(memberId, rebalancing.roster().findStatic(instanceId))
        : new Arrival(admission.existing(memberId, instanceId), null);
  }

  private Member enter(Arrival arrival, Profile said, Set<TopicIdPartition> reported) {
    Member replaced = arrival.replaced();
    if (replaced != null && downgrade.isDueWithout(replaced)) {
      Member member = rebalancing.advanceWithoutTarget(arrival, said, reported);
      boolean isTargetDue = rebalancing.targets().epoch() < rebalancing.epoch();
      var classic = downgrade.convert(List.of());
      if (isTargetDue) {
        classic.rebalance("the target was older than the group");
      }
      return member;
    }
    Member member = rebalancing.advance(arrival, said, reported);
    rebalancing.timers().cancel(Kind.JOIN, member.id());
    rebalancing.restartSession(member);
    String memberId = member.id();
    rebalancing
        .timers()
        .restart(
            Kind.SYNC,
            memberId,
            member.profile().rebalanceTimeoutMillis(),
            () -> rebalancing.expire(memberId, "did not sync within its rebalance timeout"));
    return member;
  }

  /** There must be an assignor that all classic speakers offer; the group's own one is another. */
  private void refuseUnknownProtocols(JoinGroupRequest request) {
    boolean fits =
        EmbeddedProtocol.TYPE.equals(request.protocolType())
            && request.protocols().stream()
                .map(JoinGroupRequestProtocol::name)
                .anyMatch(this::areAllAbleTo);
    if (!fits) {
      throw new Refusal(
          ErrorCode.INCONSISTENT_GROUP_PROTOCOL, "no assignor that the others offer, too");
    }
  }

  private boolean areAllAbleTo(String protocol) {
    return rebalancing.roster().all().stream()
        .filter(Member::speaksClassic)
        .allMatch(member -> speech(member).offers(protocol));
  }

  private static ConsumerProtocolSubscription subscription(JoinGroupRequest request) {
    try {
      return EmbeddedProtocol.readSubscription(request.protocols().get(0).metadata());
    } catch (MalformedMessageException e) {
      throw new Refusal(
          ErrorCode.UNKNOWN_SERVER_ERROR, "the metadata is not what consumers write: " + e);
    }
  }

  private static Profile said(
      Profile before,
      JoinGroupRequest request,
      ConsumerProtocolSubscription subscription,
      Client client) {
    String rack = subscription.rackId();
    return new Profile(
        request.groupInstanceId() == null ? before.instanceId() : request.groupInstanceId(),
        rack == null || rack.isEmpty() ? before.rackId() : rack,
        // Version 0 has one timeout for both.
        request.rebalanceTimeoutMs() == -1
            ? request.sessionTimeoutMs()
            : request.rebalanceTimeoutMs(),
        client,
        new Subscription(new TreeSet<>(subscription.topics()), ""),
        before.assignor(),
        new ClassicSpeech(request.sessionTimeoutMs(), request.protocols()));
  }

  void sync(Exchange<SyncGroupRequest, SyncGroupResponse> exchange) {
    SyncGroupRequest request = exchange.request();
    try {
      Member member = speaker(request.memberId(), request.groupInstanceId());
      refuseOtherGeneration(member, request.generationId());
      refuseOtherProtocol(member, request);
      if (rebalancing.targets().epoch() > member.holding().epoch()
          && member.holding().state() != MemberState.UNREVOKED_PARTITIONS) {
        awaitJoin(member);
        throw new Refusal(ErrorCode.REBALANCE_IN_PROGRESS, "there is a new target");
      }
      rebalancing.timers().cancel(Kind.SYNC, member.id());
      rebalancing.restartSession(member);
      exchange.answer(
          new SyncGroupResponse()
              .protocolType(request.protocolType())
              .protocolName(request.protocolName())
              .assignment(
                  EmbeddedProtocol.writeAssignment(
                      member.holding().assigned().keySet(),
                      rebalancing.subscriptions().topics(),
                      speech(member).first().metadata())));
    } catch (Refusal refusal) {
      exchange.answer(new SyncGroupResponse().errorCode(refusal.error().code()));
    }
  }

  private static void refuseOtherProtocol(Member member, SyncGroupRequest request) {
    String type = request.protocolType();
    String name = request.protocolName();
    if ((type != null && !type.equals(EmbeddedProtocol.TYPE))
        || (name != null && !name.equals(speech(member).first().name()))) {
      throw new Refusal(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, "not the protocol that it was told");
    }
  }

  ErrorCode heartbeat(HeartbeatRequest request) {
    try {
      Member member = speaker(request.memberId(), request.groupInstanceId());
      refuseOtherGeneration(member, request.generationId());
      rebalancing.restartSession(member);
      if (!hasNextStep(member)) {
        return ErrorCode.NONE;
      }
      awaitJoin(member);
      return ErrorCode.REBALANCE_IN_PROGRESS;
    } catch (Refusal refusal) {
      return refusal.error();
    }
  }

  private boolean hasNextStep(Member member) {
    Holding held = member.holding();
    if (held.epoch() < rebalancing.targets().epoch()) {
      return true;
    }
    return switch (held.state()) {
      case STABLE -> false;
      case UNREVOKED_PARTITIONS -> true;
      case UNRELEASED_PARTITIONS -> !isWaitingForOthers(member);
    };
  }

  private boolean isWaitingForOthers(Member member) {
    return rebalancing.targets().of(member.id()).partitions().stream()
        .anyMatch(
            partition ->
                !member.holding().assigned().containsKey(partition)
                    && rebalancing.roster().isOwned(partition));
  }

  private void awaitJoin(Member member) {
    String memberId = member.id();
    rebalancing
        .timers()
        .startIfAbsent(
            Kind.JOIN,
            memberId,
            member.profile().rebalanceTimeoutMillis(),
            () -> rebalancing.expire(memberId, "did not rejoin within its rebalance timeout"));
  }

  /** LeaveGroup lets members of either protocol go. */
  List<MemberResponse> leave(List<MemberIdentity> leaving) {
    List<MemberResponse> answers = new ArrayList<>();
    Set<String> ids = new TreeSet<>();
    for (MemberIdentity identity : leaving) {
      MemberResponse answer =
          new MemberResponse()
              .memberId(identity.memberId())
              .groupInstanceId(identity.groupInstanceId());
      try {
        ids.add(leaver(identity).id());
      } catch (Refusal refusal) {
        answer.errorCode(refusal.error().code());
      }
      answers.add(answer);
    }
    List<Member> members = new ArrayList<>();
    ids.forEach(id -> members.add(Objects.requireNonNull(rebalancing.roster().find(id))));
    rebalancing.remove(members, "left by LeaveGroup");
    return answers;
  }

  private Member leaver(MemberIdentity identity) {
    String instanceId = identity.groupInstanceId();
    Member owner = instanceId == null ? null : rebalancing.roster().findStatic(instanceId);
    // An operator removes a static member without knowing its member id.
    return owner != null && identity.memberId().isEmpty()
        ? owner
        : admission.existing(identity.memberId(), instanceId);
  }

  private Member speaker(String memberId, @Nullable String instanceId) {
    Member member = admission.existing(memberId, instanceId);
    if (!member.speaksClassic()) {
      throw new Refusal(ErrorCode.UNKNOWN_MEMBER_ID, memberId + " speaks the consumer protocol");
    }
    return member;
  }

  private static void refuseOtherGeneration(Member member, int generation) {
    if (generation != member.holding().epoch()) {
      throw new Refusal(
          ErrorCode.ILLEGAL_GENERATION, "the member is in " + member.holding().epoch());
    }
  }

  private static ClassicSpeech speech(Member member) {
    return Objects.requireNonNull(member.profile().classic(), member.id());
  }
}
