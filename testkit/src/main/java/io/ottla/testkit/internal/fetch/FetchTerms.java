package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.message.FetchRequest;
import org.jspecify.annotations.Nullable;

/**
 * The terms on which a broker reads for somebody: what holds for all partitions of a request.
 *
 * @param brokerId who reads
 * @param version of the request
 * @param isolation up to where
 * @param minBytes below it the answer waits
 * @param maxBytes the most bytes of records in the answer
 * @param maxWaitMillis for how long the answer may wait
 * @param rack the reader's, or empty; null if its version does not know of reading from followers
 */
record FetchTerms(
    int brokerId,
    int version,
    Isolation isolation,
    int minBytes,
    int maxBytes,
    int maxWaitMillis,
    @Nullable String rack) {
  private static final int LAST_VERSION_WITH_HARD_LIMITS = 2;
  private static final int FIRST_VERSION_WITH_RACK = 11;
  private static final int FIRST_VERSION_WITH_LEADER_HINTS = 16;
  private static final byte READ_COMMITTED = 1;

  /** What a reader may see. */
  enum Isolation {
    /** All that is on all replicas in sync. */
    HIGH_WATERMARK,
    /** Of that, what no open transaction can undo. */
    LAST_STABLE_OFFSET,
    /** Even what may be lost; for tools that look into a log. */
    LOG_END
  }

  static FetchTerms of(FetchRequest request, int version, int brokerId, FetchSettings settings) {
    int maxBytes = Math.min(request.maxBytes(), settings.maxBytes());
    return new FetchTerms(
        brokerId,
        version,
        isolation(request),
        Math.min(request.minBytes(), maxBytes),
        maxBytes,
        request.maxWaitMs(),
        version >= FIRST_VERSION_WITH_RACK ? request.rackId() : null);
  }

  /**
   * Whether no batch may go beyond the limits, not even if the reader then gets none; it gets the
   * first bytes of one instead, and must ask for more.
   */
  boolean hasHardLimits() {
    return version <= LAST_VERSION_WITH_HARD_LIMITS;
  }

  /** Whether only the leader may read for it. */
  boolean needsLeader() {
    return rack == null;
  }

  /** Whether an answer from the wrong broker names the right one (KIP-951). */
  boolean wantsLeaderHints() {
    return version >= FIRST_VERSION_WITH_LEADER_HINTS;
  }

  private static Isolation isolation(FetchRequest request) {
    if (Requester.of(request) == Requester.INSPECTOR) {
      return Isolation.LOG_END;
    }
    return request.isolationLevel() == READ_COMMITTED
        ? Isolation.LAST_STABLE_OFFSET
        : Isolation.HIGH_WATERMARK;
  }
}
