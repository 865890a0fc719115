package io.ottla.testkit.internal.log;

import io.ottla.protocol.message.ErrorCode;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What one producer has written last, and so what it may write next.
 *
 * <p>Always: the remembered batches are of the present epoch, at most five, the oldest first.
 */
final class ProducerEntry {
  static final long NO_TRANSACTION = -1;

  private static final int REMEMBERED_BATCHES = 5;
  private static final short NO_EPOCH = -1;
  private static final int NO_SEQUENCE = -1;

  /**
   * A batch that is in the log. Its content is not remembered: the numbers alone make a duplicate.
   *
   * @param lastOffsetDelta how many offsets lie before its last one
   * @param maxTimestamp its latest record time
   */
  record Written(int lastSequence, long lastOffset, int lastOffsetDelta, long maxTimestamp) {
    int baseSequence() {
      return Sequences.minus(lastSequence, lastOffsetDelta);
    }

    long baseOffset() {
      return lastOffset - lastOffsetDelta;
    }
  }

  private final long producerId;
  private final Deque<Written> written = new ArrayDeque<>(REMEMBERED_BATCHES);
  private short epoch = NO_EPOCH;
  private int coordinatorEpoch = -1;
  private long lastTimestamp = -1;
  private long transactionStart = NO_TRANSACTION;

  ProducerEntry(long producerId) {
    this.producerId = producerId;
  }

  /** A copy that remembers one batch: what a snapshot on disk has room for. */
  ProducerEntry snapshot() {
    ProducerEntry copy = new ProducerEntry(producerId);
    copy.epoch = epoch;
    copy.coordinatorEpoch = coordinatorEpoch;
    copy.lastTimestamp = lastTimestamp;
    copy.transactionStart = transactionStart;
    Written last = written.peekLast();
    if (last != null) {
      copy.written.add(last);
    }
    return copy;
  }

  /** The batch with the very same epoch and numbers, if it is remembered. */
  @Nullable Written duplicateOf(BatchHeader batch) {
    if (batch.producerEpoch() != epoch) {
      return null;
    }
    int baseSequence = batch.baseSequence();
    int lastSequence = batch.lastSequence();
    for (Written one : written) {
      if (one.baseSequence() == baseSequence && one.lastSequence() == lastSequence) {
        return one;
      }
    }
    return null;
  }

  /** Refuses a batch with an old epoch, or whose numbers do not follow. */
  void check(BatchHeader batch) throws BatchRefusedException {
    short batchEpoch = batch.producerEpoch();
    if (batchEpoch < epoch) {
      throw new BatchRefusedException(
          ErrorCode.INVALID_PRODUCER_EPOCH,
          "producer " + producerId + " has epoch " + epoch + "; the batch has " + batchEpoch);
    }
    if (epoch == NO_EPOCH) {
      return; // a producer that the log has forgotten may go on with any number
    }
    int last = batchEpoch == epoch ? lastSequence() : NO_SEQUENCE;
    if (batch.baseSequence() != Sequences.plus(last, 1)) {
      throw new BatchRefusedException(
          ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
          "producer "
              + producerId
              + " has sequence "
              + last
              + " in epoch "
              + batchEpoch
              + "; the batch begins at "
              + batch.baseSequence());
    }
    if (transactionStart != NO_TRANSACTION && !batch.isTransactional()) {
      throw new BatchRefusedException(
          ErrorCode.INVALID_TXN_STATE,
          "producer " + producerId + " has an open transaction; the batch is not part of it");
    }
  }

  /** Notes a batch with records that is in the log now. */
  void onWritten(BatchHeader batch) {
    moveTo(batch.producerEpoch());
    if (written.size() == REMEMBERED_BATCHES) {
      written.removeFirst();
    }
    long lastOffset = batch.baseOffset() + batch.lastOffsetDelta();
    lastTimestamp = batch.maxTimestamp();
    written.addLast(
        new Written(batch.lastSequence(), lastOffset, batch.lastOffsetDelta(), lastTimestamp));
  }

  void onTransactionBegun(long firstOffset) {
    transactionStart = firstOffset;
  }

  /** Notes the marker that ends a transaction, which may be one without records here. */
  void onMarker(short markerEpoch, int markerCoordinatorEpoch, long timestamp) {
    moveTo(markerEpoch);
    coordinatorEpoch = markerCoordinatorEpoch;
    lastTimestamp = timestamp;
    transactionStart = NO_TRANSACTION;
  }

  /** Whether nothing has been heard of the producer for so long, by the time of its records. */
  boolean isExpired(long nowMillis, long expirationMillis) {
    return transactionStart == NO_TRANSACTION && nowMillis - lastTimestamp >= expirationMillis;
  }

  long producerId() {
    return producerId;
  }

  /** The first offset of its open transaction, or {@link #NO_TRANSACTION}. */
  long transactionStart() {
    return transactionStart;
  }

  ProducerState state() {
    return new ProducerState(
        producerId, epoch, lastSequence(), lastTimestamp, coordinatorEpoch, transactionStart);
  }

  private int lastSequence() {
    Written last = written.peekLast();
    return last == null ? NO_SEQUENCE : last.lastSequence();
  }

  private void moveTo(short newEpoch) {
    if (newEpoch != epoch) {
      written.clear();
      epoch = newEpoch;
    }
  }
}
