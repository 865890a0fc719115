package io.ottla.cli.topics;

import io.ottla.admin.ConfigEntry;
import io.ottla.admin.ResourceConfig;
import io.ottla.admin.TopicDescription;
import io.ottla.cli.terminal.JsonLine;
import io.ottla.cli.terminal.Table;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Topics as lines of text: tables for people, JSON for programs. */
public final class TopicLines {
  private static final int NO_LEADER = -1;

  private TopicLines() {}

  /** A line for each topic. */
  static List<String> table(List<TopicDescription> topics) {
    Table table = new Table().row("TOPIC", "PARTITIONS", "REPLICAS", "");
    for (TopicDescription topic : topics) {
      table.row(topic.name(), topic.partitions().size(), topic.replicas(), remark(topic));
    }
    return table.lines();
  }

  private static String remark(TopicDescription topic) {
    if (!topic.hasLeaders()) {
      return "without leaders";
    }
    if (topic.partitions().stream().anyMatch(TopicDescription.Partition::isUnderReplicated)) {
      return "under-replicated";
    }
    return topic.isInternal() ? "internal" : "";
  }

  /** A line for each partition of each topic. */
  public static List<String> partitions(List<TopicDescription> topics) {
    Table table = new Table().row("TOPIC", "PARTITION", "LEADER", "REPLICAS", "IN SYNC", "OFFLINE");
    for (TopicDescription topic : topics) {
      for (TopicDescription.Partition partition : topic.partitions()) {
        table.row(
            topic.name(),
            partition.number(),
            partition.leader().isPresent() ? partition.leader().getAsInt() : "none",
            words(partition.replicas()),
            words(partition.inSync()),
            words(partition.offline()));
      }
    }
    return table.lines();
  }

  /** A line for each config that was set on a topic. */
  static List<String> configs(ResourceConfig config) {
    Table table = new Table();
    for (ConfigEntry entry : config.own().values()) {
      table.row("  " + entry.key(), entry.value().orElse("(secret)"));
    }
    return table.lines();
  }

  /** A topic, without its partitions. */
  public static String json(TopicDescription topic) {
    return new JsonLine("topic")
        .text("name", topic.name())
        .text("id", topic.id().map(Object::toString).orElse(null))
        .number("partitions", topic.partitions().size())
        .number("replicas", topic.replicas())
        .bool("internal", topic.isInternal())
        .end();
  }

  /** Each partition of a topic. */
  public static List<String> jsonOfPartitions(TopicDescription topic) {
    return topic.partitions().stream()
        .map(
            partition ->
                new JsonLine("partition")
                    .text("topic", topic.name())
                    .number("partition", partition.number())
                    .number("leader", partition.leader().orElse(NO_LEADER))
                    .number("epoch", partition.leaderEpoch())
                    .numbers("replicas", partition.replicas())
                    .numbers("isr", partition.inSync())
                    .numbers("offline", partition.offline())
                    .end())
        .toList();
  }

  /** Each config that was set on a topic. */
  static List<String> jsonOfConfigs(String topic, ResourceConfig config) {
    return config.own().values().stream()
        .map(
            entry ->
                new JsonLine("config")
                    .text("topic", topic)
                    .text("key", entry.key())
                    .text("value", entry.value().orElse(null))
                    .text("source", entry.source().name().toLowerCase(Locale.ROOT))
                    .end())
        .toList();
  }

  private static String words(List<Integer> ids) {
    return ids.isEmpty() ? "-" : ids.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
