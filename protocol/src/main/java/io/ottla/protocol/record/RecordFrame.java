package io.ottla.protocol.record;

/**
 * What a batch says about all of its records.
 *
 * @param baseOffset what the records' offset deltas count from
 * @param lastOffsetDelta the largest delta that a record may have
 * @param baseTimestamp what the records' timestamp deltas count from
 * @param logAppendTime the timestamp of all records, or {@link #OWN_TIMESTAMPS}
 * @param count how many records there are
 */
record RecordFrame(
    long baseOffset, int lastOffsetDelta, long baseTimestamp, long logAppendTime, int count) {
  /** Each record has its own timestamp. */
  static final long OWN_TIMESTAMPS = Long.MIN_VALUE;
}
