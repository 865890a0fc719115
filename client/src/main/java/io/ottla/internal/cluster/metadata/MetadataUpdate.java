package io.ottla.internal.cluster.metadata;

import io.ottla.internal.cluster.metadata.LeaderHints.Hint;
import io.ottla.internal.cluster.metadata.PartitionChange.Kind;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataResponse;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseBroker;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a snapshot: pure functions of the one before and of what was heard. Nothing heard
 * is kept or changed. The rules are in {@link TopicUpdate} and {@link PartitionUpdate}; for
 * brokers:
 *
 * <ul>
 *   <li>each answer lists them anew; those without a usable id, host or port are left out;
 *   <li>an answer that lists none is of no use, it comes from a broker that has just begun;
 *   <li>a hint adds brokers and moves them, and takes none away.
 * </ul>
 *
 * @param view the snapshot after it
 * @param changes the partitions that are different
 * @param withoutNews topics in which a leader came back that a complaint had dropped
 */
record MetadataUpdate(ClusterView view, List<PartitionChange> changes, Set<String> withoutNews) {
  private static final int HIGHEST_PORT = 65_535;

  /**
   * What was asked.
   *
   * @param number of the question; rising
   * @param topics the names; null for all
   */
  record Asked(long number, @Nullable Set<String> topics) {}

  /** Why an answer says nothing about this cluster; null if it does. */
  static @Nullable String uselessness(MetadataResponse answer) {
    ErrorCode error = ErrorCode.of(answer.errorCode());
    if (error != ErrorCode.NONE) {
      return error.name();
    }
    return brokersOf(answer).isEmpty() ? "it lists no brokers" : null;
  }

  /** Whether an answer comes from another cluster than the one that is known. */
  static boolean isForeign(ClusterView known, MetadataResponse answer) {
    String ours = known.clusterId();
    String theirs = answer.clusterId();
    return ours != null && theirs != null && !ours.equals(theirs);
  }

  /** An answer about topics that are known or were asked for. */
  static MetadataUpdate answered(
      ClusterView known, MetadataResponse answer, Asked asked, long nowNanos) {
    long generation = known.generation() + 1;
    TopicUpdate update = new TopicUpdate(generation, nowNanos, asked.number());
    Map<String, TopicView> topics = new HashMap<>(known.topicsByName());
    Set<String> named = new HashSet<>();
    for (MetadataResponseTopic said : answer.topics()) {
      String name = nameOf(said, known);
      if (name != null && isOurs(name, known, asked) && named.add(name)) {
        topics.put(name, update.answered(known.peek(name), name, said));
      }
    }
    for (String name : expected(known, asked)) {
      if (!named.contains(name)) {
        topics.put(name, update.missing(known.peek(name), name));
      }
    }
    ClusterView view = new ClusterView(generation, brokers(known, answer, generation), topics);
    return new MetadataUpdate(view, update.changes(), update.withoutNews());
  }

  /** A snapshot of everything in an answer about all topics, for whoever asked for that. */
  static ClusterView whole(ClusterView after, MetadataResponse answer, long nowNanos) {
    TopicUpdate update = new TopicUpdate(after.generation(), nowNanos, 0);
    Map<String, TopicView> topics = new HashMap<>();
    for (MetadataResponseTopic said : answer.topics()) {
      String name = said.name();
      if (name != null && !topics.containsKey(name)) {
        TopicView known = after.peek(name);
        topics.put(name, known != null ? known : update.answered(null, name, said));
      }
    }
    return new ClusterView(after.generation(), after.brokerTable(), topics);
  }

  /** An answer from what is another cluster: nothing known counts. */
  static MetadataUpdate replaced(
      ClusterView known, MetadataResponse answer, Asked asked, long nowNanos) {
    MetadataUpdate emptied = without(known, known.topicsByName().keySet());
    ClusterView nothing = new ClusterView(emptied.view().generation(), Brokers.NONE, Map.of());
    MetadataUpdate next = answered(nothing, answer, asked, nowNanos);
    List<PartitionChange> changes = new ArrayList<>(emptied.changes());
    changes.addAll(next.changes());
    return new MetadataUpdate(next.view(), changes, Set.of());
  }

  /** Hints: null if none of them is news. */
  static @Nullable MetadataUpdate hinted(ClusterView known, LeaderHints heard, long nowNanos) {
    long generation = known.generation() + 1;
    PartitionUpdate update = new PartitionUpdate(generation, nowNanos);
    List<BrokerNode> listed = heard.brokers().stream().filter(MetadataUpdate::isUsable).toList();
    Brokers brokers = known.brokerTable().plus(listed);
    Map<String, TopicView> topics = new HashMap<>(known.topicsByName());
    List<PartitionChange> changes = new ArrayList<>();
    for (Hint hint : heard.hints()) {
      TopicView topic = topics.get(hint.topic());
      PartitionView before = topic == null ? null : topic.partition(hint.partition());
      if (topic != null && before != null && brokers.find(hint.leader()) != null) {
        PartitionView after = update.hinted(before, hint.leader(), hint.leaderEpoch());
        if (after != before) {
          topics.put(hint.topic(), replaced(topic, after, generation));
          changes.add(new PartitionChange(hint.topic(), hint.partition(), Kind.LEADER));
        }
      }
    }
    return changes.isEmpty()
        ? null
        : new MetadataUpdate(new ClusterView(generation, brokers, topics), changes, Set.of());
  }

  /**
   * A complaint about the leader of a partition, or of all of a topic's: null if what it is about
   * has changed since.
   *
   * @param partition −1 for all
   * @param generationSeen that of the snapshot by which the leader was chosen
   */
  static @Nullable MetadataUpdate complained(
      ClusterView known, String name, int partition, long generationSeen) {
    TopicView topic = known.peek(name);
    if (topic == null) {
      return null;
    }
    long generation = known.generation() + 1;
    PartitionUpdate update = new PartitionUpdate(generation, 0);
    PartitionView[] next = topic.partitionArray().clone();
    List<PartitionChange> changes = new ArrayList<>();
    for (int i = 0; i < next.length; i++) {
      boolean isMeant = partition < 0 || partition == i;
      if (isMeant && next[i].leader() >= 0 && next[i].generation() <= generationSeen) {
        next[i] = update.complained(next[i]);
        changes.add(new PartitionChange(name, i, Kind.LEADER));
      }
    }
    if (changes.isEmpty()) {
      return null;
    }
    Map<String, TopicView> topics = new HashMap<>(known.topicsByName());
    topics.put(name, topic.with(next, generation));
    return new MetadataUpdate(
        new ClusterView(generation, known.brokerTable(), topics), changes, Set.of());
  }

  /** A complaint about the controller: null if it has changed since, or none is known. */
  static @Nullable MetadataUpdate complainedOfController(ClusterView known, long generationSeen) {
    Brokers brokers = known.brokerTable();
    if (brokers.controller() < 0 || brokers.controllerGeneration() > generationSeen) {
      return null;
    }
    return withBrokers(known, brokers.controlledBy(PartitionView.NONE, known.generation() + 1));
  }

  /** Topics are forgotten. */
  static MetadataUpdate without(ClusterView known, Collection<String> names) {
    long generation = known.generation() + 1;
    TopicUpdate update = new TopicUpdate(generation, 0, 0);
    Map<String, TopicView> topics = new HashMap<>(known.topicsByName());
    for (String name : List.copyOf(names)) {
      TopicView gone = topics.remove(name);
      if (gone != null) {
        update.removed(gone);
      }
    }
    return new MetadataUpdate(
        new ClusterView(generation, known.brokerTable(), topics), update.changes(), Set.of());
  }

  /** No broker is known any more; what is known of topics, and of the cluster's name, stays. */
  static MetadataUpdate withoutBrokers(ClusterView known) {
    Brokers none =
        known
            .brokerTable()
            .listed(known.clusterId(), Map.of())
            .controlledBy(PartitionView.NONE, known.generation() + 1);
    return withBrokers(known, none);
  }

  private static MetadataUpdate withBrokers(ClusterView known, Brokers brokers) {
    return new MetadataUpdate(
        new ClusterView(known.generation() + 1, brokers, known.topicsByName()),
        List.of(),
        Set.of());
  }

  private static Brokers brokers(ClusterView known, MetadataResponse answer, long generation) {
    String clusterId = answer.clusterId() == null ? known.clusterId() : answer.clusterId();
    int controller = Math.max(PartitionView.NONE, answer.controllerId());
    return known
        .brokerTable()
        .listed(clusterId, brokersOf(answer))
        .controlledBy(controller, generation);
  }

  private static Map<Integer, BrokerNode> brokersOf(MetadataResponse answer) {
    Map<Integer, BrokerNode> byId = new HashMap<>();
    for (MetadataResponseBroker said : answer.brokers()) {
      BrokerNode node = new BrokerNode(said.nodeId(), said.host(), said.port(), said.rack());
      if (isUsable(node)) {
        byId.putIfAbsent(node.id(), node);
      }
    }
    return byId;
  }

  private static boolean isUsable(BrokerNode node) {
    return node.id() >= 0
        && !node.host().isEmpty()
        && node.port() > 0
        && node.port() <= HIGHEST_PORT;
  }

  private static @Nullable String nameOf(MetadataResponseTopic said, ClusterView known) {
    String name = said.name();
    if (name != null) {
      return name;
    }
    for (TopicView topic : known.topicsByName().values()) {
      if (topic.hasId() && topic.id().equals(said.topicId())) {
        return topic.name();
      }
    }
    return null;
  }

  private static boolean isOurs(String name, ClusterView known, Asked asked) {
    Set<String> names = asked.topics();
    return known.peek(name) != null || (names != null && names.contains(name));
  }

  /** The topics that an answer must speak of. */
  private static Set<String> expected(ClusterView known, Asked asked) {
    Set<String> names = asked.topics();
    return names == null ? known.topicsByName().keySet() : names;
  }

  private static TopicView replaced(TopicView topic, PartitionView after, long generation) {
    PartitionView[] next = topic.partitionArray().clone();
    next[after.index()] = after;
    return topic.with(next, generation);
  }
}
