package io.ottla.internal.producer;

/**
 * Who a lane says it is: an idempotent producer's id and epoch.
 *
 * @param id the producer id
 * @param epoch its epoch; a partition's leader takes no older one than it has seen
 */
record Numbers(long id, short epoch) {
  private static final int SEQUENCES_SHIFT = 31;

  /** Whether there is an epoch after this one. */
  boolean hasNext() {
    return epoch < Short.MAX_VALUE;
  }

  /** The same producer in its next epoch. */
  Numbers next() {
    return new Numbers(id, (short) (epoch + 1));
  }

  /** The sequence number so many records later; after 2³¹ − 1 comes 0. */
  static int sequence(int from, int records) {
    return (int) ((from + (long) records) & ((1L << SEQUENCES_SHIFT) - 1));
  }
}
