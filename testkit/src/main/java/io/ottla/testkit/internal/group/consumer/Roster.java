package io.ottla.testkit.internal.group.consumer;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of one group, and which partition is whose.
 *
 * <p>Always: a partition has at most one owner, whether assigned or yet to be revoked; an attempt
 * to give it a second one throws. Members come in the order of a {@link HashMap}, as in Kafka's
 * coordinator: the uniform assignor's choices depend on it. Thread: the cluster's loop.
 */
final class Roster {
  private final Map<String, Member> byId = new HashMap<>();
  private final Map<String, String> idByInstance = new HashMap<>();
  private final Map<TopicIdPartition, String> owners = new HashMap<>();

  @Nullable Member find(String id) {
    return byId.get(id);
  }

  @Nullable Member findStatic(String instanceId) {
    String id = idByInstance.get(instanceId);
    return id == null ? null : byId.get(id);
  }

  Collection<Member> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  int size() {
    return byId.size();
  }

  boolean isEmpty() {
    return byId.isEmpty();
  }

  /** Enters a member, or what has become of it. */
  void put(Member member) {
    Member before = byId.put(member.id(), member);
    if (before != null) {
      release(before);
    }
    for (TopicIdPartition partition : member.holding().owned()) {
      String owner = owners.putIfAbsent(partition, member.id());
      if (owner != null) {
        throw new IllegalStateException(
            partition + " goes to " + member.id() + " while " + owner + " has it");
      }
    }
    String instanceId = member.profile().instanceId();
    if (instanceId != null) {
      idByInstance.put(instanceId, member.id());
    }
  }

  void remove(Member member) {
    Member before = byId.remove(member.id());
    if (before == null) {
      return;
    }
    release(before);
    String instanceId = before.profile().instanceId();
    if (instanceId != null) {
      idByInstance.remove(instanceId, before.id());
    }
  }

  private void release(Member member) {
    member.holding().owned().forEach(partition -> owners.remove(partition, member.id()));
  }

  /** Whether any member has this partition. */
  boolean isOwned(TopicIdPartition partition) {
    return owners.containsKey(partition);
  }

  /** How many members are in by JoinGroup. */
  int classicSpeakers() {
    return (int) byId.values().stream().filter(Member::speaksClassic).count();
  }

  /** The patterns that members subscribed to. */
  Set<String> patterns() {
    Set<String> patterns = new HashSet<>();
    for (Member member : byId.values()) {
      if (member.profile().subscription().hasPattern()) {
        patterns.add(member.profile().subscription().pattern());
      }
    }
    return patterns;
  }

  boolean isPatternUsed(String pattern) {
    return byId.values().stream()
        .anyMatch(member -> member.profile().subscription().pattern().equals(pattern));
  }

  boolean isPatternUsedByOthers(String pattern, String memberId) {
    return byId.values().stream()
        .anyMatch(
            member ->
                !member.id().equals(memberId)
                    && member.profile().subscription().pattern().equals(pattern));
  }

  /** The assignor that most members ask for, or null if none does. */
  @Nullable String preferredAssignor() {
    Map<String, Integer> votes = new HashMap<>();
    for (Member member : byId.values()) {
      String assignor = member.profile().assignor();
      if (assignor != null) {
        votes.merge(assignor, 1, Integer::sum);
      }
    }
    // Of several with equally many, Kafka takes the first of a hash map, too.
    return votes.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(null);
  }
}
