package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.group.GroupCoordinator;
import io.ottla.testkit.internal.group.GroupSettings;
import io.ottla.testkit.internal.group.consumer.Admission.Arrival;
import io.ottla.testkit.internal.group.consumer.MemberTimers.Kind;
import io.ottla.testkit.internal.group.consumer.Profile.Subscription;
import io.ottla.testkit.internal.group.consumer.Reconciliation.Surroundings;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members of one consumer group, its epoch and target, and how the members get there.
 * Everything happens in requests of members: one brings news of its member, which may raise the
 * group's epoch; a target is computed for the new epoch; and the member goes one step towards it.
 * Others hear of it in requests of their own.
 *
 * <p>Owns: roster, subscriptions, targets, the members' timers. Thread: the cluster's loop.
 *
 * <p>Always: no partition has two owners; target epoch ≤ group epoch. Units: milliseconds of the
 * cluster's time.
 */
final class Rebalancing {
  private static final Logger LOG = LoggerFactory.getLogger(Rebalancing.class);

  private final String id;
  private final GroupCoordinator coordinator;
  private final Roster roster = new Roster();
  private final MemberTimers timers;
  private final Subscriptions subscriptions;
  private final Targets targets;
  private final Predicate<Collection<Member>> downgrade;

  private GroupState state = GroupState.EMPTY;

  /** Raised by every change that the target must follow. Kafka starts with 1. */
  private int epoch = 1;

  /**
   * Nobody yet.
   *
   * @param downgrade asked before members are removed: whether the group has become a classic one
   *     without them instead, which is then the end of this
   */
  Rebalancing(String id, GroupCoordinator coordinator, Predicate<Collection<Member>> downgrade) {
    this.id = id;
    this.coordinator = coordinator;
    this.downgrade = downgrade;
    this.timers = new MemberTimers(coordinator.timers());
    this.subscriptions = new Subscriptions(roster, coordinator.topics());
    this.targets = new Targets(roster, subscriptions);
  }

  /** Refuses somebody new if the group is full. */
  void refuseIfFull(String memberId) {
    if (roster.size() >= settings().consumerMaxSize() && roster.find(memberId) == null) {
      throw new Refusal(
          ErrorCode.GROUP_MAX_SIZE_REACHED, "the group has " + roster.size() + " members");
    }
  }

  /** Refuses a pattern that nobody used before and that cannot be compiled. */
  void refuseUnreadablePattern(Subscription before, Subscription said) {
    if (said.hasPattern()
        && !said.pattern().equals(before.pattern())
        && !roster.isPatternUsed(said.pattern())) {
      try {
        Re2Dialect.compile(said.pattern());
      } catch (PatternSyntaxException e) {
        throw new Refusal(
            ErrorCode.INVALID_REGULAR_EXPRESSION,
            "not a regular expression of RE2: " + e.getDescription());
      }
    }
  }

  /**
   * Takes in what a member says and takes it one step towards its target, a new one if it is due.
   * Nothing is refused any more.
   */
  Member advance(Arrival arrival, Profile said, @Nullable Set<TopicIdPartition> reported) {
    boolean subscriptionChanged = takeIn(arrival, said);
    computeTarget();
    return advanced(arrival, reported, subscriptionChanged);
  }

  /**
   * The same for a group that is about to end: towards the present target, if it is not too old.
   */
  Member advanceWithoutTarget(Arrival arrival, Profile said, Set<TopicIdPartition> reported) {
    boolean subscriptionChanged = takeIn(arrival, said);
    return targets.epoch() < epoch
        ? existing(arrival.member().id())
        : advanced(arrival, reported, subscriptionChanged);
  }

  private Member advanced(
      Arrival arrival, @Nullable Set<TopicIdPartition> reported, boolean subscriptionChanged) {
    Member member = step(existing(arrival.member().id()), reported, subscriptionChanged);
    settleState("request of " + member.id());
    return member;
  }

  /** Enters the member; returns whether it now wants other topics. */
  private boolean takeIn(Arrival arrival, Profile said) {
    Member before = arrival.member();
    Member replaced = arrival.replaced();
    if (replaced != null) {
      roster.remove(replaced);
      timers.cancelAll(replaced.id());
      targets.rename(replaced.id(), before.id());
    }
    Subscription was = before.profile().subscription();
    Subscription is = said.subscription();
    boolean othersUsePattern = roster.isPatternUsedByOthers(is.pattern(), before.id());
    roster.put(before.with(said));

    boolean namesChanged = !was.topics().equals(is.topics());
    boolean patternChanged = !was.pattern().equals(is.pattern());
    // A pattern that is not matched yet raises the epoch when it is.
    boolean raise =
        namesChanged
            || (patternChanged
                && (said.classic() != null
                    || !is.hasPattern()
                    || (othersUsePattern && subscriptions.patterns().isMatched(is.pattern()))));
    lookAtPatterns(was.pattern());
    if (raise || subscriptions.areStale()) {
      boolean topicsChanged = subscriptions.refresh();
      if (raise || topicsChanged) {
        raiseEpoch(raise ? before.id() + " subscribed anew" : "topics changed");
      }
    }
    return namesChanged || patternChanged;
  }

  /** Matches patterns soon, if it is time to. */
  private void lookAtPatterns(String before) {
    TopicPatterns patterns = subscriptions.patterns();
    long last = patterns.lookedAtMillis();
    if (!roster.isPatternUsed(before)) {
      patterns.forget(before);
    }
    Collection<String> topics = subscriptions.topics().names();
    if (patterns.isDue(roster.patterns(), topics, last, coordinator.timers().nowMillis())) {
      patterns.willLook();
      coordinator.timers().schedule(0, this::matchPatterns);
    }
  }

  private void matchPatterns() {
    if (state == GroupState.DEAD) {
      return;
    }
    boolean othersMatch =
        subscriptions
            .patterns()
            .look(
                roster.patterns(),
                subscriptions.topics().names(),
                coordinator.timers().nowMillis());
    boolean topicsChanged = subscriptions.refresh();
    if (othersMatch || topicsChanged) {
      raiseEpoch("other topics match");
      settleState("other topics match");
    }
  }

  private void computeTarget() {
    long now = coordinator.timers().nowMillis();
    if (targets.epoch() < epoch
        && targets.mayCompute(now, settings().consumerAssignmentIntervalMs())) {
      targets.compute(Assignors.named(assignorName()), epoch, now);
    }
  }

  /** The assignor that most members ask for, or the default. */
  String assignorName() {
    String preferred = roster.preferredAssignor();
    return preferred == null ? settings().consumerAssignors().get(0) : preferred;
  }

  private Member step(
      Member member, @Nullable Set<TopicIdPartition> reported, boolean subscriptionChanged) {
    Holding held = member.holding();
    if (!subscriptionChanged && held.isReconciledTo(targets.epoch())) {
      return member;
    }
    Set<UUID> wanted = subscriptions.topicIds(member.profile().subscription());
    Surroundings surroundings =
        new Surroundings(wanted::contains, roster::isOwned, reported, subscriptionChanged);
    Holding next =
        new Reconciliation(held, targets.of(member.id()), targets.epoch(), surroundings).next();
    if (next.equals(held)) {
      return member;
    }
    Member stepped = move(member, next, "target epoch " + targets.epoch());
    if (!stepped.speaksClassic()) {
      awaitRevocation(stepped);
    }
    return stepped;
  }

  private Member move(Member member, Holding next, String why) {
    MemberState from = member.holding().state();
    if (from != next.state()) {
      if (!from.mayBecome(next.state())) {
        throw new IllegalStateException(from + " does not become " + next.state());
      }
      LOG.debug("[{}|{}] {} -> {}: {}", id, member.id(), from, next.state(), why);
    }
    Member moved = member.with(next);
    roster.put(moved);
    return moved;
  }

  // What it waits for.

  /** Waits for the member's next sign of life. */
  void restartSession(Member member) {
    ClassicSpeech classic = member.profile().classic();
    int millis =
        classic == null ? settings().consumerSessionTimeoutMs() : classic.sessionTimeoutMillis();
    timers.restart(
        Kind.SESSION,
        member.id(),
        millis,
        () -> expire(member.id(), "was silent for its session timeout"));
  }

  /**
   * Removes a member, if it is one still.
   *
   * @return whether it was
   */
  boolean expire(String memberId, String why) {
    Member member = roster.find(memberId);
    if (member != null) {
      remove(List.of(member), why);
    }
    return member != null;
  }

  private void awaitRevocation(Member member) {
    if (member.holding().state() != MemberState.UNREVOKED_PARTITIONS) {
      timers.cancel(Kind.REVOCATION, member.id());
      return;
    }
    int epochThen = member.holding().epoch();
    timers.restart(
        Kind.REVOCATION,
        member.id(),
        member.profile().rebalanceTimeoutMillis(),
        () -> {
          Member late = roster.find(member.id());
          if (late != null && late.holding().epoch() == epochThen) {
            remove(List.of(late), "kept its partitions for longer than its rebalance timeout");
          }
        });
  }

  /** Lets members go, for whatever reason; the group's epoch is raised. */
  void remove(Collection<Member> members, String why) {
    if (members.isEmpty() || downgrade.test(members)) {
      return;
    }
    for (Member member : members) {
      LOG.debug("[{}|{}] removed: {}", id, member.id(), why);
      roster.remove(member);
      targets.remove(member.id());
      timers.cancelAll(member.id());
      String pattern = member.profile().subscription().pattern();
      if (!roster.isPatternUsed(pattern)) {
        subscriptions.patterns().forget(pattern);
      }
    }
    subscriptions.refresh();
    raiseEpoch(why);
    settleState(why);
  }

  // Where it stands.

  private void raiseEpoch(String why) {
    epoch++;
    LOG.debug("[{}] epoch {}: {}", id, epoch, why);
  }

  private void settleState(String why) {
    GroupState next =
        roster.isEmpty()
            ? GroupState.EMPTY
            : targets.epoch() < epoch
                ? GroupState.ASSIGNING
                : isReconciled() ? GroupState.STABLE : GroupState.RECONCILING;
    if (next != state) {
      moveTo(next, why);
    }
  }

  private boolean isReconciled() {
    return roster.all().stream().allMatch(m -> m.holding().isReconciledTo(targets.epoch()));
  }

  private void moveTo(GroupState next, String why) {
    if (!state.mayBecome(next)) {
      throw new IllegalStateException("group " + id + ": " + state + " does not become " + next);
    }
    LOG.debug("[{}] {} -> {}: {}", id, state, next, why);
    state = next;
  }

  private Member existing(String memberId) {
    return Objects.requireNonNull(roster.find(memberId), memberId);
  }

  // Seams of other kinds of request, and of controls.

  /** A static member leaves and is expected back: its partitions stay its own. */
  void leaveForAWhile(Member member) {
    roster.put(member.with(member.holding().away()));
    settleState("static member " + member.id() + " left for a while");
  }

  /** Takes over the members of a classic group, as its leader had assigned. */
  void adopt(Collection<Member> members, int generation) {
    Map<String, Assignment> assignments = new HashMap<>();
    for (Member member : members) {
      roster.put(member);
      assignments.put(member.id(), Assignment.of(member.holding().assigned().keySet()));
    }
    epoch = generation;
    targets.adopt(assignments, generation);
    subscriptions.refresh();
    settleState("was a classic group");
  }

  /** Makes the next heartbeats assign anew. */
  void raise(String why) {
    raiseEpoch(why);
    settleState(why);
  }

  /** Waits for everybody, each as long as it asked for. */
  void startTimers() {
    roster.all().forEach(this::restartSession);
  }

  /** Waits for everybody anew, as another coordinator does that has just read what there is. */
  void restartTimers() {
    timers.cancelAll();
    for (Member member : roster.all()) {
      timers.restart(
          Kind.SESSION,
          member.id(),
          settings().consumerSessionTimeoutMs(),
          () -> expire(member.id(), "was silent after the coordinator moved"));
      awaitRevocation(member);
    }
  }

  /**
   * Sets a member back by one epoch, as a coordinator does that has lost what it wrote last. Never
   * ahead: it could meet a later target's epoch and pass for reconciled to it.
   */
  boolean fence(String memberId) {
    Member member = roster.find(memberId);
    if (member == null || member.isAway()) {
      return false;
    }
    Holding held = member.holding();
    int before = Math.max(0, held.epoch() - 1);
    roster.put(
        member.with(
            new Holding(held.state(), before, before, held.assigned(), held.pendingRevocation())));
    settleState(memberId + " was fenced");
    return true;
  }

  /** It is deleted or converted. */
  void end(String why) {
    timers.cancelAll();
    if (state != GroupState.DEAD) {
      moveTo(GroupState.DEAD, why);
    }
  }

  GroupState state() {
    return state;
  }

  int epoch() {
    return epoch;
  }

  Roster roster() {
    return roster;
  }

  MemberTimers timers() {
    return timers;
  }

  Targets targets() {
    return targets;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  GroupSettings settings() {
    return coordinator.settings();
  }
}
