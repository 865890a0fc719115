package io.ottla.producer;

/**
 * Where a record was written.
 *
 * @param topic the topic's name
 * @param partition the partition's number
 * @param offset the record's; {@link #UNKNOWN_OFFSET} if nobody was asked to acknowledge it, or if
 *     the broker knows that it has the record and no longer where
 * @param timestampMs the record's time in milliseconds since 1970: the sender's, or the broker's if
 *     the topic uses that
 */
public record Delivery(String topic, int partition, long offset, long timestampMs) {
  /** In place of an offset that nobody knows. */
  public static final long UNKNOWN_OFFSET = -1;

  /** Whether the offset is known. */
  public boolean hasOffset() {
    return offset != UNKNOWN_OFFSET;
  }
}
