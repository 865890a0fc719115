package io.ottla.testkit.internal.admin;

import static io.ottla.testkit.internal.admin.ConfigType.BOOLEAN;
import static io.ottla.testkit.internal.admin.ConfigType.DOUBLE;
import static io.ottla.testkit.internal.admin.ConfigType.INT;
import static io.ottla.testkit.internal.admin.ConfigType.LIST;
import static io.ottla.testkit.internal.admin.ConfigType.LONG;
import static io.ottla.testkit.internal.admin.ConfigType.STRING;

import io.ottla.testkit.internal.admin.ConfigKey.Rule;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All that can be configured for a topic of Kafka 4.3, with its types, defaults and bounds. An IT
 * compares this table with a real broker's.
 */
final class TopicConfigKeys {
  private static final String DAY = "86400000";
  private static final String WEEK = "604800000";
  private static final String FOREVER = Long.toString(Long.MAX_VALUE);

  private static final SortedMap<String, ConfigKey> ALL = new TreeMap<>();

  private TopicConfigKeys() {}

  static {
    retention();
    compaction();
    batches();
    files();
    replication();
    remoteStorage();
  }

  /** By name. */
  static SortedMap<String, ConfigKey> all() {
    return Collections.unmodifiableSortedMap(ALL);
  }

  private static void retention() {
    add(
        new ConfigKey("cleanup.policy", LIST, "delete")
            .rule(TopicConfigKeys::policyComplaint)
            .broker("log.cleanup.policy")
            .purpose("What happens to old segments: deleted, compacted by key, or both."));
    add(
        new ConfigKey("retention.ms", LONG, WEEK)
            .rule(Rule.atLeast(-1))
            .purpose("The age at which segments are deleted; -1: never."));
    add(
        new ConfigKey("retention.bytes", LONG, "-1")
            .broker("log.retention.bytes")
            .purpose("The size of a partition beyond which its oldest segments are deleted."));
    add(
        new ConfigKey("delete.retention.ms", LONG, DAY)
            .rule(Rule.atLeast(0))
            .broker("log.cleaner.delete.retention.ms")
            .purpose("How long a tombstone outlives compaction."));
    add(
        new ConfigKey("file.delete.delay.ms", LONG, "60000")
            .rule(Rule.atLeast(0))
            .broker("log.segment.delete.delay.ms")
            .purpose("How long a deleted segment stays on disk."));
  }

  private static void compaction() {
    add(
        new ConfigKey("min.cleanable.dirty.ratio", DOUBLE, "0.5")
            .rule(
                // Kafka lets NaN through.
                value ->
                    Double.parseDouble(value) < 0 || Double.parseDouble(value) > 1
                        ? "must be between 0 and 1"
                        : null)
            .broker("log.cleaner.min.cleanable.ratio")
            .purpose("The part of a log that must be uncompacted before it is compacted."));
    add(
        new ConfigKey("min.compaction.lag.ms", LONG, "0")
            .rule(Rule.atLeast(0))
            .broker("log.cleaner.min.compaction.lag.ms")
            .purpose("How long a record stays uncompacted at least."));
    add(
        new ConfigKey("max.compaction.lag.ms", LONG, FOREVER)
            .rule(Rule.atLeast(1))
            .broker("log.cleaner.max.compaction.lag.ms")
            .purpose("How long a record stays uncompacted at most."));
  }

  private static void batches() {
    add(
        new ConfigKey("max.message.bytes", INT, "1048588")
            .rule(Rule.atLeast(0))
            .broker("message.max.bytes")
            .purpose("The size of the largest batch that is accepted, compressed."));
    add(
        new ConfigKey("message.timestamp.type", STRING, "CreateTime")
            .rule(Rule.oneOf("CreateTime", "LogAppendTime"))
            .broker("log.message.timestamp.type")
            .purpose("Whose clock a record's time is from: the producer's or the broker's."));
    add(
        new ConfigKey("message.timestamp.before.max.ms", LONG, FOREVER)
            .rule(Rule.atLeast(0))
            .broker("log.message.timestamp.before.max.ms")
            .purpose("How far a record's time may lie behind the broker's."));
    add(
        new ConfigKey("message.timestamp.after.max.ms", LONG, "3600000")
            .rule(Rule.atLeast(0))
            .broker("log.message.timestamp.after.max.ms")
            .purpose("How far a record's time may lie ahead of the broker's."));
    add(
        new ConfigKey("compression.type", STRING, "producer")
            .rule(Rule.oneOf("uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"))
            .broker("compression.type")
            .purpose("The codec in which batches are stored; producer: as they come."));
    add(
        new ConfigKey("compression.gzip.level", INT, "-1")
            .rule(value -> value.equals("-1") ? null : Rule.between(1, 9).complaint(value))
            .broker("compression.gzip.level")
            .purpose("The level at which a broker compresses with gzip."));
    add(
        new ConfigKey("compression.lz4.level", INT, "9")
            .rule(Rule.between(1, 17))
            .broker("compression.lz4.level")
            .purpose("The level at which a broker compresses with lz4."));
    add(
        new ConfigKey("compression.zstd.level", INT, "3")
            .rule(Rule.between(-131072, 22))
            .broker("compression.zstd.level")
            .purpose("The level at which a broker compresses with zstd."));
  }

  private static void files() {
    add(
        new ConfigKey("segment.bytes", INT, "1073741824")
            .rule(Rule.atLeast(1 << 20))
            .broker("log.segment.bytes")
            .purpose("The size of a segment."));
    add(
        new ConfigKey("internal.segment.bytes", INT, null)
            .rule(Rule.atLeast(14))
            .purpose(
                "The size of a segment where segment.bytes cannot be as small as a test wants."));
    add(
        new ConfigKey("segment.ms", LONG, WEEK)
            .rule(Rule.atLeast(1))
            .purpose("The age at which a segment is closed although it is not full."));
    add(
        new ConfigKey("segment.jitter.ms", LONG, "0")
            .rule(Rule.atLeast(0))
            .purpose("By how much that age varies at most, so that not all are closed at once."));
    add(
        new ConfigKey("segment.index.bytes", INT, "10485760")
            .rule(Rule.atLeast(4))
            .broker("log.index.size.max.bytes")
            .purpose("The size of a segment's index."));
    add(
        new ConfigKey("index.interval.bytes", INT, "4096")
            .rule(Rule.atLeast(0))
            .broker("log.index.interval.bytes")
            .purpose("How many bytes lie between entries of the index."));
    add(
        new ConfigKey("flush.messages", LONG, FOREVER)
            .rule(Rule.atLeast(1))
            .broker("log.flush.interval.messages")
            .purpose("After how many records the log is forced to disk."));
    add(
        new ConfigKey("flush.ms", LONG, FOREVER)
            .rule(Rule.atLeast(0))
            .purpose("After how long the log is forced to disk."));
    add(
        new ConfigKey("preallocate", BOOLEAN, "false")
            .broker("log.preallocate")
            .purpose("Whether a new segment takes its whole size on disk at once."));
  }

  private static void replication() {
    add(
        new ConfigKey("min.insync.replicas", INT, "1")
            .rule(Rule.atLeast(1))
            .broker("min.insync.replicas")
            .purpose("How many replicas must be in sync for acks=all to be answered."));
    add(
        new ConfigKey("unclean.leader.election.enable", BOOLEAN, "false")
            .broker("unclean.leader.election.enable")
            .purpose("Whether a replica that lacks records may lead when no other can."));
    for (String side : List.of("leader", "follower")) {
      add(
          new ConfigKey(side + ".replication.throttled.replicas", LIST, "")
              .rule(TopicConfigKeys::throttledComplaint)
              .purpose("The replicas whose replication is throttled on the " + side + "'s side."));
    }
  }

  private static void remoteStorage() {
    add(
        new ConfigKey("remote.storage.enable", BOOLEAN, "false")
            .rule(
                value ->
                    value.equals("true") ? "is not possible: brokers have no remote storage" : null)
            .purpose("Whether old segments move to remote storage."));
    add(
        new ConfigKey("remote.log.copy.disable", BOOLEAN, "false")
            .purpose("Whether remote storage is only read from now on."));
    add(
        new ConfigKey("remote.log.delete.on.disable", BOOLEAN, "false")
            .purpose("Whether remote segments go when remote storage is switched off."));
    add(
        new ConfigKey("local.retention.ms", LONG, "-2")
            .rule(Rule.atLeast(-2))
            .broker("log.local.retention.ms")
            .purpose("The age at which segments leave the local disk; -2: as retention.ms."));
    add(
        new ConfigKey("local.retention.bytes", LONG, "-2")
            .rule(Rule.atLeast(-2))
            .broker("log.local.retention.bytes")
            .purpose("What a partition may take of the local disk; -2: as retention.bytes."));
  }

  private static void add(ConfigKey key) {
    ALL.put(key.name(), key);
  }

  private static @Nullable String policyComplaint(String list) {
    return List.of("compact", "delete").containsAll(ConfigType.elements(list))
        ? null
        : "must be of compact and delete";
  }

  private static final Pattern THROTTLED = Pattern.compile("\\d+:\\d+(,\\d+:\\d+)*|\\*|");

  private static @Nullable String throttledComplaint(String list) {
    return THROTTLED.matcher(list).matches() ? null : "must be * or partition:broker,…";
  }
}
