package io.ottla.testkit.internal.topic;

/**
 * What one replica has of a partition's log. By default all replicas have all of it; a test may let
 * one of them lag behind, or begin later. Offsets.
 *
 * @param start the first that this replica has, at least
 * @param end the first that this replica does not have, at most
 */
public record ReplicaBounds(long start, long end) {
  /** All that the leader has. */
  public static final ReplicaBounds NONE = new ReplicaBounds(0, Long.MAX_VALUE);

  /** Checks that they are in order. */
  public ReplicaBounds {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("a replica from " + start + " to " + end);
    }
  }
}
