package io.ottla.cli.demo;

import io.ottla.cli.produce.OutgoingRecord;
import io.ottla.cli.produce.TopicWriter;
import io.ottla.cli.produce.WriteFailedException;
import java.nio.ByteBuffer;

/**
 * Writes records and keeps account of them: how many of each key, and their checksums.
 *
 * <p>Thread: one at a time; the accounts are read when all is written.
 */
final class StampedWriter {
  private final TopicWriter writer;
  private final Meter meter;
  private final OutgoingRecord record = new OutgoingRecord();
  private final long[] written = new long[Keys.COUNT];
  private final Checksums checksums = new Checksums();

  StampedWriter(TopicWriter writer, Meter meter) {
    this.writer = writer;
    this.meter = meter;
  }

  void write(int key, byte[] bytes, int offset, int length)
      throws InterruptedException, WriteFailedException {
    byte[] recordKey = Keys.bytes(key);
    record
        .timestampMs(System.currentTimeMillis())
        .key(recordKey, 0, recordKey.length)
        .value(bytes, offset, length)
        .headers(new Stamp(key, written[key]).asHeaders());
    writer.append(writer.partitionOf(recordKey, 0, recordKey.length), record);
    written[key]++;
    checksums.add(key, ByteBuffer.wrap(recordKey), ByteBuffer.wrap(bytes, offset, length));
    meter.count(recordKey.length + length);
  }

  void flush() throws InterruptedException, WriteFailedException {
    writer.flush();
  }

  /** How many records there are of each key. */
  long[] written() {
    return written;
  }

  Checksums checksums() {
    return checksums;
  }
}
