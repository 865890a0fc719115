package io.ottla.admin;

import java.time.Instant;

/**
 * Which offset of a partition is asked for.
 *
 * @param kind how it is found
 * @param timestampMs with {@link Kind#AT_TIME}: milliseconds since 1970; else 0
 */
public record OffsetSpec(Kind kind, long timestampMs) {
  /** How an offset is found. */
  public enum Kind {
    /** The first record that still exists. */
    EARLIEST,
    /** Behind the last record that can be read: the high watermark. */
    LATEST,
    /** Before the first record of an open transaction, if that is less than the latest. */
    LAST_STABLE,
    /** The record with the highest timestamp. Needs Kafka 3.0. */
    MAX_TIMESTAMP,
    /** The first record at or after a time. Needs Kafka 0.10.1. */
    AT_TIME
  }

  /** The first record that still exists. */
  public static OffsetSpec earliest() {
    return new OffsetSpec(Kind.EARLIEST, 0);
  }

  /** Behind the last record that can be read: the high watermark. */
  public static OffsetSpec latest() {
    return new OffsetSpec(Kind.LATEST, 0);
  }

  /**
   * Before the first record of an open transaction, if that is less than the latest: where readers
   * of committed records end. Needs Kafka 0.11.
   */
  public static OffsetSpec lastStable() {
    return new OffsetSpec(Kind.LAST_STABLE, 0);
  }

  /** The record with the highest timestamp. Needs Kafka 3.0. */
  public static OffsetSpec maxTimestamp() {
    return new OffsetSpec(Kind.MAX_TIMESTAMP, 0);
  }

  /** The first record at or after a time. Needs Kafka 0.10.1. */
  public static OffsetSpec at(Instant time) {
    if (time.toEpochMilli() < 0) {
      throw new IllegalArgumentException(time + " is before 1970");
    }
    return new OffsetSpec(Kind.AT_TIME, time.toEpochMilli());
  }
}
