package io.ottla.cli.metadata;

import io.ottla.admin.ClusterDescription;
import io.ottla.admin.TopicDescription;
import io.ottla.cli.terminal.JsonLine;
import io.ottla.cli.terminal.Table;
import io.ottla.cli.topics.TopicLines;
import java.util.ArrayList;
import java.util.List;

/** What a cluster says about itself as lines of text: tables for people, JSON for programs. */
final class MetadataLines {
  private static final int NO_CONTROLLER = -1;

  private MetadataLines() {}

  static List<String> tables(ClusterDescription cluster, List<TopicDescription> topics) {
    int controller = cluster.controller().orElse(NO_CONTROLLER);
    Table brokers = new Table().row("BROKER", "ADDRESS", "RACK", "");
    for (ClusterDescription.Broker broker : cluster.brokers()) {
      brokers.row(
          broker.id(),
          broker.host() + ":" + broker.port(),
          broker.rack().orElse("-"),
          broker.id() == controller ? "controller" : "");
    }
    List<String> lines = new ArrayList<>();
    lines.add("cluster " + cluster.id().orElse("without an id"));
    lines.add("");
    lines.addAll(brokers.lines());
    lines.add("");
    lines.addAll(topics.isEmpty() ? List.of("no topics") : TopicLines.partitions(topics));
    return lines;
  }

  static List<String> json(ClusterDescription cluster, List<TopicDescription> topics) {
    List<String> lines = new ArrayList<>();
    lines.add(
        new JsonLine("cluster")
            .text("id", cluster.id().orElse(null))
            .number("controller", cluster.controller().orElse(NO_CONTROLLER))
            .end());
    for (ClusterDescription.Broker broker : cluster.brokers()) {
      lines.add(
          new JsonLine("broker")
              .number("id", broker.id())
              .text("host", broker.host())
              .number("port", broker.port())
              .text("rack", broker.rack().orElse(null))
              .end());
    }
    for (TopicDescription topic : topics) {
      lines.add(TopicLines.json(topic));
      lines.addAll(TopicLines.jsonOfPartitions(topic));
    }
    return lines;
  }
}
