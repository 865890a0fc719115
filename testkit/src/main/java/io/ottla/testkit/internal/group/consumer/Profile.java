package io.ottla.testkit.internal.group.consumer;

import io.ottla.protocol.message.ConsumerGroupHeartbeatRequest;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a member has said about itself. Immutable.
 *
 * @param instanceId of a static member, or null
 * @param rackId where it is, or null
 * @param rebalanceTimeoutMillis how long it may take to give up partitions
 * @param client who it is on the wire
 * @param subscription what it wants to read
 * @param assignor the assignor that it asks for, or null for the group's default
 * @param classic what only members have that speak the classic protocol; null for others
 */
record Profile(
    @Nullable String instanceId,
    @Nullable String rackId,
    int rebalanceTimeoutMillis,
    Client client,
    Subscription subscription,
    @Nullable String assignor,
    @Nullable ClassicSpeech classic) {

  /** Of a member that has not said anything yet. */
  static final Profile BLANK =
      new Profile(null, null, -1, new Client("", ""), Subscription.NONE, null, null);

  /** Who a member is on the wire. */
  record Client(String id, String host) {}

  /**
   * What a member wants to read: the topics named, and those whose names match.
   *
   * @param pattern a regular expression, or empty
   */
  record Subscription(SortedSet<String> topics, String pattern) {
    static final Subscription NONE = new Subscription(Collections.emptySortedSet(), "");

    Subscription {
      topics = Collections.unmodifiableSortedSet(new TreeSet<>(topics));
    }

    boolean hasPattern() {
      return !pattern.isEmpty();
    }
  }

  /** What a heartbeat adds; a field that it leaves out is unchanged. */
  Profile heard(ConsumerGroupHeartbeatRequest heartbeat, Client from) {
    List<String> names = heartbeat.subscribedTopicNames();
    String pattern = heartbeat.subscribedTopicRegex();
    return new Profile(
        orElse(heartbeat.instanceId(), instanceId),
        orElse(heartbeat.rackId(), rackId),
        heartbeat.rebalanceTimeoutMs() == -1
            ? rebalanceTimeoutMillis
            : heartbeat.rebalanceTimeoutMs(),
        from,
        new Subscription(
            names == null ? subscription.topics : new TreeSet<>(names),
            pattern == null ? subscription.pattern : pattern),
        orElse(heartbeat.serverAssignor(), assignor),
        null);
  }

  private static @Nullable String orElse(@Nullable String said, @Nullable String before) {
    return said == null ? before : said;
  }
}
