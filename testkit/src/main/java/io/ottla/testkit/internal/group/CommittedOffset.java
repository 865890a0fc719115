package io.ottla.testkit.internal.group;

import java.util.UUID;

/**
 * What a group has committed of one partition. Units: milliseconds since 1970.
 *
 * @param offset the next offset to process
 * @param leaderEpoch of the last record processed, or -1
 * @param metadata what the committer wrote beside it; never null, may be empty
 * @param committedAtMillis when it was committed
 * @param expiresAtMillis when it expires whatever the group does, or {@link #BY_GROUP}
 * @param topicId of the topic at that time, or {@link #NO_TOPIC_ID}
 */
public record CommittedOffset(
    long offset,
    int leaderEpoch,
    String metadata,
    long committedAtMillis,
    long expiresAtMillis,
    UUID topicId) {
  /** Expiry depends on the group and on the broker's retention. */
  public static final long BY_GROUP = -1;

  /** The committer named no id, and the cluster knew none. */
  public static final UUID NO_TOPIC_ID = new UUID(0, 0);
}
