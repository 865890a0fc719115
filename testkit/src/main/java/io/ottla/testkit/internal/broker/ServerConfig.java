package io.ottla.testkit.internal.broker;

import io.ottla.testkit.internal.group.GroupSettings;
import io.ottla.testkit.internal.group.GroupSettings.MigrationPolicy;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What can be configured for all brokers of a fake cluster, by Kafka's names. Values are Kafka's
 * defaults, unless a comment says why not. Immutable.
 */
public final class ServerConfig {
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("auto.create.topics.enable", "true"),
          Map.entry("num.partitions", "1"),
          Map.entry("default.replication.factor", "1"),
          Map.entry("min.insync.replicas", "1"),
          Map.entry("message.max.bytes", "1048588"),
          Map.entry("producer.id.expiration.ms", "86400000"),
          Map.entry("producer.id.expiration.check.interval.ms", "600000"),
          Map.entry("offset.metadata.max.bytes", "4096"),
          // Kafka waits 3 s for more members; a test has all that it wants at once.
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          // Kafka's least is 6 s; a test may want a member to be gone sooner.
          Map.entry("group.min.session.timeout.ms", "1"),
          Map.entry("group.max.session.timeout.ms", "1800000"),
          Map.entry("group.max.size", "2147483647"),
          Map.entry("group.consumer.session.timeout.ms", "45000"),
          // Kafka's is 5 s; members of a test's groups learn of changes sooner.
          Map.entry("group.consumer.heartbeat.interval.ms", "100"),
          Map.entry("group.consumer.max.size", "2147483647"),
          // Kafka computes a group's target once a second at most.
          Map.entry("group.consumer.assignment.interval.ms", "0"),
          Map.entry("group.consumer.migration.policy", "bidirectional"),
          // 0: a session lasts as long as the credentials do.
          Map.entry("connections.max.reauth.ms", "0"),
          // Kafka lets those wait 100 ms that it refuses; a test hears of it at once.
          Map.entry("connection.failed.authentication.delay.ms", "0"),
          Map.entry("max.incremental.fetch.session.cache.slots", "1000"),
          // Kafka's default picks the leader; this one picks by rack, where racks are given.
          Map.entry(
              "replica.selector.class",
              "org.apache.kafka.common.replica.RackAwareReplicaSelector"));

  private final SortedMap<String, String> values = new TreeMap<>(DEFAULTS);

  /**
   * @param changes what differs from the defaults
   * @throws IllegalArgumentException if a fake broker does not know a key
   */
  public ServerConfig(Map<String, String> changes) {
    changes.forEach(
        (key, value) -> {
          if (!DEFAULTS.containsKey(key)) {
            throw new IllegalArgumentException(
                "a fake broker has no config %s; it knows %s"
                    .formatted(key, new TreeMap<>(DEFAULTS).keySet()));
          }
          values.put(key, value);
        });
  }

  /** All values, by key. */
  public SortedMap<String, String> values() {
    return Collections.unmodifiableSortedMap(values);
  }

  /** A value. */
  public String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("a fake broker has no config " + key);
    }
    return value;
  }

  /** A value that is a number. */
  public long number(String key) {
    return Long.parseLong(text(key));
  }

  /** What it says to groups. */
  GroupSettings groupSettings() {
    return new GroupSettings()
        .initialRebalanceDelayMs((int) number("group.initial.rebalance.delay.ms"))
        .minSessionTimeoutMs((int) number("group.min.session.timeout.ms"))
        .maxSessionTimeoutMs((int) number("group.max.session.timeout.ms"))
        .maxSize((int) number("group.max.size"))
        .maxOffsetMetadata((int) number("offset.metadata.max.bytes"))
        .consumerSessionTimeoutMs((int) number("group.consumer.session.timeout.ms"))
        .consumerHeartbeatIntervalMs((int) number("group.consumer.heartbeat.interval.ms"))
        .consumerMaxSize((int) number("group.consumer.max.size"))
        .consumerAssignmentIntervalMs((int) number("group.consumer.assignment.interval.ms"))
        .migrationPolicy(
            MigrationPolicy.valueOf(
                text("group.consumer.migration.policy").toUpperCase(Locale.ROOT)));
  }

  /** A value that is true or false. */
  public boolean flag(String key) {
    return Boolean.parseBoolean(text(key));
  }
}
