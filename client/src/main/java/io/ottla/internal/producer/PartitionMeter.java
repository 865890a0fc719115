package io.ottla.internal.producer;

/** Counts what becomes of one partition's records. */
final class PartitionMeter {
  /** A batch takes no more records; any thread, and {@code sealedBytes} is known. */
  void onSealed(int records, int rawBytes, int sealedBytes) {}

  /** A batch was handed to its leader's link. On the loop, as all that follow. */
  void onSent(int records, int bytes) {}

  /** It goes again. */
  void onRetried(int records) {}

  /** It was written; the time counts from its first record's send. */
  void onDelivered(int records, long latencyNanos) {}

  void onFailed(int records) {}
}
