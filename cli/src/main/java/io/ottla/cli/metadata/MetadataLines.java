package io.ottla.cli.metadata;

import io.ottla.cli.terminal.Table;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseBroker;
import io.ottla.protocol.message.MetadataResponse.MetadataResponsePartition;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Metadata as lines of text: tables for people, JSON for programs. */
final class MetadataLines {
  private static final int NO_LEADER = -1;

  private MetadataLines() {}

  static List<String> tables(MetadataResponse metadata) {
    Table brokers = new Table().row("BROKER", "ADDRESS", "RACK", "");
    for (MetadataResponseBroker broker : brokers(metadata)) {
      brokers.row(
          broker.nodeId(),
          broker.host() + ":" + broker.port(),
          Objects.requireNonNullElse(broker.rack(), "-"),
          broker.nodeId() == metadata.controllerId() ? "controller" : "");
    }
    Table partitions = new Table().row("TOPIC", "PARTITION", "LEADER", "REPLICAS", "IN SYNC", "");
    for (MetadataResponseTopic topic : topics(metadata)) {
      for (MetadataResponsePartition partition : partitions(topic)) {
        partitions.row(
            String.valueOf(topic.name()),
            partition.partitionIndex(),
            partition.leaderId() == NO_LEADER ? "none" : partition.leaderId(),
            words(partition.replicaNodes()),
            words(partition.isrNodes()),
            problem(partition.errorCode()));
      }
      if (topic.partitions().isEmpty()) {
        partitions.row(
            String.valueOf(topic.name()), "-", "-", "-", "-", problem(topic.errorCode()));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add("cluster " + Objects.requireNonNullElse(metadata.clusterId(), "without an id"));
    lines.add("");
    lines.addAll(brokers.lines());
    lines.add("");
    lines.addAll(metadata.topics().isEmpty() ? List.of("no topics") : partitions.lines());
    return lines;
  }

  static List<String> json(MetadataResponse metadata) {
    List<String> lines = new ArrayList<>();
    lines.add(
        new JsonLine()
            .text("type", "cluster")
            .text("id", metadata.clusterId())
            .number("controller", metadata.controllerId())
            .end());
    for (MetadataResponseBroker broker : brokers(metadata)) {
      lines.add(
          new JsonLine()
              .text("type", "broker")
              .number("id", broker.nodeId())
              .text("host", broker.host())
              .number("port", broker.port())
              .text("rack", broker.rack())
              .end());
    }
    for (MetadataResponseTopic topic : topics(metadata)) {
      lines.add(
          new JsonLine()
              .text("type", "topic")
              .text("name", topic.name())
              .number("partitions", topic.partitions().size())
              .bool("internal", topic.isInternal())
              .text("error", name(topic.errorCode()))
              .end());
      for (MetadataResponsePartition partition : partitions(topic)) {
        lines.add(
            new JsonLine()
                .text("type", "partition")
                .text("topic", topic.name())
                .number("partition", partition.partitionIndex())
                .number("leader", partition.leaderId())
                .numbers("replicas", partition.replicaNodes())
                .numbers("isr", partition.isrNodes())
                .text("error", name(partition.errorCode()))
                .end());
      }
    }
    return lines;
  }

  private static List<MetadataResponseBroker> brokers(MetadataResponse metadata) {
    return metadata.brokers().stream()
        .sorted(Comparator.comparingInt(MetadataResponseBroker::nodeId))
        .toList();
  }

  private static List<MetadataResponseTopic> topics(MetadataResponse metadata) {
    return metadata.topics().stream()
        .sorted(Comparator.comparing(topic -> String.valueOf(topic.name())))
        .toList();
  }

  private static List<MetadataResponsePartition> partitions(MetadataResponseTopic topic) {
    return topic.partitions().stream()
        .sorted(Comparator.comparingInt(MetadataResponsePartition::partitionIndex))
        .toList();
  }

  private static String words(List<Integer> ids) {
    return ids.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private static String problem(int code) {
    return code == 0 ? "" : name(code);
  }

  private static String name(int code) {
    return ErrorCode.of(code).name();
  }
}
