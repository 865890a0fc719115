package io.ottla.protocol.record;

import java.nio.ByteBuffer;

/**
 * Turns batches into message sets of version 0 or 1, for brokers older than 0.11. Off the hot path:
 * every record is copied.
 *
 * <p>Thread: any.
 */
public final class LegacyConverter {
  /** What to do with timestamps that version 0 has no place for. */
  public enum Timestamps {
    /** Refuse records that have one. */
    REFUSE,
    /** Write records without theirs. */
    DROP
  }

  private final BufferPool pool;

  /**
   * @param pool where buffers to work in come from
   */
  public LegacyConverter(BufferPool pool) {
    this.pool = pool;
  }

  /**
   * Converts a batch.
   *
   * @param batch what to convert; its records keep their offsets
   * @param magic 0 for brokers before 0.10, else 1
   * @param compression how to compress the set
   * @param timestamps what to do with timestamps if {@code magic} is 0
   * @return the set, in a buffer that the garbage collector owns
   * @throws UnsupportedRecordException if the batch holds what such a set cannot: headers,
   *     transactions, timestamps in version 0; or zstd is asked for
   */
  public ByteBuffer convert(
      RecordBatch batch, byte magic, Compression compression, Timestamps timestamps) {
    if (magic != 0 && magic != 1) {
      throw new IllegalArgumentException("legacy versions are 0 and 1, not " + magic);
    }
    checkSupported(batch, magic, compression);
    try (GrowingBuffer set = target(batch.sizeInBytes());
        RecordCursor record = batch.cursor()) {
      long lastOffset = -1;
      boolean isNested = compression.codec() != Codec.NONE;
      long shift = isNested && magic == 1 ? batch.baseOffset() : 0;
      int attributes = attributes(batch, magic);
      while (record.next()) {
        checkSupported(record, magic, timestamps);
        lastOffset = record.offset();
        LegacyMessage.write(
            set,
            magic,
            lastOffset - shift,
            attributes,
            record.timestamp(),
            record.keyView(),
            record.valueView());
      }
      return isNested && set.size() > 0
          ? nest(set, batch, magic, compression, lastOffset)
          : copy(set);
    }
  }

  private ByteBuffer nest(
      GrowingBuffer set, RecordBatch batch, byte magic, Compression compression, long lastOffset) {
    ByteBuffer inner = set.take();
    try (GrowingBuffer compressed = target(inner.remaining());
        GrowingBuffer outer = target(inner.remaining())) {
      compression.codec().compressor(magic).compress(inner, compression.level(), compressed);
      ByteBuffer value = compressed.room(0).duplicate().flip();
      int attributes = attributes(batch, magic) | compression.codec().id();
      LegacyMessage.write(outer, magic, lastOffset, attributes, batch.maxTimestamp(), null, value);
      return copy(outer);
    } finally {
      pool.release(inner);
    }
  }

  private GrowingBuffer target(int expectedBytes) {
    return new GrowingBuffer(pool, expectedBytes, Integer.MAX_VALUE, expectedBytes);
  }

  private static ByteBuffer copy(GrowingBuffer written) {
    ByteBuffer bytes = written.room(0).duplicate().flip();
    return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
  }

  private static int attributes(RecordBatch batch, byte magic) {
    return magic == 1 && batch.timestampType() == TimestampType.LOG_APPEND_TIME
        ? LegacyMessage.LOG_APPEND_TIME_FLAG
        : 0;
  }

  private static void checkSupported(RecordBatch batch, byte magic, Compression compression) {
    if (compression.codec() == Codec.ZSTD) {
      throw new UnsupportedRecordException(
          "zstd needs a broker of version 2.1 or newer; message version " + magic + " lacks it");
    }
    if (batch.isTransactional() || batch.isControl()) {
      throw new UnsupportedRecordException(
          "transactions need a broker of version 0.11 or newer; message version "
              + magic
              + " lacks them");
    }
  }

  private static void checkSupported(RecordCursor record, byte magic, Timestamps timestamps) {
    if (record.headerCount() > 0) {
      throw new UnsupportedRecordException(
          "the record at offset "
              + record.offset()
              + " has headers, which need a broker of version 0.11 or newer");
    }
    if (magic == 0
        && timestamps == Timestamps.REFUSE
        && record.timestamp() != BatchLayout.NO_TIMESTAMP) {
      throw new UnsupportedRecordException(
          "the record at offset "
              + record.offset()
              + " has a timestamp, which needs a broker of version 0.10 or newer");
    }
  }
}
