package io.ottla.internal.producer;

/** What is counted of a partition, or of a topic where no partition is known. */
enum Count {
  SEALED_BATCHES,
  SEALED_RECORDS,
  RAW_BYTES,
  SEALED_BYTES,
  LARGEST_BYTES(true),
  /** Records of batches that are its own: sealed here, or moved here. */
  ARRIVED_RECORDS,
  ARRIVED_BYTES,
  /** Records of batches that are so no more: they have their end, or were moved or replaced. */
  LEFT_RECORDS,
  LEFT_BYTES,
  SENT_BATCHES,
  SENT_BYTES,
  RETRIED,
  DELIVERED,
  FAILED,
  REFUSED,
  DROPPED,
  DIVERTED,
  /** Of all records that were delivered, together. */
  TOTAL_NANOS,
  LONGEST_NANOS(true);

  /** Whether of two the larger counts, and not the sum. */
  final boolean isLargest;

  Count() {
    this(false);
  }

  Count(boolean isLargest) {
    this.isLargest = isLargest;
  }
}
