package io.ottla.testkit.internal.log;

import io.ottla.protocol.message.ErrorCode;
import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordCursor;
import io.ottla.protocol.record.SealedBatch;
import io.ottla.protocol.record.TimestampType;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Makes one batch of version 2 out of the messages of an old client, or out of a batch that the
 * topic wants compressed otherwise.
 */
final class BatchRewriter {
  private static final int FIRST_BYTES = 1 << 10;
  private static final long NO_TIMESTAMP = -1;
  private static final int NO_LIMIT = Integer.MAX_VALUE - Long.BYTES;

  private final BufferPool pool;
  private final TimestampType timestampType;
  private final long nowMillis;

  BatchRewriter(BufferPool pool, TimestampType timestampType, long nowMillis) {
    this.pool = pool;
    this.timestampType = timestampType;
    this.nowMillis = nowMillis;
  }

  /** Rewrites; the producer's numbers are those of the first batch. */
  BatchHeader rewrite(List<RecordBatch> batches, Codec codec) throws BatchRefusedException {
    RecordBatch first = batches.get(0);
    BatchWriter writer = new BatchWriter(pool, FIRST_BYTES, NO_LIMIT);
    try {
      if (timestampType == TimestampType.LOG_APPEND_TIME) {
        writer.logAppendTime(nowMillis);
      }
      if (first.isTransactional()) {
        writer.transactional();
      }
      for (RecordBatch batch : batches) {
        append(batch, writer);
      }
      SealedBatch sealed = writer.seal(Compression.of(codec));
      ByteBuffer bytes =
          sealed.number(first.producerId(), first.producerEpoch(), first.baseSequence());
      ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
      sealed.release();
      return new BatchHeader(copy);
    } finally {
      writer.release();
    }
  }

  private static void append(RecordBatch batch, BatchWriter writer) throws BatchRefusedException {
    try (RecordCursor record = batch.cursor()) {
      while (record.next()) {
        long timestamp = record.timestamp();
        if (timestamp < NO_TIMESTAMP) {
          throw new BatchRefusedException(
              ErrorCode.UNKNOWN_SERVER_ERROR, "a record has the timestamp " + timestamp);
        }
        writer.append(timestamp, record.keyView(), record.valueView(), record.headers());
      }
    }
  }
}
