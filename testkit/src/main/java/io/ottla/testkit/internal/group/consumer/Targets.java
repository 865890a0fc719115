package io.ottla.testkit.internal.group.consumer;

import io.ottla.testkit.internal.group.consumer.Assignor.Candidate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What each member of a group is to have in the end, and as of which epoch of the group.
 *
 * <p>Thread: the cluster's loop. Units: milliseconds of the cluster's time.
 */
final class Targets {
  private static final long NEVER = Long.MIN_VALUE;

  private final Roster roster;
  private final Subscriptions subscriptions;
  private Map<String, Assignment> byMember = new HashMap<>();
  private int epoch;
  private long computedAtMillis = NEVER;

  Targets(Roster roster, Subscriptions subscriptions) {
    this.roster = roster;
    this.subscriptions = subscriptions;
  }

  /** The group epoch for which this was computed; 0 if it never was. */
  int epoch() {
    return epoch;
  }

  Assignment of(String memberId) {
    return byMember.getOrDefault(memberId, Assignment.NOTHING);
  }

  /** A static member has come back under another id. */
  void rename(String from, String to) {
    Assignment target = byMember.remove(from);
    if (target != null) {
      byMember.put(to, target);
    }
  }

  void remove(String memberId) {
    byMember.remove(memberId);
  }

  /** Takes over what a classic group's leader decided; it may be replaced at any time. */
  void adopt(Map<String, Assignment> assignments, int ofEpoch) {
    byMember = new HashMap<>(assignments);
    epoch = ofEpoch;
    computedAtMillis = NEVER;
  }

  /** Whether the last computation is long enough ago. */
  boolean mayCompute(long nowMillis, int minIntervalMillis) {
    return computedAtMillis == NEVER
        || minIntervalMillis == 0
        || nowMillis >= computedAtMillis + minIntervalMillis;
  }

  /** Computes what the members of now are to have. */
  void compute(Assignor assignor, int groupEpoch, long nowMillis) {
    Map<String, Candidate> candidates = new HashMap<>();
    for (Member member : roster.all()) {
      Profile profile = member.profile();
      candidates.put(
          member.id(),
          new Candidate(
              profile.instanceId(),
              subscriptions.topicIds(profile.subscription()),
              of(member.id())));
    }
    byMember =
        new HashMap<>(
            assignor.assign(
                new Assignor.Group(candidates, this::partitions, subscriptions.areHomogeneous())));
    epoch = groupEpoch;
    computedAtMillis = nowMillis;
  }

  private int partitions(UUID topicId) {
    String name = subscriptions.topics().name(topicId);
    return name == null ? 0 : subscriptions.topics().partitions(name);
  }
}
