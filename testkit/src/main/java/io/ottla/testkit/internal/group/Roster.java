package io.ottla.testkit.internal.group;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.JoinGroupRequest.JoinGroupRequestProtocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a classic group: members, those who have only been given an id, and the leader.
 *
 * <p>Always: in the order in which they came, so that tests see the same order every time (Kafka's
 * is that of hashes); a static member's instance id leads to one member; there is a leader if there
 * are members. Thread: the cluster's loop.
 */
final class Roster {
  private final Map<String, ClassicMember> members = new LinkedHashMap<>();
  private final Map<String, String> idsByInstance = new HashMap<>();
  private final Set<String> pending = new LinkedHashSet<>();
  private @Nullable String leader;
  private @Nullable String protocolType;

  /** With what a coordinator's log says of an earlier time. */
  Roster(@Nullable String protocolType, @Nullable String leader) {
    this.protocolType = protocolType;
    this.leader = leader;
  }

  @Nullable ClassicMember find(String memberId) {
    return members.get(memberId);
  }

  /** A member that has been found to be one. */
  ClassicMember member(String memberId) {
    ClassicMember member = members.get(memberId);
    if (member == null) {
      throw new IllegalStateException(memberId + " is no member");
    }
    return member;
  }

  boolean has(String memberId) {
    return members.containsKey(memberId);
  }

  /** The members; a copy, which stays as it is when members come and go. */
  List<ClassicMember> members() {
    return new ArrayList<>(members.values());
  }

  int size() {
    return members.size();
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  /** The leader's id, or null. */
  @Nullable String leader() {
    return leader;
  }

  boolean isLeader(String memberId) {
    return memberId.equals(leader);
  }

  /** What the members are, or were; null if the group never had one. */
  @Nullable String protocolType() {
    return protocolType;
  }

  /** The id of the member with this instance id, or null. */
  @Nullable String idOf(@Nullable String instanceId) {
    return instanceId == null ? null : idsByInstance.get(instanceId);
  }

  boolean isPending(String memberId) {
    return pending.contains(memberId);
  }

  /** Those who have been given an id and have not joined with it yet. */
  Set<String> pending() {
    return new LinkedHashSet<>(pending);
  }

  void addPending(String memberId) {
    pending.add(memberId);
  }

  /** Adds a member; the first decides what the group is, and leads it. */
  void add(ClassicMember member) {
    if (member.instanceId() != null) {
      idsByInstance.put(member.instanceId(), member.id());
    }
    if (members.isEmpty()) {
      protocolType = member.protocolType();
    }
    if (leader == null) {
      leader = member.id();
    }
    members.put(member.id(), member);
    pending.remove(member.id());
  }

  /** Removes whoever has this id; if it led, the member that has been here longest leads. */
  void remove(String memberId) {
    ClassicMember removed = members.remove(memberId);
    if (removed != null && removed.instanceId() != null) {
      idsByInstance.remove(removed.instanceId());
    }
    if (isLeader(memberId)) {
      leader = members.isEmpty() ? null : members.keySet().iterator().next();
    }
    pending.remove(memberId);
  }

  /**
   * Gives a static member a new id. Whoever holds the old one is fenced: the requests that it waits
   * with are answered so.
   */
  ClassicMember replace(String oldId, String newId) {
    ClassicMember old = member(oldId);
    members.remove(oldId);
    ClassicMember renamed = old.renamed(newId);
    members.put(newId, renamed);
    if (old.instanceId() != null) {
      idsByInstance.put(old.instanceId(), newId);
    }
    if (isLeader(oldId)) {
      leader = newId;
    }
    old.answerJoin(Answers.joinRefused(oldId, ErrorCode.FENCED_INSTANCE_ID));
    old.answerSync(Answers.syncRefused(ErrorCode.FENCED_INSTANCE_ID));
    return renamed;
  }

  /** Whether a member id, with the instance id that was sent along, names a member. */
  ErrorCode check(String memberId, @Nullable String instanceId) {
    if (instanceId != null) {
      String existing = idOf(instanceId);
      if (existing == null) {
        return ErrorCode.UNKNOWN_MEMBER_ID;
      }
      if (!existing.equals(memberId)) {
        return ErrorCode.FENCED_INSTANCE_ID;
      }
    }
    return has(memberId) ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID;
  }

  /** Whether there is a protocol that all members and this newcomer have. */
  boolean supportsAny(String type, List<JoinGroupRequestProtocol> protocols) {
    return type.equals(protocolType)
        && protocols.stream().anyMatch(offered -> isSupportedByAll(offered.name()));
  }

  private boolean isSupportedByAll(String protocol) {
    return members.values().stream().allMatch(member -> member.supports(protocol));
  }

  /**
   * The protocol that most members prefer of those that all have; of equals, the one that the order
   * of hashes puts first, as in Kafka.
   */
  String selectProtocol() {
    Set<String> candidates = new HashSet<>();
    for (ClassicMember member : members.values()) {
      for (JoinGroupRequestProtocol offered : member.protocols()) {
        if (isSupportedByAll(offered.name())) {
          candidates.add(offered.name());
        }
      }
    }
    Map<String, Integer> votes = new HashMap<>();
    members.values().forEach(member -> votes.merge(member.vote(candidates), 1, Integer::sum));
    String best = "";
    for (Map.Entry<String, Integer> entry : votes.entrySet()) {
      if (entry.getValue() > votes.getOrDefault(best, 0)) {
        best = entry.getKey();
      }
    }
    return best;
  }

  /** The longest time that a member has to join a rebalance. */
  int rebalanceTimeoutMs() {
    return members.values().stream().mapToInt(ClassicMember::rebalanceTimeoutMs).max().orElse(0);
  }

  int waitingForJoin() {
    return (int) members.values().stream().filter(ClassicMember::isWaitingForJoin).count();
  }

  /** Whether all members wait for each other, and nobody has an id without having joined. */
  boolean allJoined() {
    return pending.isEmpty() && waitingForJoin() == members.size();
  }

  /** Sees to a leader that has joined; says whether there is one. */
  boolean electJoinedLeader() {
    if (leader == null) {
      return false;
    }
    if (member(leader).isWaitingForJoin()) {
      return true;
    }
    for (ClassicMember member : members.values()) {
      if (member.isWaitingForJoin()) {
        leader = member.id();
        return true;
      }
    }
    return false;
  }
}
