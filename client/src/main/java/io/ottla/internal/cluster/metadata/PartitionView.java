package io.ottla.internal.cluster.metadata;

import io.ottla.protocol.message.ErrorCode;
import java.util.List;

/** A partition as metadata describes it. Immutable. */
public final class PartitionView {
  static final int NONE = -1;

  private final int index;
  private final int leader;
  private final int leaderEpoch;
  private final Replicas replicas;
  private final ErrorCode error;
  private final long generation;

  /** Who led it when a complaint took it away, with {@link #leaderEpoch}; −1 if nobody did. */
  private final int droppedLeader;

  private final Doubt doubt;

  PartitionView(
      int index, Leadership leadership, Replicas replicas, ErrorCode error, long generation) {
    this.index = index;
    this.leader = leadership.leader();
    this.leaderEpoch = leadership.epoch();
    this.replicas = replicas;
    this.error = error;
    this.generation = generation;
    this.droppedLeader = leadership.dropped();
    this.doubt = leadership.doubt();
  }

  /** A partition of which nothing is known but that others of its topic have higher numbers. */
  static PartitionView blank(int index, long generation) {
    return new PartitionView(
        index, Leadership.NOBODY, Replicas.NONE, ErrorCode.LEADER_NOT_AVAILABLE, generation);
  }

  /** Its number. */
  public int index() {
    return index;
  }

  /** The leader's id; −1 if none is known. */
  public int leader() {
    return leader;
  }

  /** The leader's epoch; −1 if no broker has said one. Stays when the leader is lost. */
  public int leaderEpoch() {
    return leaderEpoch;
  }

  /** The brokers that have it. */
  public List<Integer> replicas() {
    return replicas.all();
  }

  /** Those of its replicas that are in sync. */
  public List<Integer> inSync() {
    return replicas.inSync();
  }

  /** Those of its replicas that are down. */
  public List<Integer> offline() {
    return replicas.offline();
  }

  /** What the broker said of it, or {@code LEADER_NOT_AVAILABLE} after a complaint. */
  public ErrorCode error() {
    return error;
  }

  /** That of the snapshot in which leader or epoch last changed; a complaint is a change, too. */
  public long generation() {
    return generation;
  }

  Leadership leadership() {
    return new Leadership(leader, leaderEpoch, droppedLeader, doubt);
  }

  Replicas replicaSets() {
    return replicas;
  }

  int droppedLeader() {
    return droppedLeader;
  }

  Doubt doubt() {
    return doubt;
  }

  /** Whether leader and epoch are the same. */
  boolean isLedAs(PartitionView other) {
    return leader == other.leader && leaderEpoch == other.leaderEpoch;
  }

  PartitionView ledBy(Leadership next, ErrorCode nextError, long nextGeneration) {
    return new PartitionView(index, next, replicas, nextError, nextGeneration);
  }

  PartitionView doubted(Doubt next) {
    return new PartitionView(
        index,
        new Leadership(leader, leaderEpoch, droppedLeader, next),
        replicas,
        error,
        generation);
  }

  @Override
  public String toString() {
    return index + " led by " + leader + " in epoch " + leaderEpoch + " (" + error + ")";
  }

  /**
   * Who leads a partition, and what speaks against it.
   *
   * @param leader the leader's id; −1 for none
   * @param epoch its epoch; −1 for none
   * @param dropped who led it when a complaint took it away; −1 for nobody
   * @param doubt answers that said something else
   */
  record Leadership(int leader, int epoch, int dropped, Doubt doubt) {
    static final Leadership NOBODY = of(NONE, NONE);

    static Leadership of(int leader, int epoch) {
      return new Leadership(leader, epoch, NONE, Doubt.NONE);
    }
  }

  /**
   * The brokers that have a partition.
   *
   * @param all all of them, the preferred leader first
   * @param inSync those that are in sync
   * @param offline those that are down
   */
  record Replicas(List<Integer> all, List<Integer> inSync, List<Integer> offline) {
    static final Replicas NONE = new Replicas(List.of(), List.of(), List.of());
  }
}
