package io.ottla.testkit.internal.fetch;

import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Codec;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.LegacyConverter;
import io.ottla.protocol.record.LegacyConverter.Timestamps;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.protocol.record.RecordCursor;
import io.ottla.protocol.record.SealedBatch;
import io.ottla.protocol.record.TimestampType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns batches into message sets of version 0 or 1, as brokers up to 3.9 did for old readers:
 * headers are lost, transactions are no longer seen, markers are left out.
 *
 * <p>Thread: the cluster's loop. Every record is copied.
 */
final class DownConverter {
  private static final int MESSAGE_SET_HEADER_BYTES = 12;
  private static final int NO_LEADER_EPOCH = -1;
  private static final long MAX_IDLE_BYTES = 1 << 20;

  private final BufferPool pool = BufferPool.direct(MAX_IDLE_BYTES);
  private final LegacyConverter converter = new LegacyConverter(pool);

  /**
   * Converts what was read.
   *
   * @param batches the last of which may be cut off, and is then left out
   * @param magic 0 or 1
   * @param fromOffset uncompressed records before it are left out
   * @return message sets; if nothing is left, the beginning of one that is larger than the answer;
   *     null if it needs a codec that such readers do not have
   */
  @Nullable ByteBuffer convert(ByteBuffer batches, byte magic, long fromOffset) {
    ByteArrayOutputStream sets = new ByteArrayOutputStream(batches.remaining());
    for (RecordBatch batch : RecordBatches.of(batches)) {
      if (batch.isControl()) {
        continue;
      }
      if (batch.codec() == Codec.ZSTD) {
        return null;
      }
      SealedBatch plain = plain(batch, fromOffset);
      if (plain != null) {
        sets.writeBytes(convert(plain, magic, batch.codec()));
      }
    }
    return sets.size() == 0 ? tooLarge(batches.remaining()) : ByteBuffer.wrap(sets.toByteArray());
  }

  /** The records without what old versions have no place for; null if none are left. */
  private @Nullable SealedBatch plain(RecordBatch batch, long fromOffset) {
    BatchWriter writer = new BatchWriter(pool, batch.sizeInBytes(), Integer.MAX_VALUE);
    if (batch.timestampType() == TimestampType.LOG_APPEND_TIME) {
      writer.logAppendTime(batch.maxTimestamp());
    }
    boolean keepsAll = batch.codec() != Codec.NONE;
    long next = batch.baseOffset();
    try (RecordCursor record = batch.cursor()) {
      while (record.next()) {
        if (keepsAll || record.offset() >= fromOffset) {
          writer.skipOffsets((int) (record.offset() - next));
          writer.append(record.timestamp(), record.keyView(), record.valueView(), List.of());
          next = record.offset() + 1;
        }
      }
    }
    if (writer.count() == 0) {
      writer.release();
      return null;
    }
    return writer.seal(Compression.none()).place(batch.baseOffset(), NO_LEADER_EPOCH);
  }

  private byte[] convert(SealedBatch plain, byte magic, Codec codec) {
    try {
      RecordBatch batch = RecordBatches.of(plain.number()).iterator().next();
      ByteBuffer set = converter.convert(batch, magic, Compression.of(codec), Timestamps.DROP);
      byte[] bytes = new byte[set.remaining()];
      set.get(bytes);
      return bytes;
    } finally {
      plain.release();
    }
  }

  /** Readers know that a set that is cut off was too large for the answer, and pass it over. */
  private static ByteBuffer tooLarge(int bytes) {
    ByteBuffer set = ByteBuffer.allocate(Math.max(bytes, MESSAGE_SET_HEADER_BYTES));
    return set.putLong(-1).putInt(set.capacity() + 1).rewind();
  }
}
