package io.ottla.testkit.internal.log;

import io.ottla.protocol.ProtocolException;
import io.ottla.protocol.record.ControlRecord;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.protocol.record.RecordCursor;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The producers that have written to a log with numbers, and their transactions.
 *
 * <p>Owns: one entry per producer, and the snapshot that a clean restart left. Always: the entries
 * are what the snapshot and the batches behind it say, less what has expired since.
 */
final class ProducerStates {
  private final TreeMap<Long, ProducerEntry> entries = new TreeMap<>();
  private final Transactions transactions = new Transactions();

  /** What was known when the log ended at {@link #snapshotOffset}. */
  private List<ProducerEntry> snapshot = List.of();

  private long snapshotOffset;

  Transactions transactions() {
    return transactions;
  }

  List<ProducerState> states() {
    return entries.values().stream().map(ProducerEntry::state).toList();
  }

  /** The batch that is in the log already with the very same numbers, if it is remembered. */
  ProducerEntry.@Nullable Written duplicateOf(BatchHeader batch) {
    ProducerEntry entry = entries.get(batch.producerId());
    return entry == null ? null : entry.duplicateOf(batch);
  }

  /** Refuses a batch that its producer may not write now. */
  void check(BatchHeader batch) throws BatchRefusedException {
    ProducerEntry entry = entries.get(batch.producerId());
    if (entry != null) {
      entry.check(batch);
    }
  }

  /** Notes a batch that is in the log now. */
  void onAppended(BatchHeader batch) {
    note(batch, true);
  }

  void expire(long nowMillis, long expirationMillis) {
    entries.values().removeIf(entry -> entry.isExpired(nowMillis, expirationMillis));
  }

  /** Forgets all that {@link #expire} could ever forget. */
  void forget() {
    entries.values().removeIf(entry -> entry.transactionStart() == ProducerEntry.NO_TRANSACTION);
  }

  /** Forgets what a snapshot on disk has no room for. */
  void restart(long startOffset, long endOffset, long nowMillis, long expirationMillis) {
    snapshot = entries.values().stream().map(ProducerEntry::snapshot).toList();
    snapshotOffset = endOffset;
    rebuild(List.of(), startOffset, endOffset, nowMillis, expirationMillis);
  }

  /** Reads all batches again, as Kafka does when a broker was killed. */
  void recover(List<StoredBatch> batches, long endOffset, long nowMillis, long expirationMillis) {
    snapshot = List.of();
    snapshotOffset = 0;
    rebuild(batches, 0, endOffset, nowMillis, expirationMillis);
  }

  /**
   * Starts again from the last snapshot that is not behind the end, and from the batches.
   *
   * @param batches what the log has, from its start on
   */
  void rebuild(
      List<StoredBatch> batches,
      long startOffset,
      long endOffset,
      long nowMillis,
      long expirationMillis) {
    if (snapshotOffset > endOffset || snapshotOffset <= startOffset) {
      snapshot = List.of();
      snapshotOffset = startOffset;
    }
    entries.clear();
    transactions.restart(endOffset);
    for (ProducerEntry one : snapshot) {
      if (!one.isExpired(nowMillis, expirationMillis)) {
        entries.put(one.producerId(), one.snapshot());
        if (one.transactionStart() != ProducerEntry.NO_TRANSACTION) {
          transactions.begin(one.producerId(), one.transactionStart());
        }
      }
    }
    for (StoredBatch batch : batches) {
      if (batch.lastOffset() >= snapshotOffset && !batch.isOpaque()) {
        note(new BatchHeader(batch.bytes()), false);
      }
    }
  }

  private void note(BatchHeader batch, boolean isNew) {
    if (!batch.hasProducerId()) {
      return;
    }
    if (batch.isControl()) {
      noteMarker(batch, isNew);
      return;
    }
    ProducerEntry entry = entryOf(batch);
    entry.onWritten(batch);
    if (batch.isTransactional() && entry.transactionStart() == ProducerEntry.NO_TRANSACTION) {
      entry.onTransactionBegun(batch.baseOffset());
      transactions.begin(batch.producerId(), batch.baseOffset());
    }
  }

  private void noteMarker(BatchHeader batch, boolean isNew) {
    try (RecordCursor record = RecordBatches.of(batch.bytes()).iterator().next().cursor()) {
      if (!record.next()) {
        return;
      }
      ControlRecord marker = ControlRecord.read(record);
      if (!marker.type().endsTransaction()) {
        return;
      }
      ProducerEntry entry = entryOf(batch);
      long start = entry.transactionStart();
      if (start != ProducerEntry.NO_TRANSACTION) {
        if (isNew && marker.type() == ControlRecord.Type.ABORT) {
          transactions.abort(batch.producerId(), start, batch.baseOffset());
        } else {
          transactions.end(start, batch.baseOffset());
        }
      }
      entry.onMarker(batch.producerEpoch(), marker.coordinatorEpoch(), record.timestamp());
    } catch (ProtocolException unreadable) {
      // A test has put it there: it means nothing to the log, and what it means to readers is the
      // test's business.
    }
  }

  private ProducerEntry entryOf(BatchHeader batch) {
    return entries.computeIfAbsent(batch.producerId(), ProducerEntry::new);
  }
}
