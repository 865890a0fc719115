package io.ottla.internal.cluster.metadata;

import io.ottla.internal.cluster.metadata.PartitionView.Leadership;
import io.ottla.internal.cluster.metadata.PartitionView.Replicas;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataResponse.MetadataResponsePartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an answer about a partition makes of what is known of it. Pure functions.
 *
 * <p>A known epoch is E, an answered one is e; −1 stands for none. Negative numbers are read as −1,
 * and the leader as −1 if the error says that there is none.
 *
 * <table>
 * <caption>The rules, first match first</caption>
 * <tr><th>known</th><th>answer</th><th>what becomes of it</th></tr>
 * <tr><td>nothing, or no E</td><td>any</td><td>taken</td></tr>
 * <tr><td>E</td><td>e &gt; E</td><td>taken, also if it has no leader</td></tr>
 * <tr><td>E</td><td>e = E</td><td>taken; a leader that a complaint dropped comes back, but that is
 * no news, so whoever asks again waits longer</td></tr>
 * <tr><td>E</td><td>0 ≤ e &lt; E</td><td>ignored, and counted; taken when it {@linkplain
 * Doubt#persists persists}. Any answer of the rows above ends the count</td></tr>
 * <tr><td>E</td><td>no e, a leader</td><td>the leader is taken, E stays: a broker too old for
 * epochs (Metadata before version 7) knows who leads</td></tr>
 * <tr><td>E</td><td>no e, no leader</td><td>ignored: the broker knows nothing</td></tr>
 * <tr><td>E</td><td>the partition is missing from its topic</td><td>as an older epoch: kept until
 * that persists, then removed</td></tr>
 * </table>
 *
 * <p>kafka-clients never takes an older epoch as long as the topic's id is the same, so that it
 * never recovers from a cluster restored from a backup; others take it after some answers, and can
 * be led back by one lagging broker that is asked quickly. Hence both, answers and time.
 */
final class PartitionUpdate {
  private final long generation;
  private final long nowNanos;

  /**
   * @param generation that of the snapshot to be
   */
  PartitionUpdate(long generation, long nowNanos) {
    this.generation = generation;
    this.nowNanos = nowNanos;
  }

  /** What is known after an answer. The same object if nothing is different. */
  PartitionView answered(@Nullable PartitionView known, MetadataResponsePartition said) {
    int leader = leaderOf(said);
    int epoch = Math.max(PartitionView.NONE, said.leaderEpoch());
    if (known == null) {
      return new PartitionView(
          said.partitionIndex(),
          Leadership.of(leader, epoch),
          replicas(Replicas.NONE, said),
          ErrorCode.of(said.errorCode()),
          generation);
    }
    if (known.leaderEpoch() >= 0) {
      if (epoch < 0 && leader < 0) {
        return known;
      }
      if (epoch >= 0 && epoch < known.leaderEpoch()) {
        Doubt doubt = known.doubt().again(nowNanos);
        return doubt.persists(nowNanos) ? taken(known, leader, epoch, said) : known.doubted(doubt);
      }
    }
    return taken(known, leader, epoch < 0 ? known.leaderEpoch() : epoch, said);
  }

  /** What is known after an answer about its topic that left it out; null for nothing any more. */
  @Nullable PartitionView missing(PartitionView known) {
    Doubt doubt = known.doubt().again(nowNanos);
    return doubt.persists(nowNanos) ? null : known.doubted(doubt);
  }

  /** The leader is said to be wrong: it is dropped, its epoch stays. */
  PartitionView complained(PartitionView known) {
    Leadership dropped =
        new Leadership(PartitionView.NONE, known.leaderEpoch(), known.leader(), known.doubt());
    return known.ledBy(dropped, ErrorCode.LEADER_NOT_AVAILABLE, generation);
  }

  /** Nobody leads it any more, for all we know. */
  PartitionView leaderless(PartitionView known) {
    return known.leader() < 0
        ? known
        : known.ledBy(
            Leadership.of(PartitionView.NONE, known.leaderEpoch()),
            ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
            generation);
  }

  /** A hint: taken if it is newer, or fills a gap in the epoch that is known. */
  PartitionView hinted(PartitionView known, int leader, int epoch) {
    boolean isNews =
        epoch > known.leaderEpoch() || (epoch == known.leaderEpoch() && known.leader() < 0);
    return epoch >= 0 && isNews
        ? known.ledBy(Leadership.of(leader, epoch), ErrorCode.NONE, generation)
        : known;
  }

  /** Whether an answer brought back the very leader that a complaint had dropped. */
  static boolean isRestored(PartitionView before, PartitionView after) {
    return before.droppedLeader() >= 0
        && after.leader() == before.droppedLeader()
        && after.leaderEpoch() == before.leaderEpoch();
  }

  private PartitionView taken(
      PartitionView known, int leader, int epoch, MetadataResponsePartition said) {
    boolean isLedAsBefore = leader == known.leader() && epoch == known.leaderEpoch();
    // Who was dropped stays known for as long as nobody leads: its return is no news then either.
    int dropped = leader < 0 && epoch == known.leaderEpoch() ? known.droppedLeader() : -1;
    ErrorCode error = ErrorCode.of(said.errorCode());
    Replicas replicas = replicas(known.replicaSets(), said);
    if (isLedAsBefore
        && dropped == known.droppedLeader()
        && known.doubt().answers() == 0
        && error == known.error()
        && replicas.equals(known.replicaSets())) {
      return known;
    }
    return new PartitionView(
        known.index(),
        new Leadership(leader, epoch, dropped, Doubt.NONE),
        replicas,
        error,
        isLedAsBefore ? known.generation() : generation);
  }

  private static int leaderOf(MetadataResponsePartition said) {
    ErrorCode error = ErrorCode.of(said.errorCode());
    boolean isNobody =
        said.leaderId() < 0
            || error == ErrorCode.LEADER_NOT_AVAILABLE
            || error == ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
    return isNobody ? PartitionView.NONE : said.leaderId();
  }

  /** A copy, or what is known if it is the same. */
  private static Replicas replicas(Replicas known, MetadataResponsePartition said) {
    return known.all().equals(said.replicaNodes())
            && known.inSync().equals(said.isrNodes())
            && known.offline().equals(said.offlineReplicas())
        ? known
        : new Replicas(
            List.copyOf(said.replicaNodes()),
            List.copyOf(said.isrNodes()),
            List.copyOf(said.offlineReplicas()));
  }
}
