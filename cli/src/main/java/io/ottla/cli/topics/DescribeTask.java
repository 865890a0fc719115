package io.ottla.cli.topics;

import io.ottla.admin.ConfigResource;
import io.ottla.admin.Outcomes;
import io.ottla.admin.ResourceConfig;
import io.ottla.admin.TopicDescription;
import io.ottla.cli.cluster.Answers;
import io.ottla.cli.cluster.Bootstrap;
import io.ottla.cli.cluster.Cluster;
import io.ottla.cli.terminal.Terminal;
import io.ottla.error.OttlaException;
import io.ottla.error.UnsupportedVersionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes topics: partitions, leaders, replicas, and what was configured of them. */
public final class DescribeTask {
  private final Bootstrap bootstrap;
  private final List<String> names;
  private final boolean isJson;
  private final Terminal terminal;
  private boolean isBlankDue;

  public DescribeTask(Bootstrap bootstrap, List<String> names, boolean isJson, Terminal terminal) {
    this.bootstrap = bootstrap;
    this.names = List.copyOf(names);
    this.isJson = isJson;
    this.terminal = terminal;
  }

  public void run() throws InterruptedException {
    try (Cluster cluster = Cluster.connect(bootstrap)) {
      Outcomes<String, TopicDescription> outcomes =
          Answers.await(cluster.admin().topics().describe(names));
      List<TopicDescription> topics = new ArrayList<>(outcomes.values().values());
      Map<ConfigResource, ResourceConfig> configs = configs(cluster, topics);
      for (TopicDescription topic : topics) {
        print(topic, configs.get(ConfigResource.topic(topic.name())));
      }
      Failures failures = new Failures(terminal);
      for (Map.Entry<String, OttlaException> failed : outcomes.failures().entrySet()) {
        failures.add(cluster.explained(failed.getKey(), failed.getValue()));
      }
      failures.throwLast();
    }
  }

  /** Nothing of brokers that are too old to tell, or that do not want to. */
  private Map<ConfigResource, ResourceConfig> configs(
      Cluster cluster, List<TopicDescription> topics) throws InterruptedException {
    if (topics.isEmpty()) {
      return Map.of();
    }
    try {
      Outcomes<ConfigResource, ResourceConfig> outcomes =
          Answers.await(
              cluster
                  .admin()
                  .configs()
                  .describe(
                      topics.stream().map(topic -> ConfigResource.topic(topic.name())).toList()));
      outcomes
          .failures()
          .values()
          .forEach(failure -> terminal.say(String.valueOf(failure.getMessage())));
      return outcomes.values();
    } catch (UnsupportedVersionException tooOld) {
      terminal.say(String.valueOf(tooOld.getMessage()));
      return Map.of();
    }
  }

  private void print(TopicDescription topic, @Nullable ResourceConfig config) {
    if (isJson) {
      terminal.out().line(TopicLines.json(topic));
      TopicLines.jsonOfPartitions(topic).forEach(terminal.out()::line);
      if (config != null) {
        TopicLines.jsonOfConfigs(topic.name(), config).forEach(terminal.out()::line);
      }
      return;
    }
    if (isBlankDue) {
      terminal.out().line("");
    }
    isBlankDue = true;
    terminal.out().line("topic " + topic.name() + topic.id().map(id -> "  id " + id).orElse(""));
    TopicLines.partitions(List.of(topic)).forEach(terminal.out()::line);
    if (config != null && !config.own().isEmpty()) {
      terminal.out().line("configured:");
      TopicLines.configs(config).forEach(terminal.out()::line);
    }
  }
}
