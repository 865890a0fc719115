package io.ottla.internal.cluster.metadata;

/**
 * A partition of which a new snapshot says something else than the one before.
 *
 * @param topic the topic's name
 * @param partition its number
 * @param kind what is different
 */
public record PartitionChange(String topic, int partition, Kind kind) {
  /** What can be different. */
  public enum Kind {
    /** It was not known before. */
    ADDED,
    /** Its leader or leader epoch, or there is none now. */
    LEADER,
    /** It is the partition of another topic of the same name: offsets and epochs begin anew. */
    RECREATED,
    /** It is not known any more. */
    REMOVED
  }
}
