package io.ottla.testkit.bench;

import io.ottla.protocol.record.BatchWriter;
import io.ottla.protocol.record.BufferPool;
import io.ottla.protocol.record.Compression;
import io.ottla.protocol.record.CorruptBatchException;
import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.protocol.record.SealedBatch;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Random;

/**
 * The batch that the null broker serves for ever.
 *
 * <p>Only its base offset differs from one time to the next, which lies in its first eight bytes
 * and outside the CRC; the rest is sent as it lies here.
 *
 * <p>Immutable, direct memory. Units: bytes.
 */
final class PreparedBatch {
  /** What differs. */
  static final int BASE_OFFSET_BYTES = Long.BYTES;

  private static final int LEADER_EPOCH_AT = 12;
  private static final int MAX_BYTES = 64 << 20;
  private static final long BASE_TIMESTAMP = 1_700_000_000_000L;
  private static final int RECORDS_PER_MILLISECOND = 8;

  private final ByteBuffer bytes;
  private final int records;

  private PreparedBatch(ByteBuffer batch, int records) {
    this.bytes = ByteBuffer.allocateDirect(batch.remaining()).put(batch.duplicate()).flip();
    this.bytes.putInt(LEADER_EPOCH_AT, NullBroker.LEADER_EPOCH);
    this.records = records;
  }

  /**
   * A batch of records without keys. Half of each value is random text, half is the same in all, so
   * that codecs find what they find in events.
   */
  static PreparedBatch of(int records, int valueBytes, Compression compression) {
    BufferPool pool = BufferPool.direct(0);
    BatchWriter writer = new BatchWriter(pool, 1 << 20, MAX_BYTES);
    Random random = new Random(7);
    for (int i = 0; i < records; i++) {
      long timestamp = BASE_TIMESTAMP + i / RECORDS_PER_MILLISECOND;
      if (writer.append(timestamp, null, value(valueBytes, random))
          != BatchWriter.Append.APPENDED) {
        writer.release();
        throw new IllegalArgumentException(
            "batch(%d, %d): is larger than %d bytes".formatted(records, valueBytes, MAX_BYTES));
      }
    }
    SealedBatch sealed = writer.seal(compression);
    try {
      return new PreparedBatch(sealed.number(), records);
    } finally {
      sealed.release();
    }
  }

  private static byte[] value(int bytes, Random random) {
    StringBuilder text = new StringBuilder();
    while (text.length() < bytes / 2) {
      text.append(Long.toHexString(random.nextLong()));
    }
    text.setLength(bytes / 2);
    while (text.length() < bytes) {
      text.append("{\"state\":\"accepted\",\"note\":\"\"}");
    }
    text.setLength(bytes);
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * A batch as somebody else wrote it.
   *
   * @throws IllegalArgumentException if it is not one whole batch of version 2 without gaps
   */
  static PreparedBatch of(ByteBuffer bytes) {
    try {
      Iterator<RecordBatch> batches = RecordBatches.of(bytes).iterator();
      RecordBatch batch = batches.hasNext() ? batches.next() : null;
      if (batch == null || batch.magic() != 2 || batch.sizeInBytes() != bytes.remaining()) {
        throw new IllegalArgumentException(
            "batch(..): " + bytes.remaining() + " bytes are not one whole batch of version 2");
      }
      batch.verifyCrc();
      if (batch.count() < 1 || batch.lastOffset() - batch.baseOffset() + 1 != batch.count()) {
        throw new IllegalArgumentException("batch(..): has no records, or gaps between them");
      }
      return new PreparedBatch(bytes, batch.count());
    } catch (CorruptBatchException e) {
      throw new IllegalArgumentException("batch(..): " + e.getMessage(), e);
    }
  }

  int records() {
    return records;
  }

  int sizeInBytes() {
    return bytes.capacity();
  }

  /** All behind the base offset, by reference. */
  ByteBuffer behindBaseOffset() {
    return bytes.duplicate().position(BASE_OFFSET_BYTES);
  }
}
