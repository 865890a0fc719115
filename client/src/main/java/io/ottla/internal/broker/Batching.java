package io.ottla.internal.broker;

import io.ottla.error.RefusedException;
import io.ottla.error.SendOutcome;
import io.ottla.producer.ProducerRecord;
import io.ottla.protocol.ProtocolException;
import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Compression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one batch per partition of the records of a call.
 *
 * <p>Thread: any. Always: gives all batches, each to be released by the caller, or throws and holds
 * nothing.
 */
final class Batching {
  /** More than any broker takes in one request. */
  private static final int MAX_BATCH_BYTES = 1 << 30;

  private static final int EXPECTED_BYTES = 16 << 10;

  private final BufferPool pool;

  Batching(BufferPool pool) {
    this.pool = pool;
  }

  /**
   * Encodes and compresses.
   *
   * @param nowMs the timestamp of records that have none
   * @return in the order in which the partitions first appear
   */
  List<PartitionBatch> seal(
      List<ProducerRecord<byte[], byte[]>> records, Compression compression, long nowMs) {
    Map<PartitionKey, BatchWriter> open = new LinkedHashMap<>();
    List<PartitionBatch> sealed = new ArrayList<>();
    try {
      for (int i = 0; i < records.size(); i++) {
        append(open, records.get(i), i, nowMs);
      }
      for (Map.Entry<PartitionKey, BatchWriter> entry : open.entrySet()) {
        PartitionKey key = entry.getKey();
        BatchWriter batch = entry.getValue();
        int count = batch.count();
        sealed.add(
            new PartitionBatch(key.topic(), key.partition(), count, batch.seal(compression)));
      }
      return sealed;
    } catch (RuntimeException failed) {
      open.values().forEach(BatchWriter::release);
      sealed.forEach(batch -> batch.batch().release());
      throw failed instanceof ProtocolException
          ? new RefusedException(
              "records not sent: " + failed.getMessage(), SendOutcome.NOT_SENT, failed)
          : failed;
    }
  }

  private void append(
      Map<PartitionKey, BatchWriter> open,
      ProducerRecord<byte[], byte[]> record,
      int index,
      long nowMs) {
    if (record.partition() < 0) {
      throw new IllegalArgumentException(
          "record "
              + index
              + " for topic "
              + record.topic()
              + " names no partition, and a single broker chooses none");
    }
    BatchWriter batch =
        open.computeIfAbsent(
            new PartitionKey(record.topic(), record.partition()),
            key -> new BatchWriter(pool, EXPECTED_BYTES, MAX_BATCH_BYTES));
    long timestampMs =
        record.timestampMs() == ProducerRecord.NO_TIMESTAMP ? nowMs : record.timestampMs();
    BatchWriter.Append taken =
        batch.append(timestampMs, record.key(), record.value(), record.headers());
    if (taken != BatchWriter.Append.APPENDED) {
      throw new RefusedException(
          "record "
              + index
              + " for "
              + record.topic()
              + "-"
              + record.partition()
              + " not sent: with it the batch is larger than "
              + MAX_BATCH_BYTES
              + " bytes; send fewer records at once",
          SendOutcome.NOT_SENT,
          null);
    }
  }
}
