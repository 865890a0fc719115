package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.JoinGroupResponse;
import io.ottla.protocol.message.JoinGroupResponse.JoinGroupResponseMember;
import io.ottla.protocol.message.SyncGroupResponse;
import io.ottla.testkit.internal.loop.Timer;
import io.ottla.testkit.internal.loop.Timers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members of a classic group and what brings them from one generation to the next, under one
 * coordinator; when the coordinator moves, another membership takes over from what was kept.
 *
 * <p>Owns: the state, the generation, the members' sessions and waiting requests. Always: what an
 * answer follows from has been done before it is given. Thread: the cluster's loop. Units:
 * milliseconds.
 */
final class Membership {
  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
  private static final byte[] NOTHING = {};
  private static final Timer NO_TIMER = () -> {};

  private final String groupId;
  private final Timers timers;
  private final GroupSettings settings;
  private final Roster roster;
  private final Sessions sessions;

  private ClassicState state;
  private ClassicState previousState = ClassicState.DEAD;
  private long sinceMillis;
  private int generation;
  private @Nullable String protocolName;
  private Optional<Set<String>> subscribedTopics;
  private KeptGroup kept;

  /** Ends the joining of a rebalance; only while PREPARING_REBALANCE. */
  private Timer joinTimer = NO_TIMER;

  /** Ends the waiting for members that joined and do not sync. */
  private Timer syncTimer = NO_TIMER;

  /** Members of this generation that have not sent a SyncGroup. */
  private final Set<String> pendingSyncs = new LinkedHashSet<>();

  /** Whether somebody came while the initial delay ran, which prolongs it. */
  private boolean newcomerInDelay;

  /** Goes on from what a coordinator kept; the sessions of its members begin anew. */
  Membership(String groupId, Timers timers, GroupSettings settings, KeptGroup kept) {
    this.groupId = groupId;
    this.timers = timers;
    this.settings = settings;
    this.roster = new Roster(kept.protocolType(), kept.leader());
    this.sessions = new Sessions(timers, this::onSessionExpired);
    this.state = kept.members().isEmpty() ? ClassicState.EMPTY : ClassicState.STABLE;
    this.sinceMillis = kept.sinceMillis();
    this.generation = kept.generation();
    this.protocolName = kept.protocolName();
    this.kept = kept;
    for (ClassicMember member : kept.members()) {
      roster.add(member.renamed(member.id()));
      sessions.restart(member.id(), member.sessionTimeoutMs());
    }
    this.subscribedTopics = topicsOfMembers();
    if (roster.size() > settings.maxSize()) {
      prepareRebalance("it is loaded with more members than it may have");
    }
  }

  Roster roster() {
    return roster;
  }

  Sessions sessions() {
    return sessions;
  }

  ClassicState state() {
    return state;
  }

  /** The state before this one. */
  ClassicState previousState() {
    return previousState;
  }

  /** Since when it is in its state. */
  long sinceMillis() {
    return sinceMillis;
  }

  int generation() {
    return generation;
  }

  @Nullable String protocolName() {
    return protocolName;
  }

  Optional<Set<String>> subscribedTopics() {
    return subscribedTopics;
  }

  /** What the next coordinator would know. */
  KeptGroup kept() {
    return kept;
  }

  private void moveTo(ClassicState next, String why) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException(
          "group " + groupId + " may not go from " + state + " to " + next + ": " + why);
    }
    LOG.debug("[{}] {} -> {} after generation {}: {}", groupId, state, next, generation, why);
    previousState = state;
    state = next;
    sinceMillis = timers.nowMillis();
  }

  /** Somebody came, went or changed: begins a rebalance, or brings the one that runs forward. */
  void onChange(String why) {
    if (state.mayBecome(ClassicState.PREPARING_REBALANCE)) {
      prepareRebalance(why);
    } else {
      completeJoinIfAll();
    }
  }

  /** Begins a rebalance; an empty group waits a while for more to come. */
  void prepareRebalance(String why) {
    endSyncPhase();
    moveTo(ClassicState.PREPARING_REBALANCE, why);
    if (previousState == ClassicState.EMPTY) {
      int delayMs = settings.initialRebalanceDelayMs();
      waitInitially(delayMs, Math.max(roster.rebalanceTimeoutMs() - delayMs, 0));
      return;
    }
    restartJoinTimer(roster.rebalanceTimeoutMs(), this::completeJoin);
    if (previousState == ClassicState.COMPLETING_REBALANCE) {
      assign(Map.of(), ErrorCode.REBALANCE_IN_PROGRESS);
    }
    completeJoinIfAll();
  }

  private void waitInitially(int delayMs, int remainingMs) {
    restartJoinTimer(
        delayMs,
        () -> {
          if (newcomerInDelay && remainingMs > 0) {
            newcomerInDelay = false;
            waitInitially(
                Math.min(settings.initialRebalanceDelayMs(), remainingMs),
                Math.max(remainingMs - delayMs, 0));
          } else {
            completeJoin();
          }
        });
  }

  /** Notes that a member is about to be added. */
  void onNewcomer() {
    if (state == ClassicState.PREPARING_REBALANCE && previousState == ClassicState.EMPTY) {
      newcomerInDelay = true;
    }
  }

  /** Ends the joining if all have joined; never before the initial delay is over. */
  void completeJoinIfAll() {
    if (state == ClassicState.PREPARING_REBALANCE
        && previousState != ClassicState.EMPTY
        && roster.allJoined()) {
      completeJoin();
    }
  }

  /** Begins the next generation with those who have joined; static members may be late. */
  private void completeJoin() {
    joinTimer.cancel();
    for (ClassicMember member : roster.members()) {
      if (!member.isWaitingForJoin() && member.instanceId() == null) {
        roster.remove(member.id());
        sessions.cancel(member.id());
      }
    }
    if (!roster.electJoinedLeader() && !roster.isEmpty()) {
      // Only static members are left, and none of them has joined: sessions will end it.
      restartJoinTimer(roster.rebalanceTimeoutMs(), this::completeJoin);
      return;
    }
    generation++;
    pendingSyncs.clear();
    protocolName = roster.isEmpty() ? null : roster.selectProtocol();
    subscribedTopics = topicsOfMembers();
    if (roster.isEmpty()) {
      moveTo(ClassicState.EMPTY, "nobody joined");
      keep();
    } else {
      moveTo(ClassicState.COMPLETING_REBALANCE, roster.size() + " members joined");
      letMembersSync();
    }
  }

  private void letMembersSync() {
    List<ClassicMember> members = roster.members();
    for (ClassicMember member : members) {
      member.isNew(false);
      pendingSyncs.add(member.id());
      sessions.restart(member.id(), member.sessionTimeoutMs());
    }
    syncTimer = timers.schedule(roster.rebalanceTimeoutMs(), this::onSyncTimeout);
    for (ClassicMember member : members) {
      member.answerJoin(joined(member, roster.isLeader(member.id())));
    }
  }

  /** What tells a member that it is in the present generation. */
  JoinGroupResponse joined(ClassicMember member, boolean withMembers) {
    String leader = roster.leader();
    return new JoinGroupResponse()
        .memberId(member.id())
        .generationId(generation)
        .protocolType(roster.protocolType())
        .protocolName(protocolName)
        .leader(leader == null ? "" : leader)
        .members(withMembers ? membersForLeader() : List.of());
  }

  private List<JoinGroupResponseMember> membersForLeader() {
    return roster.members().stream()
        .map(
            member ->
                new JoinGroupResponseMember()
                    .memberId(member.id())
                    .groupInstanceId(member.instanceId())
                    .metadata(member.metadata(String.valueOf(protocolName))))
        .toList();
  }

  private void onSyncTimeout() {
    for (String memberId : Set.copyOf(pendingSyncs)) {
      roster.remove(memberId);
      sessions.cancel(memberId);
    }
    prepareRebalance("members joined and did not sync");
  }

  /** A member has sent its SyncGroup. */
  void onSync(String memberId) {
    pendingSyncs.remove(memberId);
    if (pendingSyncs.isEmpty()) {
      endSyncPhase();
    }
  }

  private void endSyncPhase() {
    pendingSyncs.clear();
    syncTimer.cancel();
    syncTimer = NO_TIMER;
  }

  /** The leader has assigned: the group is stable, and who waits is answered. */
  void onAssignment(Map<String, byte[]> assignment) {
    moveTo(ClassicState.STABLE, "the leader has assigned");
    assign(assignment, ErrorCode.NONE);
  }

  private void assign(Map<String, byte[]> assignment, ErrorCode error) {
    List<ClassicMember> members = roster.members();
    for (ClassicMember member : members) {
      member.assignment(assignment.getOrDefault(member.id(), NOTHING));
    }
    if (error == ErrorCode.NONE) {
      keep();
    }
    for (ClassicMember member : members) {
      SyncGroupResponse response =
          error == ErrorCode.NONE ? assigned(member) : Answers.syncRefused(error);
      if (member.answerSync(response)) {
        sessions.restart(member.id(), member.sessionTimeoutMs());
      }
    }
  }

  /** What tells a member its assignment. */
  SyncGroupResponse assigned(ClassicMember member) {
    return new SyncGroupResponse()
        .protocolType(roster.protocolType())
        .protocolName(protocolName)
        .assignment(member.assignment());
  }

  /** Writes the group down for the next coordinator. */
  void keep() {
    kept =
        new KeptGroup(
            generation,
            roster.protocolType(),
            protocolName,
            roster.leader(),
            sinceMillis,
            roster.members().stream().map(member -> member.kept(protocolName)).toList());
  }

  private void onSessionExpired(String memberId) {
    ClassicMember member = roster.find(memberId);
    boolean isExcused =
        member != null
            && !member.isNew()
            && (member.isWaitingForJoin() || member.isWaitingForSync());
    if (!isExcused) {
      expire(memberId);
    }
  }

  /** Removes a member, or somebody with an id who has not joined, as if its session had ended. */
  boolean expire(String memberId) {
    sessions.cancel(memberId);
    ClassicMember member = roster.find(memberId);
    if (member == null && !roster.isPending(memberId)) {
      return false;
    }
    boolean wasMember = member != null;
    roster.remove(memberId);
    if (member != null) {
      member.answerJoin(Answers.joinRefused("", ErrorCode.UNKNOWN_MEMBER_ID));
      member.answerSync(Answers.syncRefused(ErrorCode.UNKNOWN_MEMBER_ID));
    }
    if (state == ClassicState.PREPARING_REBALANCE) {
      if (roster.allJoined()) {
        completeJoin();
      }
    } else if (wasMember) {
      onChange("session of " + memberId + " has ended");
    }
    return true;
  }

  /** Ends all timers and tells those who wait; the membership is of no more use. */
  void close(ErrorCode error, String why) {
    if (state == ClassicState.DEAD) {
      return;
    }
    moveTo(ClassicState.DEAD, why);
    joinTimer.cancel();
    endSyncPhase();
    sessions.cancelAll();
    for (ClassicMember member : roster.members()) {
      member.answerJoin(Answers.joinRefused(member.id(), error));
      member.answerSync(Answers.syncRefused(error));
    }
  }

  private void restartJoinTimer(int delayMs, Runnable task) {
    joinTimer.cancel();
    joinTimer = timers.schedule(delayMs, task);
  }

  private Optional<Set<String>> topicsOfMembers() {
    return SubscribedTopics.CONSUMER.equals(roster.protocolType())
        ? SubscribedTopics.of(roster.members(), protocolName)
        : Optional.empty();
  }
}
