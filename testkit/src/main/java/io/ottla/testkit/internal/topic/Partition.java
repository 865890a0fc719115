package io.ottla.testkit.internal.topic;

import io.ottla.testkit.internal.log.PartitionLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One partition: its replicas, who leads them, and the log that they share.
 *
 * <p>Owns: the log. Thread: the cluster's loop. Always: the leader is a replica in sync, or {@link
 * #NO_LEADER}; the leader epoch grows with each election, unless a test rewinds it.
 */
public final class Partition {
  /** Stands for the leader when there is none. */
  public static final int NO_LEADER = -1;

  private final Topic topic;
  private final int index;
  private final PartitionLog log;
  private final Map<Integer, ReplicaBounds> bounds = new HashMap<>();
  private List<Integer> replicas;
  private List<Integer> inSync;
  private int leader;
  private int leaderEpoch;

  Partition(Topic topic, int index, List<Integer> replicas, PartitionLog log) {
    this.topic = topic;
    this.index = index;
    this.log = log;
    this.replicas = List.copyOf(replicas);
    this.inSync = this.replicas;
    this.leader = this.replicas.isEmpty() ? NO_LEADER : this.replicas.get(0);
    log.beginEpoch(leaderEpoch);
    log.replicateOnlyWhile(this::hasEnoughInSync);
  }

  /** Whose partition it is. */
  public Topic topic() {
    return topic;
  }

  /** Its number in the topic. */
  public int index() {
    return index;
  }

  /** The records. */
  public PartitionLog log() {
    return log;
  }

  /** The broker that leads, or {@link #NO_LEADER}. */
  public int leader() {
    return leader;
  }

  /** Whether this broker leads. */
  public boolean isLedBy(int brokerId) {
    return leader == brokerId;
  }

  /** Which election the leader won. */
  public int leaderEpoch() {
    return leaderEpoch;
  }

  /** The brokers that have it, the preferred leader first. */
  public List<Integer> replicas() {
    return replicas;
  }

  /** The replicas that have all of it. */
  public List<Integer> inSync() {
    return inSync;
  }

  /** Whether as many replicas are in sync as {@code min.insync.replicas} wants. */
  public boolean hasEnoughInSync() {
    return inSync.size() >= Math.min(log.settings().minInSyncReplicas(), replicas.size());
  }

  /** What a replica has of the log, if less than all. */
  public ReplicaBounds bounds(int brokerId) {
    return bounds.getOrDefault(brokerId, ReplicaBounds.NONE);
  }

  /** Lets a replica have less than all of the log. */
  public void bound(int brokerId, ReplicaBounds to) {
    bounds.put(brokerId, to);
    log.announceChange(); // who waits at that replica may have something to read now
  }

  /**
   * Elects a leader: the epoch grows by one.
   *
   * @param brokerId the leader, or {@link #NO_LEADER}
   */
  public void elect(int brokerId) {
    if (brokerId != NO_LEADER && !replicas.contains(brokerId)) {
      throw new IllegalArgumentException(
          "broker %d has no replica of %s; %s have".formatted(brokerId, this, replicas));
    }
    leader = brokerId;
    leaderEpoch++;
    if (brokerId != NO_LEADER) {
      log.beginEpoch(leaderEpoch);
    }
    tellChanged();
  }

  /** Sets the epoch to any value, also to an older one, as a restored or confused cluster would. */
  public void rewindLeaderEpoch(int epoch) {
    leaderEpoch = epoch;
    tellChanged();
  }

  /** Sets which replicas are in sync. */
  public void setInSync(List<Integer> brokerIds) {
    if (!replicas.containsAll(brokerIds)) {
      throw new IllegalArgumentException(
          "in sync %s of %s, but only %s have a replica".formatted(brokerIds, this, replicas));
    }
    inSync = List.copyOf(brokerIds);
    tellChanged();
  }

  /** Moves the partition to other brokers; the leader stays if it is among them. */
  public void reassign(List<Integer> brokerIds) {
    if (brokerIds.isEmpty()) {
      throw new IllegalArgumentException(this + " needs a replica");
    }
    replicas = List.copyOf(brokerIds);
    inSync = replicas;
    elect(replicas.contains(leader) ? leader : replicas.get(0));
  }

  /** Those who wait at the log look again: they may wait at the wrong broker now. */
  private void tellChanged() {
    topic.tellLeaderChanged(this);
    log.announceChange();
  }

  @Override
  public String toString() {
    return topic.name() + "-" + index;
  }
}
