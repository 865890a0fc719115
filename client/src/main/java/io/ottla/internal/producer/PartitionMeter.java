package io.ottla.internal.producer;

import io.ottla.stats.PartitionStats;
import java.time.Duration;

/**
 * Counts what becomes of one partition's records. What is said here is said per batch.
 *
 * <p>Thread: any, except where it says otherwise.
 */
final class PartitionMeter {
  /** What no batch that was sealed has. On any thread, when somebody asks. */
  interface Open {
    /** How many records. */
    long openRecords();

    /** How many bytes. */
    long openBytes();
  }

  private static final Open NOTHING =
      new Open() {
        @Override
        public long openRecords() {
          return 0;
        }

        @Override
        public long openBytes() {
          return 0;
        }
      };

  private final TopicMeter topic;
  private final int partition;
  private final Counts counts = new Counts();
  private volatile Open open = NOTHING;

  PartitionMeter(TopicMeter topic, int partition) {
    this.topic = topic;
    this.partition = partition;
  }

  /** Says what is open, from now on. */
  void watch(Open newOpen) {
    open = newOpen;
  }

  /** A batch takes no more records, and {@code sealedBytes} is known. */
  void onSealed(int records, int rawBytes, int sealedBytes) {
    counts.add(Count.SEALED_BATCHES, 1);
    counts.add(Count.SEALED_RECORDS, records);
    counts.add(Count.RAW_BYTES, rawBytes);
    counts.add(Count.SEALED_BYTES, sealedBytes);
    counts.raise(Count.LARGEST_BYTES, sealedBytes);
    onArrived(records, sealedBytes);
  }

  /** A sealed batch of another partition, or a part of another batch, goes on in this one. */
  void onMovedHere(ProducerBatch batch) {
    onArrived(batch.count(), batch.sealed().sizeInBytes());
  }

  /** A sealed batch goes on in another partition, or in its parts. */
  void onMovedAway(ProducerBatch batch) {
    onLeft(batch.count(), batch.sealed().sizeInBytes());
  }

  private void onArrived(int records, int bytes) {
    counts.add(Count.ARRIVED_RECORDS, records);
    counts.add(Count.ARRIVED_BYTES, bytes);
  }

  private void onLeft(int records, int bytes) {
    counts.add(Count.LEFT_RECORDS, records);
    counts.add(Count.LEFT_BYTES, bytes);
  }

  /** A batch was handed to its leader's link. */
  void onSent(int records, int bytes) {
    counts.add(Count.SENT_BATCHES, 1);
    counts.add(Count.SENT_BYTES, bytes);
  }

  /**
   * It was so for the first time. On the loop.
   *
   * @param waitedNanos how long it had waited since its first record's send
   */
  void onFirstSent(int records, long waitedNanos) {
    topic.onSent(records, waitedNanos);
  }

  /** It goes again. */
  void onRetried(int records) {
    counts.add(Count.RETRIED, records);
  }

  /** It was written; the time counts from its first record's send. On the loop. */
  void onDelivered(int records, int bytes, long latencyNanos) {
    onLeft(records, bytes);
    counts.add(Count.DELIVERED, records);
    counts.add(Count.TOTAL_NANOS, records * latencyNanos);
    counts.raise(Count.LONGEST_NANOS, latencyNanos);
    topic.onDelivered(records, latencyNanos);
  }

  /** It was not, or perhaps not, written. */
  void onFailed(int records, int bytes) {
    onLeft(records, bytes);
    counts.add(Count.FAILED, records);
  }

  Counts.Sum counts() {
    return counts.sum();
  }

  /** In words. */
  PartitionStats stats(Counts.Sum sum) {
    Open now = open;
    long delivered = sum.of(Count.DELIVERED);
    return new PartitionStats(
        partition,
        now.openRecords() + sum.of(Count.ARRIVED_RECORDS) - sum.of(Count.LEFT_RECORDS),
        now.openBytes() + sum.of(Count.ARRIVED_BYTES) - sum.of(Count.LEFT_BYTES),
        sum.records(),
        sum.batches(),
        Duration.ofNanos(delivered == 0 ? 0 : sum.of(Count.TOTAL_NANOS) / delivered),
        Duration.ofNanos(sum.of(Count.LONGEST_NANOS)));
  }
}
