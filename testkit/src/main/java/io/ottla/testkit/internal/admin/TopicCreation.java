package io.ottla.testkit.internal.admin;

import io.ottla.protocol.message.CreateTopicsRequest.CreatableReplicaAssignment;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopic;
import io.ottla.protocol.message.CreateTopicsRequest.CreatableTopicConfig;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.testkit.internal.topic.BrokerDirectory;
import io.ottla.testkit.internal.topic.Topic;
import io.ottla.testkit.internal.topic.TopicNames;
import io.ottla.testkit.internal.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checks what a new topic is to be, in the controller's order, and creates it. */
final class TopicCreation {
  private static final int DEFAULT = -1;
  private static final String METADATA = "__cluster_metadata";

  /** Topics, configurations and partitions that the controller writes down for one request. */
  private static final int MAX_RECORDS = 10_000;

  private final Topics topics;
  private final TopicConfigs configs;
  private final Replicas replicas;
  private final int defaultPartitions;
  private final int defaultFactor;

  /**
   * A topic that may be created.
   *
   * @param config as it was asked for
   * @param checked the same as brokers tell it
   */
  record Plan(
      String name,
      List<List<Integer>> replicas,
      SortedMap<String, String> config,
      SortedMap<String, String> checked) {
    int factor() {
      return replicas.get(0).size();
    }
  }

  TopicCreation(
      Topics topics,
      BrokerDirectory brokers,
      TopicConfigs configs,
      Map<String, String> serverConfig) {
    this.topics = topics;
    this.configs = configs;
    this.replicas = new Replicas(brokers);
    defaultPartitions = Integer.parseInt(serverConfig.getOrDefault("num.partitions", "1"));
    defaultFactor = Integer.parseInt(serverConfig.getOrDefault("default.replication.factor", "1"));
  }

  /**
   * Checks all of a topic.
   *
   * @throws RefusedException if it cannot be created
   */
  Plan plan(CreatableTopic asked) {
    checkName(asked.name());
    SortedMap<String, String> config = config(asked);
    SortedMap<String, String> checked = configs.check(config);
    return new Plan(asked.name(), replicas(asked), config, checked);
  }

  Topic create(Plan plan) {
    Topic topic = topics.create(plan.name(), plan.replicas(), plan.checked());
    replicas.leaveOutStopped(topic, 0);
    return topic;
  }

  /** What will hold for the topic. */
  List<ConfigEntry> entries(Plan plan) {
    return configs.entries(plan.config());
  }

  /** Whether this is more than Kafka creates for one request. */
  static boolean isTooMuch(List<Plan> plans) {
    int records = 0;
    for (Plan plan : plans) {
      records += 1 + plan.config().size() + plan.replicas().size();
    }
    return records > MAX_RECORDS;
  }

  private void checkName(String name) {
    if (!TopicNames.isLegal(name)) {
      throw new RefusedException(
          ErrorCode.INVALID_TOPIC_EXCEPTION,
          "a topic's name has 1 to 249 letters, digits, '.', '_' and '-'; not '" + name + "'");
    }
    if (name.equals(METADATA)) {
      throw new RefusedException(
          ErrorCode.INVALID_REQUEST, "'" + name + "' is the controllers' own");
    }
    if (topics.find(name) != null) {
      throw new RefusedException(
          ErrorCode.TOPIC_ALREADY_EXISTS, "topic '" + name + "' exists already");
    }
    for (Topic other : topics.all()) {
      // The names of metrics do not tell them apart.
      if (other.name().replace('.', '_').equals(name.replace('.', '_'))) {
        throw new RefusedException(
            ErrorCode.INVALID_TOPIC_EXCEPTION,
            "'%s' is too like the topic '%s', which exists".formatted(name, other.name()));
      }
    }
  }

  private static SortedMap<String, String> config(CreatableTopic asked) {
    SortedMap<String, String> config = new TreeMap<>();
    for (CreatableTopicConfig entry : asked.configs()) {
      String value = entry.value();
      if (value == null) {
        throw new RefusedException(
            ErrorCode.INVALID_CONFIG, entry.name() + " = null is not possible");
      }
      config.put(entry.name(), value);
    }
    return config;
  }

  private List<List<Integer>> replicas(CreatableTopic asked) {
    if (!asked.assignments().isEmpty()) {
      return chosen(asked);
    }
    int factor = asked.replicationFactor();
    if (factor < DEFAULT || factor == 0) {
      throw new RefusedException(
          ErrorCode.INVALID_REPLICATION_FACTOR, factor + " replicas are not possible");
    }
    int partitions = asked.numPartitions();
    if (partitions < DEFAULT || partitions == 0) {
      throw new RefusedException(
          ErrorCode.INVALID_PARTITIONS, partitions + " partitions are not possible");
    }
    return replicas.spread(
        partitions == DEFAULT ? defaultPartitions : partitions,
        factor == DEFAULT ? defaultFactor : factor,
        0);
  }

  private List<List<Integer>> chosen(CreatableTopic asked) {
    if (asked.replicationFactor() != DEFAULT || asked.numPartitions() != DEFAULT) {
      throw new RefusedException(
          ErrorCode.INVALID_REQUEST,
          "who assigns replicas leaves the numbers of partitions and replicas at -1");
    }
    TreeMap<Integer, List<Integer>> byPartition = new TreeMap<>();
    for (CreatableReplicaAssignment partition : asked.assignments()) {
      if (byPartition.containsKey(partition.partitionIndex())) {
        throw wrong("partition " + partition.partitionIndex() + " is assigned twice");
      }
      int factor = byPartition.isEmpty() ? 0 : byPartition.firstEntry().getValue().size();
      replicas.check(partition.brokerIds(), factor);
      byPartition.put(partition.partitionIndex(), List.copyOf(partition.brokerIds()));
    }
    if (byPartition.firstKey() != 0 || byPartition.lastKey() != byPartition.size() - 1) {
      throw wrong("partitions are not numbered from 0 on: " + byPartition.keySet());
    }
    return new ArrayList<>(byPartition.values());
  }

  private static RefusedException wrong(String why) {
    return new RefusedException(ErrorCode.INVALID_REPLICA_ASSIGNMENT, why);
  }
}
