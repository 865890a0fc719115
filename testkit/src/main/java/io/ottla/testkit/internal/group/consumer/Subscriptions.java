package io.ottla.testkit.internal.group.consumer;

import io.ottla.testkit.internal.group.GroupTopics;
import io.ottla.testkit.internal.group.consumer.Profile.Subscription;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the members of one group want to read, and what is known of those topics. A group assigns
 * anew when it notices that a topic has come, gone, been created again or grown; it notices when a
 * member's heartbeat comes.
 *
 * <p>Thread: the cluster's loop.
 */
final class Subscriptions {
  private final Roster roster;
  private final GroupTopics topics;
  private final TopicPatterns patterns = new TopicPatterns();

  /** As of the last {@link #refresh}; null for a topic that did not exist. */
  private Map<String, @Nullable TopicFacts> known = new HashMap<>();

  Subscriptions(Roster roster, GroupTopics topics) {
    this.roster = roster;
    this.topics = topics;
  }

  TopicPatterns patterns() {
    return patterns;
  }

  GroupTopics topics() {
    return topics;
  }

  /** The names that this subscription comes to; topics among them may not exist. */
  SortedSet<String> names(Subscription subscription) {
    SortedSet<String> names = new TreeSet<>(subscription.topics());
    if (subscription.hasPattern()) {
      names.addAll(patterns.topics(subscription.pattern()));
    }
    return names;
  }

  /** The names that any member is subscribed to. */
  SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>();
    roster.all().forEach(member -> names.addAll(names(member.profile().subscription())));
    return names;
  }

  /** The topics that this subscription comes to and that exist. */
  Set<UUID> topicIds(Subscription subscription) {
    Set<UUID> ids = new HashSet<>();
    for (String name : names(subscription)) {
      UUID id = topics.id(name);
      if (id != null) {
        ids.add(id);
      }
    }
    return ids;
  }

  /**
   * Whether all members are subscribed alike, which lets an assignor take the short way: the same
   * names and no pattern, or one pattern and no names.
   */
  boolean areHomogeneous() {
    Set<Subscription> different = new HashSet<>();
    roster.all().forEach(member -> different.add(member.profile().subscription()));
    return different.size() <= 1
        && different.stream().allMatch(all -> !all.hasPattern() || all.topics().isEmpty());
  }

  /** Whether a topic that was looked at in the last {@link #refresh} is not what it was. */
  boolean areStale() {
    return known.entrySet().stream()
        .anyMatch(
            topic -> !Objects.equals(topic.getValue(), TopicFacts.of(topics, topic.getKey())));
  }

  /** Looks at all topics again; returns whether those that exist are others than before. */
  boolean refresh() {
    Map<String, @Nullable TopicFacts> now = new HashMap<>();
    names().forEach(name -> now.put(name, TopicFacts.of(topics, name)));
    boolean changed = !existing(known).equals(existing(now));
    known = now;
    return changed;
  }

  private static Map<String, TopicFacts> existing(Map<String, @Nullable TopicFacts> facts) {
    Map<String, TopicFacts> existing = new HashMap<>();
    facts.forEach(
        (name, fact) -> {
          if (fact != null) {
            existing.put(name, fact);
          }
        });
    return existing;
  }
}
