package io.ottla.internal.cluster.metadata;

import io.ottla.error.OttlaException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a cluster at one time: its brokers, and the topics that somebody asked for.
 * Immutable; a successor has a higher generation.
 *
 * <p>Thread: any. A lookup of a topic marks it as used, so that it is not forgotten.
 */
public final class ClusterView {
  private final long generation;
  private final Brokers brokers;
  private final Map<String, TopicView> byName;
  private final Map<UUID, TopicView> byId;

  ClusterView(long generation, Brokers brokers, Map<String, TopicView> byName) {
    this.generation = generation;
    this.brokers = brokers;
    this.byName = byName;
    this.byId = new HashMap<>(byName.size() * 2);
    for (TopicView topic : byName.values()) {
      if (topic.hasId()) {
        byId.put(topic.id(), topic);
      }
    }
  }

  /** Nothing is known. */
  static ClusterView empty() {
    return new ClusterView(0, Brokers.NONE, Map.of());
  }

  /** Grows with each change, and with each answer that confirms. */
  public long generation() {
    return generation;
  }

  /** The cluster's id; null if its brokers are too old to have one. */
  public @Nullable String clusterId() {
    return brokers.clusterId();
  }

  /** Who is the controller, or passes on what is meant for it; null if nobody is known to be. */
  public @Nullable BrokerNode controller() {
    return broker(brokers.controller());
  }

  /** The broker of this id; null if it is not listed. */
  public @Nullable BrokerNode broker(int id) {
    return brokers.find(id);
  }

  /** All brokers that are listed, by id. */
  public Collection<BrokerNode> brokers() {
    return brokers.all();
  }

  /** Whether any broker is listed. */
  public boolean hasBrokers() {
    return !brokers.isEmpty();
  }

  /** A topic by its name; null if nothing is known of it. */
  public @Nullable TopicView topic(String name) {
    TopicView topic = byName.get(name);
    if (topic != null) {
      topic.use().mark();
    }
    return topic;
  }

  /** A topic by its id; null if nothing is known of it. */
  public @Nullable TopicView topic(UUID id) {
    TopicView topic = byId.get(id);
    if (topic != null) {
      topic.use().mark();
    }
    return topic;
  }

  /** All topics of which anything is known, in no order. Does not count as a use. */
  public Collection<TopicView> topics() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /** The leader of a partition; null if none is known or it is not among the brokers. */
  public @Nullable BrokerNode leader(String topic, int partition) {
    TopicView known = topic(topic);
    if (known == null || !known.isUsable()) {
      return null;
    }
    PartitionView led = known.partition(partition);
    return led == null ? null : brokers.find(led.leader());
  }

  /** Why a topic is of no use although it was answered for; null if it is, or was not. */
  public @Nullable OttlaException refusal(String topic) {
    TopicView known = byName.get(topic);
    return known == null ? null : Refusals.of(known);
  }

  Brokers brokerTable() {
    return brokers;
  }

  Map<String, TopicView> topicsByName() {
    return byName;
  }

  /** As {@link #topic(String)}, without a mark. */
  @Nullable TopicView peek(String name) {
    return byName.get(name);
  }

  @Override
  public String toString() {
    return "generation " + generation + ": " + brokers + ", " + byName.values();
  }
}
