package io.ottla.internal.cluster.metadata;

import io.ottla.internal.cluster.metadata.PartitionChange.Kind;
import io.ottla.internal.cluster.metadata.TopicView.Confirmed;
import io.ottla.internal.cluster.metadata.TopicView.Identity;
import io.ottla.internal.cluster.metadata.TopicView.Standing;
import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.message.MetadataResponse.MetadataResponsePartition;
import io.ottla.protocol.message.MetadataResponse.MetadataResponseTopic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an answer about topics makes of what is known of them; one object for one answer, which
 * collects what is different.
 *
 * <table>
 * <caption>The rules for a topic; those for its partitions are in {@link PartitionUpdate}</caption>
 * <tr><th>answer</th><th>what becomes of what is known</th></tr>
 * <tr><td>partitions, the same id or one side without an id</td><td>partition by partition; an id
 * once known stays, one that is new is adopted</td></tr>
 * <tr><td>partitions, another id</td><td>the topic was made anew: nothing known counts</td></tr>
 * <tr><td>partitions, the id that it had before that</td><td>from a broker that lags: ignored,
 * until that {@linkplain Doubt#persists persists}</td></tr>
 * <tr><td>none: the topic is missing</td><td>once: kept. Twice in a row: as if said to be unknown
 * </td></tr>
 * <tr><td>unknown topic</td><td>once: unusable, its leaders are dropped; their epochs stay if it
 * has an id, which will tell whether it is the same. Twice in a row: its partitions are forgotten
 * </td></tr>
 * <tr><td>not authorised, invalid name</td><td>unusable, partitions kept</td></tr>
 * <tr><td>any other error, or no partitions</td><td>kept; if it was not usable it has this error
 * </td></tr>
 * </table>
 */
final class TopicUpdate {
  /** From which on a topic counts as unknown. */
  static final int ABSENCES_OF_UNKNOWN = 2;

  private final long generation;
  private final long nowNanos;
  private final long ask;
  private final PartitionUpdate partitions;
  private final List<PartitionChange> changes = new ArrayList<>();
  private final Set<String> withoutNews = new HashSet<>();

  /**
   * @param generation that of the snapshot to be
   * @param ask the number of the question
   */
  TopicUpdate(long generation, long nowNanos, long ask) {
    this.generation = generation;
    this.nowNanos = nowNanos;
    this.ask = ask;
    partitions = new PartitionUpdate(generation, nowNanos);
  }

  /** The partitions that are different, so far. */
  List<PartitionChange> changes() {
    return changes;
  }

  /** Topics in which a leader came back that a complaint had dropped. */
  Set<String> withoutNews() {
    return withoutNews;
  }

  /** What is known of a topic after an answer about it. */
  TopicView answered(@Nullable TopicView known, String name, MetadataResponseTopic said) {
    ErrorCode error = ErrorCode.of(said.errorCode());
    if (error == ErrorCode.NONE && !said.partitions().isEmpty()) {
      return known == null ? fresh(name, said) : present(known, said);
    }
    if (Refusals.isUnknown(error)) {
      int absences = known == null ? 0 : known.standing().absences();
      return absent(known, name, Math.max(absences + 1, ABSENCES_OF_UNKNOWN));
    }
    if (known == null) {
      return barren(name, error, 0);
    }
    boolean isKept = known.isUsable() && !Refusals.isFinal(error);
    return same(known, isKept ? ErrorCode.NONE : error, known.standing().absences());
  }

  /** What is known of a topic that was asked for and is missing from the answer. */
  TopicView missing(@Nullable TopicView known, String name) {
    if (known == null) {
      return absent(null, name, ABSENCES_OF_UNKNOWN);
    }
    int absences = known.standing().absences() + 1;
    return absences < ABSENCES_OF_UNKNOWN
        ? same(known, known.error(), absences)
        : absent(known, name, absences);
  }

  /** A topic goes, whatever was known. */
  void removed(TopicView known) {
    for (PartitionView partition : known.partitionArray()) {
      changes.add(new PartitionChange(known.name(), partition.index(), Kind.REMOVED));
    }
  }

  private TopicView fresh(String name, MetadataResponseTopic said) {
    PartitionView[] none = {};
    return usable(
        new Identity(name, said.topicId(), said.isInternal()),
        merged(name, none, said),
        TopicView.NO_ID,
        new Use(nowNanos));
  }

  private TopicView present(TopicView known, MetadataResponseTopic said) {
    UUID id = said.topicId();
    boolean isSame = id.equals(TopicView.NO_ID) || !known.hasId() || id.equals(known.id());
    if (!isSame) {
      return id.equals(known.standing().formerId()) ? former(known, said) : recreated(known, said);
    }
    Identity identity =
        new Identity(known.name(), known.hasId() ? known.id() : id, said.isInternal());
    PartitionView[] next = merged(known.name(), known.partitionArray(), said);
    return usable(identity, next, known.standing().formerId(), known.use());
  }

  private TopicView former(TopicView known, MetadataResponseTopic said) {
    Standing before = known.standing();
    Doubt doubt = before.doubt().again(nowNanos);
    if (doubt.persists(nowNanos)) {
      return recreated(known, said);
    }
    Standing standing = new Standing(before.ask(), before.absences(), before.formerId(), doubt);
    return new TopicView(
        known.identity(),
        known.error(),
        known.partitionArray(),
        new Confirmed(known.generation(), known.loadedNanos()),
        standing,
        known.use());
  }

  private TopicView recreated(TopicView known, MetadataResponseTopic said) {
    String name = known.name();
    int from = changes.size();
    PartitionView[] none = {};
    PartitionView[] next = merged(name, none, said);
    changes.subList(from, changes.size()).clear();
    for (int i = 0; i < Math.max(next.length, known.partitionCount()); i++) {
      Kind kind =
          i >= next.length
              ? Kind.REMOVED
              : i >= known.partitionCount() ? Kind.ADDED : Kind.RECREATED;
      changes.add(new PartitionChange(name, i, kind));
    }
    return usable(
        new Identity(name, said.topicId(), said.isInternal()), next, known.id(), known.use());
  }

  private TopicView usable(Identity identity, PartitionView[] next, UUID formerId, Use use) {
    return new TopicView(
        identity,
        ErrorCode.NONE,
        next,
        new Confirmed(generation, nowNanos),
        new Standing(ask, 0, formerId, Doubt.NONE),
        use);
  }

  private TopicView same(TopicView known, ErrorCode error, int absences) {
    Standing before = known.standing();
    return new TopicView(
        known.identity(),
        error,
        known.partitionArray(),
        new Confirmed(generation, nowNanos),
        new Standing(ask, absences, before.formerId(), before.doubt()),
        known.use());
  }

  private TopicView absent(@Nullable TopicView known, String name, int absences) {
    if (known == null) {
      return barren(name, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, absences);
    }
    boolean staysKnown = known.hasId() && absences == ABSENCES_OF_UNKNOWN;
    PartitionView[] next = staysKnown ? leaderless(known) : new PartitionView[0];
    if (!staysKnown) {
      removed(known);
    }
    return new TopicView(
        known.identity(),
        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
        next,
        new Confirmed(generation, nowNanos),
        new Standing(ask, absences, known.standing().formerId(), Doubt.NONE),
        known.use());
  }

  /** A topic of which only an error is known. */
  private TopicView barren(String name, ErrorCode error, int absences) {
    return new TopicView(
        new Identity(name, TopicView.NO_ID, false),
        error,
        new PartitionView[0],
        new Confirmed(generation, nowNanos),
        new Standing(ask, absences, TopicView.NO_ID, Doubt.NONE),
        new Use(nowNanos));
  }

  private PartitionView[] leaderless(TopicView known) {
    PartitionView[] next = known.partitionArray().clone();
    for (int i = 0; i < next.length; i++) {
      next[i] = partitions.leaderless(next[i]);
      note(known.name(), known.partitionArray()[i], next[i]);
    }
    return next;
  }

  /** Every partition of before and of the answer; the same array if nothing is different. */
  private PartitionView[] merged(String name, PartitionView[] known, MetadataResponseTopic said) {
    @Nullable PartitionView[] next =
        new PartitionView[Math.max(known.length, highest(known, said) + 1)];
    for (MetadataResponsePartition partition : said.partitions()) {
      int index = partition.partitionIndex();
      if (index >= 0 && index < next.length) {
        PartitionView before = index < known.length ? known[index] : null;
        PartitionView twice = next[index];
        if (twice == null || twice.leaderEpoch() < partition.leaderEpoch()) {
          next[index] = partitions.answered(before, partition);
        }
      }
    }
    return settled(name, known, next);
  }

  private PartitionView[] settled(
      String name, PartitionView[] known, @Nullable PartitionView[] next) {
    int length = 0;
    for (int i = 0; i < next.length; i++) {
      PartitionView before = i < known.length ? known[i] : null;
      if (next[i] == null && before != null) {
        next[i] = partitions.missing(before);
      }
      if (next[i] != null) {
        length = i + 1;
      }
    }
    boolean isSame = length == known.length;
    PartitionView[] filled = new PartitionView[length];
    for (int i = 0; i < next.length; i++) {
      PartitionView before = i < known.length ? known[i] : null;
      PartitionView after = next[i];
      if (i >= length) {
        changes.add(new PartitionChange(name, i, Kind.REMOVED));
      } else {
        filled[i] = after == null ? PartitionView.blank(i, generation) : after;
        isSame &= filled[i] == before;
        note(name, before, filled[i]);
      }
    }
    return isSame ? known : filled;
  }

  private void note(String name, @Nullable PartitionView before, PartitionView after) {
    if (before == null) {
      changes.add(new PartitionChange(name, after.index(), Kind.ADDED));
    } else if (!before.isLedAs(after)) {
      changes.add(new PartitionChange(name, after.index(), Kind.LEADER));
      if (PartitionUpdate.isRestored(before, after)) {
        withoutNews.add(name);
      }
    }
  }

  /** The highest number that is believed: one far beyond what the answer holds is garbage. */
  private static int highest(PartitionView[] known, MetadataResponseTopic said) {
    long believed = Math.max(known.length, 2L * said.partitions().size() + 64);
    return said.partitions().stream()
        .mapToInt(MetadataResponsePartition::partitionIndex)
        .filter(index -> index < believed)
        .max()
        .orElse(-1);
  }

  @Override
  public String toString() {
    return "ask " + ask + ": " + changes + Arrays.toString(withoutNews.toArray());
  }
}
