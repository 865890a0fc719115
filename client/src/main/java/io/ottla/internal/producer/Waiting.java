package io.ottla.internal.producer;

/**
 * Whether a send may wait for room.
 *
 * @param kind as the overflow of the topic says, never, or so long
 * @param mostNanos how long at most; for {@code AT_MOST}
 */
record Waiting(Kind kind, long mostNanos) {
  enum Kind {
    /** As the topic's overflow says; what finds no room has a report. */
    BY_OVERFLOW,
    /** Not at all; what finds no room is not taken. */
    NEVER,
    /** For a while, whatever the overflow; what finds no room is not taken. */
    AT_MOST
  }

  static final Waiting BY_OVERFLOW = new Waiting(Kind.BY_OVERFLOW, 0);
  static final Waiting NEVER = new Waiting(Kind.NEVER, 0);

  static Waiting atMost(long nanos) {
    return new Waiting(Kind.AT_MOST, nanos);
  }
}
