package io.ottla.internal.cluster.metadata;

import io.ottla.protocol.message.ErrorCode;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A topic as metadata describes it. Immutable, but for the mark that somebody used it, which all
 * its successors share.
 */
public final class TopicView {
  static final UUID NO_ID = new UUID(0, 0);

  private final String name;
  private final UUID id;
  private final boolean isInternal;
  private final ErrorCode error;
  private final PartitionView[] partitions;
  private final long generation;
  private final long loadedNanos;
  private final Standing standing;
  private final Use use;

  TopicView(
      Identity identity,
      ErrorCode error,
      PartitionView[] partitions,
      Confirmed confirmed,
      Standing standing,
      Use use) {
    this.name = identity.name();
    this.id = identity.id();
    this.isInternal = identity.isInternal();
    this.error = error;
    this.partitions = partitions;
    this.generation = confirmed.generation();
    this.loadedNanos = confirmed.nanos();
    this.standing = standing;
    this.use = use;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its id; all zero if no broker has said one. */
  public UUID id() {
    return id;
  }

  /** Whether it is known by an id, too. */
  public boolean hasId() {
    return !id.equals(NO_ID);
  }

  /** Whether it is the cluster's own. */
  public boolean isInternal() {
    return isInternal;
  }

  /** What the broker said of it as a whole. */
  public ErrorCode error() {
    return error;
  }

  /** Whether it exists and may be seen, as far as is known. A partition may lack a leader still. */
  public boolean isUsable() {
    return error == ErrorCode.NONE && partitions.length > 0;
  }

  /** Whether the last answer about it said that it is usable. */
  boolean isConfirmed() {
    return isUsable() && standing.absences() == 0;
  }

  /** Its partitions, by number, without gaps. Of a topic that is no longer known, the last ones. */
  public List<PartitionView> partitions() {
    return Collections.unmodifiableList(Arrays.asList(partitions));
  }

  /** How many partitions it has. */
  public int partitionCount() {
    return partitions.length;
  }

  /** One of its partitions; null if there is none of this number. */
  public @Nullable PartitionView partition(int index) {
    return index >= 0 && index < partitions.length ? partitions[index] : null;
  }

  /** That of the snapshot in which its state was last confirmed or changed. */
  public long generation() {
    return generation;
  }

  /** When its state was last confirmed or changed. */
  public long loadedNanos() {
    return loadedNanos;
  }

  Identity identity() {
    return new Identity(name, id, isInternal);
  }

  Standing standing() {
    return standing;
  }

  Use use() {
    return use;
  }

  /** The array itself: to be read only. */
  PartitionView[] partitionArray() {
    return partitions;
  }

  TopicView with(PartitionView[] next, long nextGeneration) {
    return new TopicView(
        identity(), error, next, new Confirmed(nextGeneration, loadedNanos), standing, use);
  }

  @Override
  public String toString() {
    return name + " (" + error + ", " + Arrays.toString(partitions) + ")";
  }

  /**
   * Which topic it is.
   *
   * @param name its name
   * @param id its id, or {@link #NO_ID}
   * @param isInternal whether it is the cluster's own
   */
  record Identity(String name, UUID id, boolean isInternal) {}

  /**
   * When a topic's state was last confirmed or changed.
   *
   * @param generation in which snapshot
   * @param nanos at what time
   */
  record Confirmed(long generation, long nanos) {}

  /**
   * How the last answers spoke of a topic.
   *
   * @param ask the number of the last question that was answered for it
   * @param absences how often in a row it was missing or said to be unknown; see {@link
   *     TopicUpdate}
   * @param formerId the id that it had before it was made anew, or {@link #NO_ID}
   * @param doubt answers that gave the former id
   */
  record Standing(long ask, int absences, UUID formerId, Doubt doubt) {
    static final Standing NEW = new Standing(0, 0, NO_ID, Doubt.NONE);
  }
}
