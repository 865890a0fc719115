package io.ottla.protocol.record;

import java.util.List;

/**
 * Writes legacy messages in the form of version 2, so that one cursor reads all.
 *
 * <p>Owns the open batch until the cursor takes over what it has become.
 */
final class LegacyTranscoder implements AutoCloseable {
  private final BufferPool pool;
  private final BatchWriter writer;
  private final long timestampOfAll;
  private long firstOffset;
  private long lastOffset;

  /**
   * @param timestampOfAll as in {@link RecordFrame#logAppendTime}
   * @param expectedBytes what the records will take, roughly
   */
  LegacyTranscoder(BufferPool pool, long timestampOfAll, int expectedBytes) {
    this.pool = pool;
    this.timestampOfAll = timestampOfAll;
    this.writer = new BatchWriter(pool, expectedBytes, Integer.MAX_VALUE - Long.BYTES);
  }

  /**
   * Adds a message.
   *
   * @param offset its absolute offset
   * @throws CorruptBatchException if that does not come after the one before
   */
  void add(long offset, LegacyMessage message) {
    if (writer.count() == 0) {
      firstOffset = offset;
    } else if (offset <= lastOffset || offset - firstOffset >= Integer.MAX_VALUE) {
      throw new CorruptBatchException(
          "offset " + offset + " follows " + lastOffset + " in one compressed message set");
    } else {
      writer.skipOffsets((int) (offset - lastOffset - 1));
    }
    lastOffset = offset;
    BatchWriter.Append result =
        writer.append(message.timestamp(), message.key(), message.value(), List.of());
    if (result != BatchWriter.Append.APPENDED) {
      throw new BatchTooLargeException(message.bytes().limit(), Integer.MAX_VALUE);
    }
  }

  /** The cursor over what was added, which owns the bytes from now on. */
  RecordCursor cursor() {
    SealedBatch batch = writer.seal(Compression.none());
    RecordFrame frame =
        new RecordFrame(
            firstOffset,
            (int) (lastOffset - firstOffset),
            batch.baseTimestamp(),
            timestampOfAll,
            batch.count());
    return new RecordCursor(batch.takeRecords(), frame, pool);
  }

  @Override
  public void close() {
    writer.release();
  }
}
